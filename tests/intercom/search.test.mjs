import assert from "node:assert/strict";
import { test } from "node:test";
import { lead, openWorkspace, user } from "./client.mjs";

const equals = (field, value) => ({ field, operator: "=", value });

function openWithPeople(options) {
  const workspace = openWorkspace({ attributes: [{ model: "contact", name: "tier", data_type: "string" }], ...options });
  workspace.done("POST", "/contacts", user("u-1", { email: "a@example.com", name: "Ada", custom_attributes: { tier: "gold" } }));
  workspace.done("POST", "/contacts", user("u-2", { email: "b@example.org", name: "Bob" }));
  workspace.done("POST", "/contacts", lead("a@example.com"));
  const found = (query) =>
    workspace
      .done("POST", "/contacts/search", { query, sort: { field: "id", order: "ascending" } })
      .data.map(({ external_id: externalId, role }) => externalId ?? role);
  return { ...workspace, found };
}

test("a created, an updated and an archived contact are seen by searches after the lag", async () => {
  const { done, search, clock } = openWorkspace({ searchLag: 120 });
  const { id } = done("POST", "/contacts", user("u-1", { email: "a@example.com" }));
  assert.equal(search("external_id", "u-1").total_count, 0);
  await clock.advance(119_999);
  assert.equal(search("external_id", "u-1").total_count, 0);
  await clock.advance(1);
  assert.equal(search("external_id", "u-1").data[0].id, id);
  done("PUT", `/contacts/${id}`, { email: "b@example.com" });
  assert.equal(search("email", "b@example.com").total_count, 0);
  assert.equal(search("email", "a@example.com").data[0].email, "a@example.com");
  await clock.advance(120_000);
  assert.equal(search("email", "a@example.com").total_count, 0);
  assert.equal(search("email", "b@example.com").total_count, 1);
  done("POST", `/contacts/${id}/archive`);
  assert.equal(search("external_id", "u-1").total_count, 1);
  await clock.advance(120_000);
  assert.equal(search("external_id", "u-1").total_count, 0);
});

test("an older state never replaces a newer one where lags differ", async () => {
  const { done, search, clock } = openWorkspace({ searchLag: { create: 60, update: 0, remove: 0 } });
  const { id } = done("POST", "/contacts", user("u-1", { name: "old" }));
  done("PUT", `/contacts/${id}`, { name: "new" });
  assert.equal(search("external_id", "u-1").total_count, 0);
  await clock.advance(60_000);
  assert.equal(search("external_id", "u-1").data[0].name, "new");
});

test("without a lag searches see each write at once", () => {
  const { done, search } = openWorkspace();
  const { id } = done("POST", "/contacts", user("u-1"));
  assert.equal(search("external_id", "u-1").data[0].id, id);
  done("DELETE", `/contacts/${id}`);
  assert.equal(search("external_id", "u-1").total_count, 0);
});

test("a search by e-mail finds users and leads, whatever the case unless the switch says otherwise", () => {
  assert.equal(openWithPeople().search("email", "A@Example.com").total_count, 2);
  const exact = openWithPeople({ switches: { emailSearchIgnoresCase: false } });
  assert.equal(exact.search("email", "A@Example.com").total_count, 0);
  assert.equal(exact.search("email", "a@example.com").total_count, 2);
});

test("filters are joined by AND and OR, two levels deep", () => {
  const { found } = openWithPeople();
  const either = { operator: "OR", value: [equals("external_id", "u-2"), equals("email", "a@example.com")] };
  assert.deepEqual(found(either), ["u-1", "u-2", "lead"]);
  assert.deepEqual(found({ operator: "AND", value: [equals("role", "lead"), either] }), ["lead"]);
  assert.deepEqual(found({ operator: "AND", value: [equals("role", "user"), equals("external_id", "u-2")] }), ["u-2"]);
});

test("each operator compares as it is named", () => {
  const { found } = openWithPeople();
  const by = (field, operator, value) => found({ field, operator, value });
  assert.deepEqual(by("role", "!=", "lead"), ["u-1", "u-2"]);
  assert.deepEqual(by("external_id", "IN", ["u-1", "u-2"]), ["u-1", "u-2"]);
  assert.deepEqual(by("role", "NIN", ["user"]), ["lead"]);
  assert.deepEqual(by("name", "~", "d"), ["u-1"]);
  assert.deepEqual(by("name", "!~", "d"), ["u-2", "lead"]);
  assert.deepEqual(by("name", "^", "Bo"), ["u-2"]);
  assert.deepEqual(by("email", "$", ".org"), ["u-2"]);
  assert.deepEqual(by("email_domain", "=", "example.org"), ["u-2"]);
  assert.deepEqual(by("custom_attributes.tier", "=", "gold"), ["u-1"]);
  assert.deepEqual(by("external_id", "=", null), ["lead"]);
});

test("points in time are compared by the day", async () => {
  const { found, clock, done } = openWithPeople();
  const today = Math.floor(clock.now() / 1000);
  await clock.advance(24 * 3600 * 1000);
  done("POST", "/contacts", user("u-3"));
  const by = (operator, value) => found({ field: "created_at", operator, value });
  assert.deepEqual(by(">", today), ["u-3"]);
  assert.deepEqual(by(">", String(today + 3600)), ["u-3"]);
  assert.deepEqual(by("=", today + 3600), ["u-1", "u-2", "lead"]);
  assert.deepEqual(by("<", today), []);
});

