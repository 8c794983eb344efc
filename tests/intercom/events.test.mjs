import assert from "node:assert/strict";
import { test } from "node:test";
import { lead, openWorkspace, user } from "./client.mjs";

function openWithUser(options) {
  const workspace = openWorkspace(options);
  const { id } = workspace.done("POST", "/contacts", user("u-1", { email: "a@example.com" }));
  const send = (more) => workspace.call("POST", "/events", { event_name: "x", created_at: 1, id, ...more });
  const kept = () => workspace.intercom.state().contacts[0].events;
  return { ...workspace, id, send, kept };
}

test("an event is answered 202 without a body, by id, user_id and e-mail", () => {
  const { call, kept } = openWithUser();
  for (const [second, who] of [{ user_id: "u-1" }, { email: "A@example.com" }].entries()) {
    const { status, text } = call("POST", "/events", { event_name: "x", created_at: second, ...who });
    assert.deepEqual([status, text], [202, ""]);
  }
  assert.equal(kept().length, 2);
});

test("an event for nobody is not found, one that names nobody is refused", () => {
  const { refused } = openWithUser();
  const event = { event_name: "x", created_at: 1 };
  for (const who of [{ id: "none" }, { user_id: "none" }, { email: "none@example.com" }]) {
    const { status, code, message } = refused("POST", "/events", { ...event, ...who });
    assert.deepEqual([status, code, message], [404, "not_found", "User Not Found"]);
  }
  assert.equal(refused("POST", "/events", event).status, 400);
});

test("a lead gets events by its id alone", () => {
  const { done, call } = openWorkspace();
  const { id } = done("POST", "/contacts", lead("l@example.com"));
  assert.equal(call("POST", "/events", { event_name: "x", created_at: 1, email: "l@example.com" }).status, 404);
  assert.equal(call("POST", "/events", { event_name: "x", created_at: 1, id }).status, 202);
});

test("an e-mail that several users share is a conflict", () => {
  const { done, refused } = openWorkspace({ switches: { sharedEmail: "allowed" } });
  done("POST", "/contacts", user("u-1", { email: "a@example.com" }));
  done("POST", "/contacts", user("u-2", { email: "a@example.com" }));
  const { status, code, message } = refused("POST", "/events", { event_name: "x", created_at: 1, email: "a@example.com" });
  assert.deepEqual([status, code], [409, "conflict"]);
  assert.match(message, /^Multiple existing users match this email address/);
});

test("the same name in the same second counts once, and is answered 202 both times", () => {
  const { send, kept, intercom } = openWithUser();
  assert.equal(send().status, 202);
  assert.equal(send({ metadata: { other: 1 } }).status, 202);
  send({ created_at: 2 });
  send({ event_name: "y" });
  assert.equal(kept().length, 3);
  assert.equal(intercom.state().counters.duplicates, 1);
});

test("an event needs a name and a time in seconds", () => {
  const { refused, id } = openWithUser();
  assert.equal(refused("POST", "/events", { created_at: 1, id }).code, "parameter_not_found");
  assert.equal(refused("POST", "/events", { event_name: "x", id }).code, "parameter_not_found");
  assert.equal(refused("POST", "/events", { event_name: "x", created_at: "2026-01-02", id }).code, "parameter_invalid");
});

test("the first ten keys of the metadata are kept", () => {
  const { send, kept, intercom } = openWithUser();
  send({ metadata: Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`k${index}`, index])) });
  assert.deepEqual(
    Object.keys(kept()[0].metadata),
    Array.from({ length: 10 }, (_, index) => `k${index}`),
  );
  assert.equal(intercom.state().counters.notes.metadata_key_over_limit, 2);
});

test("metadata keeps text, numbers, booleans, links and prices; nested values and odd keys are dropped or refused", () => {
  const metadata = {
    text: "a",
    number: 1.5,
    flag: true,
    link: { url: "https://example.com", value: "here" },
    price: { amount: 1999, currency: "usd" },
    nested: { url: 1, value: 1, amount: 1 },
    list: [1],
    none: null,
    "a.b": 1,
    TEXT: 2,
  };
  const { send, kept, intercom } = openWithUser();
  assert.equal(send({ metadata }).status, 202);
  assert.deepEqual(Object.keys(kept()[0].metadata), ["text", "number", "flag", "link", "price"]);
  assert.equal(intercom.state().counters.notes.metadata_dropped, 5);
  const strict = openWithUser({ switches: { badMetadata: "refuse" } });
  assert.equal(strict.send({ metadata }).status, 400);
  assert.equal(strict.kept().length, 0);
});

