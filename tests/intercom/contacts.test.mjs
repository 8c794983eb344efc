import assert from "node:assert/strict";
import { test } from "node:test";
import { lead, openWorkspace, user } from "./client.mjs";

test("a created contact is answered with an id of 24 hexadecimal digits and what was given", () => {
  const { done } = openWorkspace({ attributes: [{ model: "contact", name: "tier", data_type: "string" }] });
  const made = done(
    "POST",
    "/contacts",
    user("u-1", { email: "a@example.com", name: "Ada", signed_up_at: 1700000000, custom_attributes: { tier: "gold" } }),
  );
  assert.match(made.id, /^[0-9a-f]{24}$/);
  assert.equal(made.type, "contact");
  assert.equal(made.external_id, "u-1");
  assert.equal(made.signed_up_at, 1700000000);
  assert.deepEqual(made.custom_attributes, { tier: "gold" });
  assert.equal(made.companies.total_count, 0);
});

test("a user needs an external id or an e-mail, a lead needs nothing", () => {
  const { done, refused } = openWorkspace();
  assert.equal(refused("POST", "/contacts", { role: "user", last_seen_at: 1 }).status, 400);
  assert.equal(done("POST", "/contacts", { role: "lead" }).role, "lead");
  assert.equal(done("POST", "/contacts", { email: "a@example.com" }).role, "user");
});

test("a second user with the same external id is a conflict whose text has the first one's id", () => {
  const { done, refused } = openWorkspace({ searchLag: 120 });
  const { id } = done("POST", "/contacts", user("u-1"));
  const { status, code, message } = refused("POST", "/contacts", user("u-1"));
  assert.equal(status, 409);
  assert.equal(code, "conflict");
  assert.equal(message, `A contact matching those details already exists with id=${id}`);
});

test("a user's e-mail is unique whatever its case, and the conflict may name another person", () => {
  const { done, refused } = openWorkspace();
  const { id } = done("POST", "/contacts", user("u-1", { email: "a@example.com" }));
  assert.match(refused("POST", "/contacts", user("u-2", { email: "A@Example.com" })).message, new RegExp(`id=${id}$`));
  const strict = openWorkspace({ switches: { emailConflictIgnoresCase: false } });
  strict.done("POST", "/contacts", user("u-1", { email: "a@example.com" }));
  strict.done("POST", "/contacts", user("u-2", { email: "A@example.com" }));
});

test("with shared e-mails allowed, two users with external ids have the same one", () => {
  const { done, refused } = openWorkspace({ switches: { sharedEmail: "allowed" } });
  done("POST", "/contacts", user("u-1", { email: "a@example.com" }));
  done("POST", "/contacts", user("u-2", { email: "a@example.com" }));
  assert.equal(refused("POST", "/contacts", { role: "user", email: "a@example.com" }).status, 409);
});

test("every create of a lead makes another one, beside a user with that e-mail, too", () => {
  const { done, intercom } = openWorkspace();
  done("POST", "/contacts", user("u-1", { email: "a@example.com" }));
  done("POST", "/contacts", lead("a@example.com"));
  done("POST", "/contacts", lead("a@example.com"));
  assert.equal(intercom.state().contacts.length, 3);
});

test("an update changes what is given and leaves the rest; null clears", () => {
  const { done } = openWorkspace();
  const { id } = done("POST", "/contacts", user("u-1", { email: "a@example.com", name: "Ada", phone: "1" }));
  done("PUT", `/contacts/${id}`, { name: "Eve", phone: null });
  const found = done("GET", `/contacts/${id}`);
  assert.equal(found.name, "Eve");
  assert.equal(found.phone, null);
  assert.equal(found.email, "a@example.com");
});

test("an update to another one's external id or e-mail is a conflict, to its own it is none", () => {
  const { done, refused } = openWorkspace();
  done("POST", "/contacts", user("u-1", { email: "a@example.com" }));
  const { id } = done("POST", "/contacts", user("u-2", { email: "b@example.com" }));
  assert.equal(refused("PUT", `/contacts/${id}`, { external_id: "u-1" }).status, 409);
  assert.equal(refused("PUT", `/contacts/${id}`, { email: "a@example.com" }).status, 409);
  assert.equal(done("PUT", `/contacts/${id}`, user("u-2", { email: "b@example.com" })).id, id);
});

test("an external id that was given up can be taken by another", () => {
  const { done } = openWorkspace();
  const { id } = done("POST", "/contacts", user("u-1", { email: "a@example.com" }));
  done("PUT", `/contacts/${id}`, { external_id: "u-2" });
  assert.notEqual(done("POST", "/contacts", user("u-1")).id, id);
});