test("queries that Intercom does not take are refused", () => {
  const { refused } = openWorkspace();
  const filters = (count) => ({ operator: "OR", value: Array.from({ length: count }, (_, index) => equals("external_id", `u-${index}`)) });
  const nested = (depth) => (depth === 0 ? equals("role", "user") : { operator: "AND", value: [nested(depth - 1)] });
  for (const query of [
    undefined,
    equals("shoe_size", 1),
    { field: "email", operator: ">=", value: "a" },
    { field: "email", operator: "constructor", value: "a" },
    { field: "email", operator: "IN", value: "a" },
    { operator: "AND", value: [] },
    equals("created_at", "yesterday"),
    filters(16),
    nested(3),
  ]) {
    assert.equal(refused("POST", "/contacts/search", { query }).status, 400, JSON.stringify(query));
  }
});

test("fifteen filters in two levels are taken", () => {
  const { done } = openWorkspace();
  const value = Array.from({ length: 15 }, () => ({ operator: "OR", value: [equals("role", "user")] }));
  assert.equal(done("POST", "/contacts/search", { query: { operator: "AND", value } }).total_count, 0);
});

test("results come in pages of 50, or as many as asked for", () => {
  const { done } = openWorkspace();
  for (let count = 0; count < 120; count += 1) done("POST", "/contacts", user(`u-${count}`));
  const ids = [];
  let after;
  const sizes = [];
  do {
    const page = done("POST", "/contacts/search", { query: equals("role", "user"), pagination: { starting_after: after } });
    assert.deepEqual([page.total_count, page.pages.total_pages], [120, 3]);
    sizes.push(page.data.length);
    ids.push(...page.data.map(({ id }) => id));
    after = page.pages.next?.starting_after;
  } while (after);
  assert.deepEqual(sizes, [50, 50, 20]);
  assert.equal(new Set(ids).size, 120);
  const pagination = { per_page: 5 };
  assert.equal(done("POST", "/contacts/search", { query: equals("role", "user"), pagination }).data.length, 5);
});

test("contacts without a time, an attribute or an e-mail are not found by them", () => {
  const { found } = openWithPeople();
  assert.deepEqual(found({ field: "last_seen_at", operator: "<", value: 9e9 }), []);
  assert.deepEqual(found({ field: "last_seen_at", operator: ">", value: 0 }), []);
  assert.deepEqual(found(equals("custom_attributes.tier", null)), ["u-2", "lead"]);
  const { done, found: none } = openWithPeople();
  done("POST", "/contacts", user("u-9"));
  assert.deepEqual(none(equals("email_domain", null)), ["u-9"]);
});

test("pages have 1 to 150 contacts, and cursors are Intercom's", () => {
  const { done, refused } = openWithPeople();
  const query = { operator: "OR", value: [equals("role", "user"), equals("role", "lead")] };
  const ask = (pagination) => ({ query, pagination });
  for (const size of [0, 151, 1.5, "5"]) assert.equal(refused("POST", "/contacts/search", ask({ per_page: size })).status, 400);
  assert.equal(refused("POST", "/contacts/search", ask({ starting_after: "page-2" })).status, 400);
  assert.equal(done("POST", "/contacts/search", ask({ per_page: 150 })).pages.next, undefined);
  const one = done("POST", "/contacts/search", ask({ per_page: 1 }));
  assert.deepEqual([one.pages.page, one.pages.next.page, one.data.length], [1, 2, 1]);
  assert.equal(done("POST", "/contacts/search", ask({ per_page: 3 })).pages.next, undefined);
  assert.equal(refused("POST", "/contacts/search", { query, sort: { field: "shoe" } }).status, 400);
  assert.equal(refused("POST", "/contacts/search", { query, sort: { order: "up" } }).status, 400);
});

test("results are sorted both ways", () => {
  const { done } = openWithPeople();
  const names = (order) =>
    done("POST", "/contacts/search", { query: equals("role", "user"), sort: { field: "name", order } }).data.map(({ name }) => name);
  assert.deepEqual(
    [names("ascending"), names("descending")],
    [
      ["Ada", "Bob"],
      ["Bob", "Ada"],
    ],
  );
});

test("a filter needs a field and a value", () => {
  const { refused } = openWorkspace();
  assert.equal(refused("POST", "/contacts/search", { query: { operator: "=", value: 1 } }).code, "parameter_not_found");
  assert.equal(refused("POST", "/contacts/search", { query: { field: "email", operator: "=" } }).code, "parameter_not_found");
});

test("a seed is seen at once, what comes after it is not", () => {
  const { intercom, done, search } = openWorkspace({ searchLag: 60 });
  intercom.seed({ contacts: [user("u-1")] });
  done("POST", "/contacts", user("u-2"));
  assert.deepEqual([search("external_id", "u-1").total_count, search("external_id", "u-2").total_count], [1, 0]);
});

test("thousands of writes between two searches are all seen in the end", async () => {
  const { done, search, clock } = openWorkspace({ searchLag: 5, rate: { limit: Infinity } });
  for (let count = 0; count < 3000; count += 1) {
    done("POST", "/contacts", user(`u-${count}`));
    if (count % 500 === 0) await clock.advance(1000);
  }
  assert.equal(search("role", "user").total_count, 501);
  await clock.advance(5000);
  assert.equal(search("role", "user").total_count, 3000);
});
