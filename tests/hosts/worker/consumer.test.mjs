// What becomes of a message of the queue, by the outcome of its event.
import assert from "node:assert/strict";
import { test } from "node:test";
import { consume } from "../../../hosts/worker/consumer.js";
import { LONGEST_DELAY, MOST_RETRIES } from "../../../hosts/worker/limits.js";

console.error = console.warn = () => {};

const near = (seconds, expected) => assert.ok(Math.abs(seconds - expected) <= 1, `${seconds} s, expected ${expected}`);
const retry = (code, wait) => ({ status: "retry", code, message: "Later.", retryAt: Date.now() + wait });

/** Messages `[name, attempts]`, whose events end as `outcomes[name]` says. */
async function run(given, { outcomes = {}, deliver, dead = async () => {}, lanes = 1 } = {}) {
  const became = {};
  const called = [];
  const letters = [];
  const messages = given.map(([name, attempts = 1], number) => ({
    id: `id-${name}`,
    attempts,
    body: name === "broken" ? "{" : JSON.stringify({ at: 1, number, event: { messageId: name, userId: name } }),
    ack: () => (became[name] ??= "ack"),
    retry: ({ delaySeconds }) => (became[name] ??= delaySeconds),
  }));
  const outcomeOf = ({ event }) => outcomes[event.messageId] ?? { status: "delivered" };
  const getByName = (lane) => ({
    deliver: async (number, entries) => {
      called.push([lane, number, entries.map(({ event }) => event.messageId)]);
      return deliver ? deliver(number) : entries.map(outcomeOf);
    },
  });
  const sendBatch = async (batch) => {
    await dead();
    letters.push(...batch.map(({ body }) => JSON.parse(body)));
  };
  await consume({ messages }, { LANES: lanes, WORKSPACE: { getByName }, DEAD: { sendBatch } });
  return { became, called, letters };
}

test("delivered is acknowledged, retry comes again at its time, dropped is put aside", async () => {
  const outcomes = {
    soon: retry("contact_missing", 61_000),
    past: retry("unavailable", -5000),
    never: retry("unavailable", 1e9),
    bad: { status: "dropped", code: "nobody", message: "There is nobody." },
  };
  const { became, letters } = await run([["fine"], ["soon"], ["past"], ["never"], ["bad", 3]], { outcomes });
  near(became.soon, 61);
  assert.deepEqual({ ...became, soon: 61 }, { fine: "ack", soon: 61, past: 1, never: LONGEST_DELAY, bad: "ack" });
  const event = { messageId: "bad/id-bad", userId: "bad" };
  assert.deepEqual(letters, [{ code: "nobody", message: "There is nobody.", attempts: 3, at: 1, event }]);
});

test("the last attempt ends with a letter that has a code, not with Cloudflare's, which has none", async () => {
  const outcomes = { early: retry("unavailable", 1000), late: retry("unavailable", 1000) };
  const { became, letters } = await run(
    [
      ["early", MOST_RETRIES],
      ["late", MOST_RETRIES + 1],
    ],
    { outcomes },
  );
  assert.deepEqual(became, { early: 1, late: "ack" });
  assert.deepEqual(
    letters.map(({ code, attempts }) => [code, attempts]),
    [["unavailable", MOST_RETRIES + 1]],
  );
});

test("an object that fails costs its own lane's events a delay that grows", async () => {
  const names = Array.from({ length: 20 }, (_, i) => [`u-${i}`, i + 1]);
  const deliver = (lane) => {
    if (lane === 0) throw new Error("away");
    return Array(20).fill({ status: "delivered" });
  };
  const { became, called } = await run(names, { deliver, lanes: 2 });
  assert.deepEqual(called.map(([name, number]) => [name, number]).sort(), [
    ["0", 0],
    ["1", 1],
  ]);
  const failed = called.find(([, lane]) => lane === 0)[2];
  assert.ok(failed.length > 3 && failed.length < 17);
  for (const [name, attempts] of names)
    if (failed.includes(name)) near(became[name], Math.min(2 ** attempts, 600));
    else assert.equal(became[name], "ack");
});

test("a message that can't be read is put aside, and one that the dead-letter queue does not take comes again", async () => {
  const { became, letters } = await run([["broken"], ["fine"]]);
  assert.deepEqual([became, letters[0].code, letters[0].event], [{ broken: "ack", fine: "ack" }, "message_unreadable", "{"]);
  const dead = async () => {
    throw new Error("away");
  };
  const refused = await run([["broken"], ["fine"]], { dead });
  near(refused.became.broken, 2);
  assert.equal(refused.became.fine, "ack");
});