test("a lead becomes a user, a user never a lead", () => {
  const { done, refused } = openWorkspace();
  const { id } = done("POST", "/contacts", lead("a@example.com"));
  assert.equal(done("PUT", `/contacts/${id}`, user("u-1")).role, "user");
  const { status, code, message } = refused("PUT", `/contacts/${id}`, { role: "lead" });
  assert.deepEqual([status, code], [400, "client_error"]);
  assert.equal(message, "Contact with user role can't be converted to a lead");
  assert.equal(refused("POST", "/contacts", user("u-1")).status, 409);
});

test("a lead does not become a user beside another user with its e-mail", () => {
  const { done, refused } = openWorkspace();
  done("POST", "/contacts", user("u-1", { email: "a@example.com" }));
  const { id } = done("POST", "/contacts", lead("a@example.com"));
  assert.equal(refused("PUT", `/contacts/${id}`, { role: "user" }).status, 409);
});

test("an external id on a lead is ignored, refused, kept, or makes it a user, as the switch says", () => {
  const make = (externalIdOnLead) => openWorkspace({ switches: { externalIdOnLead } });
  const body = lead("a@example.com", { external_id: "l-1" });
  assert.equal(make("ignore").done("POST", "/contacts", body).external_id, null);
  assert.equal(make("refuse").refused("POST", "/contacts", body).status, 400);
  assert.equal(make("convert").done("POST", "/contacts", body).role, "user");
  const kept = make("store").done("POST", "/contacts", body);
  assert.deepEqual([kept.role, kept.external_id], ["lead", "l-1"]);
});

test("a lead may have an external id that Intercom made", () => {
  const { done, call } = openWorkspace({ switches: { leadExternalId: "generated" } });
  const made = done("POST", "/contacts", lead("a@example.com"));
  assert.match(made.external_id, /^1ead/);
  assert.equal(call("GET", `/contacts/find_by_external_id/${made.external_id}`).status, 404);
  assert.equal(done("PUT", `/contacts/${made.id}`, { role: "user" }).external_id, null);
});

test("find_by_external_id finds users at once, by ids with slashes and signs, too", () => {
  const { done, call } = openWorkspace({ searchLag: 120 });
  const { id } = done("POST", "/contacts", user("a/b?c#d é"));
  assert.equal(done("GET", `/contacts/find_by_external_id/${encodeURIComponent("a/b?c#d é")}`).id, id);
  assert.equal(call("GET", "/contacts/find_by_external_id/none").status, 404);
});

test("find_by_external_id lags where the switch says so", () => {
  const { done, call, clock } = openWorkspace({ searchLag: 120, switches: { findLags: true } });
  done("POST", "/contacts", user("u-1"));
  assert.equal(call("GET", "/contacts/find_by_external_id/u-1").status, 404);
  return clock.advance(120_000).then(() => assert.equal(call("GET", "/contacts/find_by_external_id/u-1").status, 200));
});

test("an archived contact cannot be fetched, updated or found; its id comes from the conflict alone", () => {
  const { done, refused } = openWorkspace();
  const { id } = done("POST", "/contacts", user("u-1"));
  assert.deepEqual(done("POST", `/contacts/${id}/archive`), { type: "contact", id, external_id: "u-1", archived: true });
  for (const [method, path] of [
    ["GET", `/contacts/${id}`],
    ["PUT", `/contacts/${id}`],
    ["GET", "/contacts/find_by_external_id/u-1"],
  ]) {
    assert.equal(refused(method, path, method === "PUT" ? { name: "x" } : undefined).status, 404);
  }
  assert.equal(
    refused("POST", "/contacts", user("u-1")).message,
    `An archived contact matching those details already exists with id=${id}`,
  );
  assert.equal(done("POST", `/contacts/${id}/unarchive`).archived, false);
  assert.equal(done("GET", `/contacts/${id}`).external_id, "u-1");
});

test("the text of a conflict may come without an id", () => {
  const { done, refused } = openWorkspace({ switches: { conflictText: "without id" } });
  done("POST", "/contacts", user("u-1"));
  assert.equal(refused("POST", "/contacts", user("u-1")).message, "A contact matching those details already exists");
});

