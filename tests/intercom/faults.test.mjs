import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorkspace, user } from "./client.mjs";

const create = ({ call }) => call("POST", "/contacts", user("u-1"));
const count = ({ intercom }) => intercom.state().contacts.length;

test("a fault before the write leaves nothing behind", () => {
  for (const [kind, answer] of [
    ["408", 408],
    ["429", 429],
    ["500", 500],
    ["503", 503],
    ["reset", "reset"],
    ["never", "never"],
  ]) {
    const workspace = openWorkspace({ faults: [{ kind }] });
    const sent = create(workspace);
    assert.equal(sent.status ?? sent, answer);
    assert.equal(count(workspace), 0, kind);
  }
});

test("a fault after the write eats the answer alone", () => {
  for (const kind of ["lost", "reset-after", "never-after", "503-after", "cut", "garbage", "slow"]) {
    const workspace = openWorkspace({ faults: [{ kind, nth: 1 }] });
    const sent = create(workspace);
    assert.equal(count(workspace), 1, kind);
    if (kind === "lost" || kind === "reset-after") assert.equal(sent, "reset");
    if (kind === "never-after") assert.equal(sent, "never");
    if (kind === "503-after") assert.equal(sent.status, 503);
    if (kind === "cut") assert.ok(sent.cut > 0 && sent.cut < sent.text.length);
    if (kind === "slow") assert.deepEqual([sent.status, sent.delay], [200, 30_000]);
    assert.match(create(workspace).body.errors[0].message, /already exists/);
  }
});

test("502 and 504 are HTML, as from a proxy", () => {
  const { status, text } = create(openWorkspace({ faults: [{ kind: 502 }] }));
  assert.equal(status, 502);
  assert.match(text, /^<html>/);
});

test("a broken body is never a contact with its id", () => {
  for (let seed = 0; seed < 50; seed += 1) {
    const { body } = create(openWorkspace({ random: seed, faults: [{ kind: "garbage" }] }));
    assert.notEqual(typeof body?.id, "string");
  }
});

test("a rule meets its endpoint, path or call, at the times it names", async () => {
  const statuses = (workspace, count) => Array.from({ length: count }, () => workspace.call("GET", "/me").status);
  assert.deepEqual(statuses(openWorkspace({ faults: [{ match: "GET /me", kind: 503, nth: [2, 3] }] }), 4), [200, 503, 503, 200]);
  assert.deepEqual(statuses(openWorkspace({ faults: [{ match: "PUT /contacts/{id}", kind: 503 }] }), 1), [200]);
  assert.deepEqual(statuses(openWorkspace({ faults: [{ match: /^GET \/me$/, kind: 503, nth: 1 }] }), 2), [503, 200]);
  assert.deepEqual(statuses(openWorkspace({ faults: [{ match: ({ path }) => path === "/me", kind: 503, nth: 1 }] }), 2), [503, 200]);
  const workspace = openWorkspace();
  const from = workspace.clock.now() + 1000;
  workspace.intercom.addFault({ kind: 503, from, until: from + 1000 });
  const seen = [];
  for (let step = 0; step < 3; step += 1) {
    seen.push(...statuses(workspace, 1));
    await workspace.clock.advance(1000);
  }
  assert.deepEqual(seen, [200, 503, 200]);
  workspace.intercom.addFault({ kind: 500 });
  assert.deepEqual(statuses(workspace, 1), [500]);
  workspace.intercom.clearFaults();
  assert.deepEqual(statuses(workspace, 1), [200]);
});

test("a rule may say the body, the delay and Retry-After", () => {
  const { status, text, delay, headers } = create(openWorkspace({ faults: [{ kind: 429, body: "slow down", delay: 50, retryAfter: 7 }] }));
  assert.deepEqual([status, text, delay, headers["retry-after"]], [429, "slow down", 50, "7"]);
});

test("drawn faults come as often as said, and the same for the same seed", () => {
  const run = (random) => {
    const { call, intercom } = openWorkspace({ random, rate: { limit: Infinity }, faultRates: { 503: 0.1, lost: 0.05, slow: 0.05 } });
    const seen = Array.from({ length: 4000 }, () => {
      const sent = call("GET", "/me");
      return sent.status ?? sent;
    });
    return { seen, ...intercom.state().counters };
  };
  const { seen, faults, eaten } = run(7);
  assert.ok(Math.abs(faults[503] - 400) < 80, `${faults[503]}`);
  assert.ok(Math.abs(faults["reset-after"] - 200) < 60, `${faults["reset-after"]}`);
  assert.equal(eaten, faults[503] + faults["reset-after"]);
  assert.deepEqual(run(7).seen, seen);
  assert.notDeepEqual(run(8).seen, seen);
});

test("a 429 by a fault is told from one of the window", () => {
  const { call, intercom } = openWorkspace({ rate: { limit: 1 }, faults: [{ kind: 429, nth: 1 }] });
  assert.equal(call("GET", "/me").status, 429);
  assert.equal(call("GET", "/me").status, 429);
  const { limited, eaten } = intercom.state().counters;
  assert.deepEqual([limited, eaten], [1, 1]);
});

test("a call that a fault answers with a status counts in the window, a reset before the write does not", () => {
  const { call } = openWorkspace({
    rate: { limit: 10 },
    faults: [
      { kind: 503, nth: 1 },
      { kind: "reset", nth: 2 },
    ],
  });
  assert.equal(call("GET", "/me").headers["x-ratelimit-remaining"], "9");
  assert.equal(call("GET", "/me"), "reset");
  assert.equal(call("GET", "/me").headers["x-ratelimit-remaining"], "8");
});

test("a garbage rule may say the body", () => {
  const { text, status } = create(openWorkspace({ faults: [{ kind: "garbage", body: "[" }] }));
  assert.deepEqual([status, text], [200, "["]);
});

test("a rule with a chance comes as often as said", () => {
  const { call, intercom } = openWorkspace({ rate: { limit: Infinity }, faults: [{ kind: 503, chance: 0.25 }] });
  for (let count = 0; count < 2000; count += 1) call("GET", "/me");
  const found = intercom.state().counters.faults[503];
  assert.ok(Math.abs(found - 500) < 80, `${found}`);
  assert.deepEqual(intercom.state().counters.endpoints["GET /me"], { calls: 2000, eaten: found });
});
