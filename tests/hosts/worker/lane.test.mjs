// Batches on their way to Cloud mode: their order, and what is done during an outage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLane } from "../../../hosts/worker/lane.js";
import { createRemoteCache } from "../../../hosts/worker/remote-cache.js";

const entry = (at, number = 0) => ({ at, number, event: `${at}.${number}` });
const delivered = { status: "delivered" };
const retry = (code, wait = 20) => ({ status: "retry", code, retryAt: Date.now() + wait });

/** A lane whose deliveries end as `outcomeOf(event, count)` says, and what was delivered, call by call. */
function open({ outcomeOf = () => delivered, reorderFor = 20, holdFor = 1000 } = {}) {
  const calls = [];
  const seen = {};
  const deliver = async (events) => {
    calls.push(events);
    return events.map((event) => outcomeOf(event, (seen[event] = (seen[event] ?? 0) + 1)));
  };
  return { calls, deliver: createLane({ deliver, reorderFor, holdFor }) };
}

test("batches that come side by side are delivered together, in the order of arrival", async () => {
  const { calls, deliver } = open({ outcomeOf: (event) => ({ ...delivered, event }) });
  const [later, earlier] = await Promise.all([deliver([entry(2), entry(1, 1)]), deliver([entry(1, 0)])]);
  assert.deepEqual(calls, [["1.0", "1.1", "2.0"]]);
  assert.deepEqual(
    [...later, ...earlier].map(({ event }) => event),
    ["2.0", "1.1", "1.0"],
  );
  await deliver([entry(0)]);
  assert.equal(calls.length, 2);
});

test("during an outage events wait here, each until its time, and the others are not delivered again", async () => {
  const { calls, deliver } = open({ outcomeOf: (event, count) => (event !== "1.0" && count < 3 ? retry("unavailable") : delivered) });
  const outcomes = await deliver([entry(1), entry(2), entry(3)]);
  assert.deepEqual(calls, [
    ["1.0", "2.0", "3.0"],
    ["2.0", "3.0"],
    ["2.0", "3.0"],
  ]);
  assert.ok(outcomes.every(({ status }) => status === "delivered"));
});

test("what an outage does not end within the time is given back", async () => {
  const { calls, deliver } = open({ outcomeOf: () => retry("rate_limited", 30), holdFor: 100 });
  const [outcome] = await deliver([entry(1)]);
  assert.equal(outcome.code, "rate_limited");
  assert.ok(calls.length > 1 && calls.length < 6, `${calls.length} calls`);
});

test("what waits for a contact goes back to the queue, unless there is an outage", async () => {
  const aside = open({ outcomeOf: (event) => (event === "1.0" ? delivered : retry("contact_missing")) });
  assert.deepEqual(
    (await aside.deliver([entry(1), entry(2)])).map(({ code }) => code),
    [undefined, "contact_missing"],
  );
  assert.equal(aside.calls.length, 1);
  const outage = open({ outcomeOf: (event, count) => (count > 1 ? delivered : retry(event === "1.0" ? "unavailable" : "behind_another")) });
  assert.deepEqual(
    (await outage.deliver([entry(1), entry(2)])).map(({ status }) => status),
    ["delivered", "delivered"],
  );
});

test("a delivery that fails fails its batches, and no others", async () => {
  let count = 0;
  const { deliver } = open({
    outcomeOf: () => {
      if (count++ === 0) throw new Error("failed");
      return delivered;
    },
  });
  await assert.rejects(deliver([entry(1)]), /failed/);
  assert.deepEqual(await deliver([entry(2)]), [delivered]);
});

test("a cache elsewhere is asked once for what is asked in one moment", async () => {
  const calls = [];
  const memory = {
    readCache: async (keys) => (calls.push(["read", keys]), keys.map((key) => (key === "b" ? undefined : key.toUpperCase()))),
    writeCache: async (entries) => void calls.push(["write", entries]),
  };
  const cache = createRemoteCache(memory);
  assert.deepEqual(await Promise.all([cache.get("a"), cache.get("b")]), ["A", undefined]);
  assert.equal(await cache.get("c"), "C");
  await Promise.all([cache.put("a", "1", 5), cache.delete("b")]);
  assert.deepEqual(calls, [
    ["read", ["a", "b"]],
    ["read", ["c"]],
    ["write", [["a", "1", 5], ["b"]]],
  ]);
});
