import assert from "node:assert/strict";
import { test } from "node:test";
import { lead, openWorkspace, user } from "./client.mjs";

function openPair(options) {
  const workspace = openWorkspace(options);
  const into = workspace.done("POST", "/contacts", user("u-1", { email: "a@example.com", name: "Ada" })).id;
  const from = workspace.done("POST", "/contacts", lead("a@example.com", { name: "A lead", phone: "1" })).id;
  return { ...workspace, from, into };
}

test("a merge moves the lead's events and companies to the user, once each", () => {
  const { done, intercom, from, into } = openPair();
  const company = done("POST", "/companies", { company_id: "c-1" }).id;
  done("POST", `/contacts/${from}/companies`, { id: company });
  done("POST", "/events", { event_name: "x", created_at: 1, id: from });
  done("POST", "/events", { event_name: "x", created_at: 1, id: into });
  done("POST", "/events", { event_name: "y", created_at: 2, id: from });
  assert.equal(done("POST", "/contacts/merge", { from, into }).id, into);
  const { contacts, merges } = intercom.state();
  const merged = contacts.find(({ id }) => id === into);
  assert.deepEqual(merged.companies, ["c-1"]);
  assert.deepEqual(
    merged.events.map(({ name }) => name),
    ["x", "y"],
  );
  assert.deepEqual([merges[0].from, merges[0].into], [from, into]);
});

test("a user's own fields stay and empty ones are filled, or the lead's win, as the switch says", () => {
  const filled = openPair();
  const one = filled.done("POST", "/contacts/merge", { from: filled.from, into: filled.into });
  assert.deepEqual([one.name, one.phone, one.email], ["Ada", "1", "a@example.com"]);
  const written = openPair({ switches: { mergeFields: "overwrite" } });
  const other = written.done("POST", "/contacts/merge", { from: written.from, into: written.into });
  assert.deepEqual([other.name, other.phone, other.external_id], ["A lead", "1", "u-1"]);
});

test("a merged lead is not found by older versions and gone with a link by newer ones", () => {
  const { done, call, from, into } = openPair();
  done("POST", "/contacts/merge", { from, into });
  assert.equal(call("GET", `/contacts/${from}`).status, 404);
  const gone = call("GET", `/contacts/${from}`, undefined, { "intercom-version": "2.15" });
  assert.equal(gone.status, 410);
  assert.equal(gone.body.errors[0].code, "contact_merged");
  assert.equal(gone.headers.link, `</contacts/${into}>; rel="canonical"`);
  assert.equal(call("PUT", `/contacts/${from}`, { name: "x" }).status, 404);
  assert.equal(call("POST", "/events", { event_name: "x", created_at: 1, id: from }).status, 404);
});

test("find_by_external_id of a merged contact answers 410 with the link", () => {
  const { done, call } = openWorkspace({ switches: { externalIdOnLead: "store" } });
  const into = done("POST", "/contacts", user("u-1")).id;
  const from = done("POST", "/contacts", lead("a@example.com", { external_id: "l-1" })).id;
  done("POST", "/contacts/merge", { from, into });
  const gone = call("GET", "/contacts/find_by_external_id/l-1");
  assert.deepEqual([gone.status, gone.headers.link], [410, `</contacts/${into}>; rel="canonical"`]);
});

test("a merged contact cannot be unarchived", () => {
  const { done, refused, from, into } = openPair();
  done("POST", "/contacts/merge", { from, into });
  const { status, message } = refused("POST", `/contacts/${from}/unarchive`);
  assert.deepEqual([status, message], [400, "User has been merged and is not restorable."]);
});

test("only a lead merges, only into a user, and from 2.16 only into the same person", () => {
  const { done, refused, from, into } = openPair();
  assert.equal(refused("POST", "/contacts/merge", { from: into, into: from }).code, "invalid_merge");
  const other = done("POST", "/contacts", user("u-2", { email: "b@example.com" })).id;
  const newer = { "intercom-version": "2.16" };
  assert.equal(refused("POST", "/contacts/merge", { from, into: other }, newer).code, "invalid_merge");
  assert.equal(done("POST", "/contacts/merge", { from, into: other, skip_duplicate_validation: true }, newer).id, other);
});

test("searches show a merged lead until the lag has passed", async () => {
  const { done, search, clock, from, into } = openPair({ searchLag: { remove: 60 } });
  done("POST", "/contacts/merge", { from, into });
  assert.equal(search("email", "a@example.com").total_count, 2);
  await clock.advance(60_000);
  assert.equal(search("email", "a@example.com").total_count, 1);
});