test("a deleted contact is gone with its events, and its external id is free", () => {
  const { done, call, intercom } = openWorkspace();
  const { id } = done("POST", "/contacts", user("u-1"));
  done("POST", "/events", { event_name: "x", created_at: 1, id });
  assert.deepEqual(done("DELETE", `/contacts/${id}`), { type: "contact", id, external_id: "u-1", deleted: true });
  assert.equal(call("GET", `/contacts/${id}`).status, 404);
  assert.equal(call("DELETE", "/contacts/u-1").status, 404);
  assert.notEqual(done("POST", "/contacts", user("u-1")).id, id);
  const { events, deleted } = intercom.state();
  assert.equal(events.length, 0);
  assert.equal(deleted[0].external_id, "u-1");
});

test("an owner has to be a teammate; from 2.16 it is text", () => {
  const { done, refused } = openWorkspace({ owners: [7] });
  assert.equal(refused("POST", "/contacts", user("u-1", { owner_id: 8 })).message, "The owner specified is not a member of the workspace");
  assert.equal(done("POST", "/contacts", user("u-1", { owner_id: 7 })).owner_id, 7);
  assert.equal(done("POST", "/contacts", user("u-2", { owner_id: "7" }), { "intercom-version": "2.16" }).owner_id, "7");
});

test("a field of a wrong kind refuses the whole write", () => {
  const { refused, intercom } = openWorkspace();
  const wrong = {
    email: "no e-mail",
    avatar: "not a url",
    signed_up_at: "2026-01-02T03:04:05Z",
    unsubscribed_from_emails: "yes",
    name: "x".repeat(256),
    role: "admin",
    phone: {},
  };
  for (const [name, value] of Object.entries(wrong)) {
    assert.equal(refused("POST", "/contacts", user("u-1", { [name]: value })).code, "parameter_invalid", name);
  }
  assert.equal(intercom.state().contacts.length, 0);
});

test("times as digits are taken and noted; other text is left out where the switch says so", () => {
  const { done, intercom } = openWorkspace({ switches: { badTime: "ignore" } });
  const made = done("POST", "/contacts", user("u-1", { signed_up_at: "1700000000", last_seen_at: "today" }));
  assert.equal(made.signed_up_at, 1700000000);
  assert.equal(made.last_seen_at, null);
  assert.deepEqual(intercom.state().counters.notes, { time_as_text: 1, time_ignored: 1 });
});

test("fields that the API does not have are ignored", () => {
  const { done } = openWorkspace();
  assert.equal("company" in done("POST", "/contacts", user("u-1", { company: "x" })), false);
});

test("seeded contacts are there without a call and without a lag", () => {
  const { intercom, search, call } = openWorkspace({ searchLag: 120 });
  const { contacts } = intercom.seed({
    companies: [{ company_id: "c-1", name: "One" }],
    contacts: [user("u-1", { companies: ["c-1"] }), user("u-2", { archived: true })],
  });
  assert.equal(search("external_id", "u-1").data[0].id, contacts[0]);
  assert.equal(search("external_id", "u-2").total_count, 0);
  assert.equal(call("POST", "/contacts", user("u-2")).status, 409);
  assert.deepEqual(intercom.state().contacts[0].companies, ["c-1"]);
  assert.equal(intercom.state().counters.calls, 3);
});

test("a contact's history tells each write in order", () => {
  const { done, intercom } = openWorkspace({ history: true });
  const { id } = done("POST", "/contacts", lead("a@example.com"));
  done("PUT", `/contacts/${id}`, user("u-1"));
  done("PUT", `/contacts/${id}`, { name: "Ada" });
  const kinds = intercom.state().contacts[0].history.map(({ kind }) => kind);
  assert.deepEqual(kinds, ["create", "convert", "update"]);
});

test("what was not given is null, and nobody is unsubscribed by default", () => {
  const { done } = openWorkspace();
  const made = done("POST", "/contacts", user("u-1"));
  assert.deepEqual([made.email, made.email_domain, made.name, made.owner_id, made.last_seen_at], [null, null, null, null, null]);
  assert.equal(made.unsubscribed_from_emails, false);
  assert.deepEqual([made.has_hard_bounced, made.marked_email_as_spam], [false, false]);
  assert.equal(done("POST", "/contacts", user("u-2", { email: "a@example.com" })).email_domain, "example.com");
});

test("an owner is taken away by null or 0", () => {
  const { done } = openWorkspace({ owners: [7] });
  const { id } = done("POST", "/contacts", user("u-1", { owner_id: 7 }));
  for (const none of [null, 0, "0"]) {
    done("PUT", `/contacts/${id}`, { owner_id: 7 });
    assert.equal(done("PUT", `/contacts/${id}`, { owner_id: none }).owner_id, null);
  }
});

