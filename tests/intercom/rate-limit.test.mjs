import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorkspace } from "./client.mjs";

const rateOf = ({ headers }) => ["limit", "remaining", "reset"].map((name) => Number(headers[`x-ratelimit-${name}`]));

test("each answer tells the limit, what remains and when the window of 10 seconds ends", async () => {
  const { call, clock } = openWorkspace({ rate: { limit: 5 } });
  const second = clock.now() / 1000;
  assert.deepEqual(rateOf(call("GET", "/me")), [5, 4, second + 10]);
  await clock.advance(9_999);
  assert.deepEqual(rateOf(call("GET", "/me")), [5, 3, second + 10]);
  await clock.advance(1);
  assert.deepEqual(rateOf(call("GET", "/me")), [5, 4, second + 20]);
});

test("the default is a sixth of 10,000", () => {
  assert.deepEqual(rateOf(openWorkspace().call("GET", "/me")).slice(0, 2), [1666, 1665]);
});

test("over the limit nothing is done until the window ends", async () => {
  const { call, refused, clock, intercom } = openWorkspace({ rate: { limit: 2 } });
  call("GET", "/me");
  call("GET", "/contacts/none");
  const { status, code, message } = refused("POST", "/contacts", { role: "lead" });
  assert.deepEqual([status, code, message], [429, "rate_limit_exceeded", "Exceeded rate limit of 2 in 10_seconds"]);
  assert.equal(intercom.state().contacts.length, 0);
  await clock.advance(10_000);
  assert.equal(call("POST", "/contacts", { role: "lead" }).status, 200);
  const { limited, eaten, peakWindow } = intercom.state().counters;
  assert.deepEqual([limited, eaten, peakWindow], [1, 0, 2]);
});

test("other apps' calls are taken from the window as it goes", async () => {
  const { call, clock } = openWorkspace({ rate: { limit: 10, others: 8 } });
  assert.equal(rateOf(call("GET", "/me"))[1], 9);
  await clock.advance(5_000);
  assert.equal(rateOf(call("GET", "/me"))[1], 4);
});

test("searches may have a limit of their own", () => {
  const { call } = openWorkspace({ rate: { search: 1 } });
  const search = () => call("POST", "/contacts/search", { query: { field: "role", operator: "=", value: "user" } }).status;
  assert.deepEqual([search(), search()], [200, 429]);
  assert.equal(call("GET", "/me").status, 200);
});

test("the headers may be absent now and then", () => {
  const { call } = openWorkspace({ rate: { headersAbsent: 0.5 } });
  const absent = Array.from({ length: 400 }, () => call("GET", "/me").headers["x-ratelimit-limit"] === undefined).filter(Boolean).length;
  assert.ok(absent > 150 && absent < 250, `${absent} of 400`);
});

test("other apps' calls can fill the window", async () => {
  const { call, clock } = openWorkspace({ rate: { limit: 10, others: 20 } });
  assert.equal(call("GET", "/me").status, 200);
  await clock.advance(5_000);
  assert.equal(call("GET", "/me").status, 429);
});

test("two searches fit into a limit of two", () => {
  const { call } = openWorkspace({ rate: { search: 2 } });
  const search = () => call("POST", "/contacts/search", { query: { field: "role", operator: "=", value: "user" } }).status;
  assert.deepEqual([search(), search(), search()], [200, 200, 429]);
});