test("a visitor is converted into a new user, a known one, or a lead", () => {
  const { done, refused, intercom } = openWorkspace({ visitors: [{ user_id: "v-1", name: "Vi" }, { user_id: "v-2" }, { user_id: "v-3" }] });
  const made = done("POST", "/visitors/convert", {
    visitor: { user_id: "v-1" },
    user: { user_id: "u-1", email: "a@example.com" },
    type: "user",
  });
  assert.deepEqual([made.role, made.external_id, made.name], ["user", "u-1", "Vi"]);
  assert.equal(
    done("POST", "/visitors/convert", { visitor: { user_id: "v-2" }, user: { email: "a@example.com" }, type: "user" }).id,
    made.id,
  );
  assert.equal(
    done("POST", "/visitors/convert", { visitor: { user_id: "v-3" }, user: { email: "c@example.com" }, type: "lead" }).role,
    "lead",
  );
  assert.equal(refused("POST", "/visitors/convert", { visitor: { user_id: "v-1" }, user: {}, type: "user" }).status, 404);
  assert.deepEqual(intercom.state().visitors, []);
});

test("a merge needs both ids, and roles that fit", () => {
  const { done, refused, from, into } = openPair();
  const lead2 = done("POST", "/contacts", lead("a@example.com")).id;
  const user2 = done("POST", "/contacts", user("u-2")).id;
  assert.equal(refused("POST", "/contacts/merge", { into }).code, "parameter_not_found");
  assert.equal(refused("POST", "/contacts/merge", { from }).code, "parameter_not_found");
  assert.equal(refused("POST", "/contacts/merge", { from, into: lead2 }).code, "invalid_merge");
  assert.equal(refused("POST", "/contacts/merge", { from: user2, into }).code, "invalid_merge");
  assert.equal(refused("POST", "/contacts/merge", { from, into: "none" }).status, 404);
});

test("the same person shares an e-mail, whatever its case, or a phone number", () => {
  const { done, call } = openWorkspace();
  const merge = (one, other) => {
    const into = done("POST", "/contacts", user(`u-${JSON.stringify([one, other])}`, other)).id;
    const from = done("POST", "/contacts", { role: "lead", ...one }).id;
    return call("POST", "/contacts/merge", { from, into }, { "intercom-version": "2.16" }).status;
  };
  assert.equal(merge({ email: "A@example.com" }, { email: "a@example.com" }), 200);
  assert.equal(merge({ phone: "1", email: "x@example.com" }, { phone: "1" }), 200);
  assert.equal(merge({ phone: "1" }, { phone: "2" }), 400);
  assert.equal(merge({}, {}), 400);
});

test("the user's e-mail stays, a missing one and custom attributes come from the lead", () => {
  const attributes = ["one", "two"].map((name) => ({ model: "contact", name, data_type: "string" }));
  for (const [mergeFields, expected] of [
    ["fill", { one: "user", two: "lead" }],
    ["overwrite", { one: "lead", two: "lead" }],
  ]) {
    const { done, intercom } = openWorkspace({ attributes, switches: { mergeFields } });
    const into = done("POST", "/contacts", user("u-1", { email: "a@example.com", custom_attributes: { one: "user" } })).id;
    const make = (email) => done("POST", "/contacts", lead(email, { custom_attributes: { one: "lead", two: "lead" } })).id;
    const merged = done("POST", "/contacts/merge", { from: make("b@example.com"), into });
    assert.deepEqual([merged.email, merged.custom_attributes], ["a@example.com", expected]);
    const bare = done("POST", "/contacts", user("u-2")).id;
    assert.equal(done("POST", "/contacts/merge", { from: make("c@example.com"), into: bare }).email, "c@example.com");
    assert.equal(intercom.state().events.length, 0);
  }
});

test("after a merge the lead has no events left, and a repeated one is still known", () => {
  const { done, intercom, from, into } = openPair();
  done("POST", "/events", { event_name: "x", created_at: 1, id: from });
  done("POST", "/contacts/merge", { from, into });
  done("POST", "/events", { event_name: "x", created_at: 1, id: into });
  const { contacts, events, counters } = intercom.state();
  assert.deepEqual(contacts.find(({ id }) => id === from).events, []);
  assert.deepEqual([events.length, counters.duplicates], [1, 1]);
});

test("a visitor's target is named by id, user_id or e-mail, and its type by one of two words", () => {
  const { done, refused } = openWorkspace({ visitors: [{ id: "v-1" }, { id: "v-2" }] });
  const { id } = done("POST", "/contacts", user("u-1"));
  assert.equal(refused("POST", "/visitors/convert", { visitor: { id: "v-1" }, type: "shoe" }).code, "parameter_invalid");
  assert.equal(done("POST", "/visitors/convert", { visitor: { id: "v-1" }, user: { id }, type: "user" }).id, id);
  assert.equal(done("POST", "/visitors/convert", { visitor: { id: "v-2" }, user: { user_id: "u-1" }, type: "user" }).id, id);
});