test("a price that is not in whole cents is cut, kept or refused, and always noted", () => {
  const metadata = { price: { amount: 1998.9999999999998, currency: "USD" } };
  const amounts = { truncate: 1998, keep: 1998.9999999999998 };
  for (const [badPrice, amount] of Object.entries(amounts)) {
    const { send, kept, intercom } = openWithUser({ switches: { badPrice } });
    send({ metadata });
    assert.equal(kept()[0].metadata.price.amount, amount);
    assert.equal(intercom.state().counters.notes.price_not_whole, 1);
  }
  assert.equal(openWithUser({ switches: { badPrice: "refuse" } }).send({ metadata }).status, 400);
});

test("periods and dollar signs in a name become hyphens", () => {
  const { send, kept } = openWithUser();
  send({ event_name: "a.b$c" });
  assert.equal(kept()[0].name, "a-b-c");
});

test("a name over the limit is refused, a known one is not", () => {
  const { send, kept } = openWithUser({ limits: { eventNames: 2 } });
  send({ event_name: "a" });
  send({ event_name: "b" });
  assert.equal(send({ event_name: "c" }).status, 400);
  assert.equal(send({ event_name: "a", created_at: 9 }).status, 202);
  assert.equal(kept().length, 3);
});

test("text over 255 characters is refused or cut", () => {
  const metadata = { long: "x".repeat(300) };
  assert.equal(openWithUser().send({ metadata }).status, 400);
  const { send, kept } = openWithUser({ switches: { longText: "cut" } });
  send({ metadata });
  assert.equal(kept()[0].metadata.long.length, 255);
});

test("events keep the order and the time of their arrival", async () => {
  const { send, kept, clock } = openWithUser();
  const began = clock.now();
  send({ event_name: "later", created_at: 9 });
  await clock.advance(5000);
  send({ event_name: "earlier", created_at: 1 });
  assert.deepEqual(
    kept().map(({ name, received_at: at }) => [name, at - began]),
    [
      ["later", 0],
      ["earlier", 5000],
    ],
  );
});

test("events by user_id lag where the switch says so", async () => {
  const { call, clock } = openWithUser({ searchLag: 10, switches: { eventsLag: true } });
  const event = { event_name: "x", created_at: 1, user_id: "u-1" };
  assert.equal(call("POST", "/events", event).status, 404);
  await clock.advance(10_000);
  assert.equal(call("POST", "/events", event).status, 202);
});

test("metadata that is not an object refuses the event, no metadata and null do not", () => {
  const { send, kept } = openWithUser();
  for (const metadata of [[], "a", 1]) assert.equal(send({ metadata }).status, 400);
  assert.equal(send({ metadata: null, created_at: 2 }).status, 202);
  assert.deepEqual(kept()[0].metadata, {});
});

test("a price needs a number and a text, and may be nothing", () => {
  const { send, kept, intercom } = openWithUser();
  send({
    metadata: {
      a: { amount: 0, currency: "usd" },
      b: { amount: "5", currency: "usd" },
      c: { amount: 5, currency: 1 },
      d: { amount: -5, currency: "usd" },
    },
  });
  assert.deepEqual(Object.keys(kept()[0].metadata), ["a", "d"]);
  assert.deepEqual(intercom.state().counters.notes, { price_not_whole: 1, metadata_dropped: 2 });
});

test("a contact's events are listed, the newest first", () => {
  const { send, done, refused } = openWithUser();
  send({ event_name: "old", created_at: 1 });
  send({ event_name: "new", created_at: 5, metadata: { a: 1 } });
  send({ event_name: "newer", created_at: 5 });
  const { events } = done("GET", "/events?type=user&email=a%40example.com");
  assert.deepEqual(
    events.map(({ event_name: name }) => name),
    ["newer", "new", "old"],
  );
  assert.deepEqual([events[1].user_id, events[1].metadata], ["u-1", { a: 1 }]);
  assert.equal(refused("GET", "/events?user_id=u-1").status, 400);
  assert.equal(refused("GET", "/events?type=user&user_id=none").status, 404);
});