test("a lead may be given no external id whatever the switch says", () => {
  const { done, intercom } = openWorkspace({ switches: { externalIdOnLead: "refuse" } });
  assert.equal(done("POST", "/contacts", lead("a@example.com", { external_id: null })).external_id, null);
  assert.deepEqual(intercom.state().counters.notes, {});
});

test("a user keeps its external id in every update where leads have ones of Intercom's own", () => {
  const { done } = openWorkspace({ switches: { leadExternalId: "generated" } });
  const { id } = done("POST", "/contacts", user("u-1"));
  assert.equal(done("PUT", `/contacts/${id}`, { name: "Ada" }).external_id, "u-1");
});

test("archiving and unarchiving twice changes nothing; nobody cannot be unarchived", () => {
  const { done, refused, intercom } = openWorkspace({ history: true });
  const { id } = done("POST", "/contacts", user("u-1"));
  done("POST", `/contacts/${id}/unarchive`);
  done("POST", `/contacts/${id}/archive`);
  done("POST", `/contacts/${id}/archive`);
  assert.equal(intercom.state().contacts[0].history.length, 2);
  assert.equal(refused("POST", "/contacts/none/unarchive").status, 404);
  assert.equal(refused("POST", "/contacts/none/archive").status, 404);
});

test("an archived contact can be deleted", () => {
  const { done, call } = openWorkspace();
  const { id } = done("POST", "/contacts", user("u-1"));
  done("POST", `/contacts/${id}/archive`);
  done("DELETE", `/contacts/${id}`);
  assert.equal(call("POST", `/contacts/${id}/unarchive`).status, 404);
  assert.notEqual(done("POST", "/contacts", user("u-1")).id, id);
});

test("a blocked contact is archived", () => {
  const { done, call, intercom } = openWorkspace();
  const { id } = done("POST", "/contacts", user("u-1"));
  assert.deepEqual(done("POST", `/contacts/${id}/block`), { type: "contact", id, external_id: "u-1", blocked: true });
  assert.equal(call("GET", `/contacts/${id}`).status, 404);
  assert.deepEqual([intercom.state().contacts[0].status, intercom.state().contacts[0].blocked], ["archived", true]);
});

test("there is no history unless it is asked for", () => {
  const { done, intercom } = openWorkspace();
  done("POST", "/contacts", user("u-1"));
  assert.equal(intercom.state().contacts[0].history, undefined);
});

test("numbers are taken as text, 255 characters and empty e-mails too", () => {
  const { done, refused } = openWorkspace();
  const made = done("POST", "/contacts", { role: "user", external_id: 42, email: "", name: 7, phone: "1".repeat(255) });
  assert.deepEqual([made.external_id, made.email, made.name, made.phone.length], ["42", null, "7", 255]);
  assert.equal(refused("POST", "/contacts", { role: "user", external_id: "42" }).status, 409);
  assert.equal(refused("POST", "/contacts", user("u-1", { name: [] })).message, "name must be a string");
});

test("each field is cleared by null", () => {
  const { done } = openWorkspace({ owners: [7] });
  const fields = {
    email: "a@example.com",
    phone: "1",
    name: "Ada",
    avatar: "https://example.com/a.png",
    signed_up_at: 1,
    last_seen_at: 2.9,
    owner_id: 7,
  };
  const made = done("POST", "/contacts", user("u-1", { ...fields, unsubscribed_from_emails: true }));
  assert.deepEqual(Object.fromEntries(Object.keys(fields).map((name) => [name, made[name]])), { ...fields, last_seen_at: 2 });
  assert.equal(made.unsubscribed_from_emails, true);
  const nulls = Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
  const cleared = done("PUT", `/contacts/${made.id}`, { ...nulls, unsubscribed_from_emails: null });
  assert.deepEqual(Object.fromEntries(Object.keys(fields).map((name) => [name, cleared[name]])), nulls);
  assert.equal(cleared.unsubscribed_from_emails, false);
});

test("a number that is not finite is no time", () => {
  const { refused } = openWorkspace();
  assert.equal(refused("POST", "/contacts", '{"role":"lead","signed_up_at":1e999}').code, "parameter_invalid");
});

test("an e-mail that is none is accepted where the switch says so", () => {
  const { done } = openWorkspace({ switches: { invalidEmail: "accept" } });
  assert.equal(done("POST", "/contacts", lead("no e-mail")).email, "no e-mail");
});
