import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorkspace, user } from "./client.mjs";
import { seededRandom } from "./random.mjs";

const names = `role external_id email phone name avatar signed_up_at last_seen_at owner_id unsubscribed_from_emails custom_attributes query
  pagination sort field operator value per_page starting_after order from into visitor user type id user_id company_id plan size website
  monthly_spend remote_created_at event_name created_at metadata price amount currency url model data_type options users companies untag
  __proto__ constructor`.split(/\s+/);
const values = [
  "",
  "a",
  "user",
  "lead",
  "AND",
  "OR",
  "=",
  "a@example.com",
  "u-1",
  "c-1",
  "options",
  "contact",
  0,
  -1,
  1.5,
  1e300,
  true,
  false,
  null,
];
const calls = [
  ["POST", "/contacts", { role: "user", external_id: "u-1", custom_attributes: { a: 1 } }],
  ["PUT", "/contacts/ID", { role: "user", email: "a@example.com", custom_attributes: {} }],
  [
    "POST",
    "/contacts/search",
    { query: { field: "email", operator: "=", value: "a" }, pagination: { per_page: 5 }, sort: { field: "id" } },
  ],
  ["POST", "/contacts/search", { query: { operator: "AND", value: [{ field: "id", operator: "IN", value: ["a"] }] } }],
  ["POST", "/contacts/merge", { from: "a", into: "ID" }],
  ["POST", "/visitors/convert", { visitor: { user_id: "a" }, user: { email: "a@example.com" }, type: "user" }],
  ["POST", "/companies", { company_id: "c-1", plan: "a", custom_attributes: {} }],
  ["PUT", "/companies/CO", { name: "a" }],
  ["POST", "/contacts/ID/companies", { id: "CO" }],
  ["POST", "/events", { event_name: "a", created_at: 1, user_id: "u-1", metadata: { price: { amount: 1, currency: "usd" } } }],
  ["POST", "/data_attributes", { name: "a", model: "contact", data_type: "options", options: ["a", "b"] }],
  ["POST", "/tags", { name: "a", users: [{ id: "ID" }], companies: [{ company_id: "c-1" }] }],
  ["DELETE", "/contacts/ID", {}],
  ["DELETE", "/contacts/ID/companies/CO", {}],
  ["POST", "/contacts/ID/archive", {}],
  ["POST", "/contacts/ID/unarchive", {}],
  ["GET", "/contacts/find_by_external_id/%zz", {}],
  ["GET", "/events?type=user&email=%zz", {}],
  ["GET", "/data_attributes?model=__proto__", {}],
  ["PATCH", "//?", {}],
];

const SEED = Number(process.env.SEED ?? 11);

test(`whatever a body has in it, the answer is one of the API's, seed ${SEED}`, () => {
  const random = seededRandom(SEED);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const make = (depth) => {
    const kind = random();
    if (depth === 0 || kind < 0.5) return pick(values);
    if (kind < 0.65) return Array.from({ length: Math.floor(random() * 4) }, () => make(depth - 1));
    return Object.fromEntries(Array.from({ length: Math.floor(random() * 6) }, () => [pick(names), make(depth - 1)]));
  };
  const { call, done, intercom } = openWorkspace({
    rate: { limit: Infinity },
    attributes: "any",
    visitors: Array.from({ length: 1000 }, () => ({ user_id: "a" })),
    history: true,
  });
  const company = done("POST", "/companies", { company_id: "c-1" }).id;
  const statuses = {};
  for (let count = 0; count < 10_000; count += 1) {
    const contact = call("POST", "/contacts", user("u-1")).body.errors?.[0].message.match(/id=(\w+)$/)?.[1] ?? "none";
    const [method, pattern, right] = JSON.parse(JSON.stringify(pick(calls)).replaceAll("ID", contact).replaceAll("CO", company));
    const start = random() < 0.8 ? right : (make(1) ?? {});
    // Mostly one field of a right body is spoilt, so that junk comes deeper than the first check.
    const name = pick(random() < 0.7 ? Object.keys(start) : names) ?? pick(names);
    const { status, body: answer } = call(method, pattern, { ...start, [name]: make(3) });
    statuses[status] = (statuses[status] ?? 0) + 1;
    assert.ok([200, 202, 400, 404, 409].includes(status), `${status} for ${method} ${pattern}`);
    if (status >= 400) assert.equal(answer.type, "error.list");
  }
  for (const status of [200, 202, 400, 404, 409]) assert.ok(statuses[status] > 0, `no ${status}`);
  assert.ok(intercom.state().contacts.length > 0);
});
