// Events into the queue, within Cloudflare's limits.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_EVENT_BYTES } from "../../../hosts/worker/limits.js";
import { sendAll } from "../../../hosts/worker/producer.js";

const bytes = (text) => Buffer.byteLength(text);

async function sent(events) {
  const calls = [];
  await sendAll({ sendBatch: async (messages) => void calls.push([...messages]) }, events);
  return calls;
}

test("a call has 100 messages and 256,000 bytes at most, and the order stays", async () => {
  const events = Array.from({ length: 350 }, (_, i) => ({ messageId: `m-${i}`, text: "ä".repeat(i % 7 === 0 ? 20_000 : 10) }));
  const calls = await sent(events);
  for (const call of calls) {
    assert.ok(call.length <= 100);
    // Cloudflare adds about 100 bytes of its own to each.
    assert.ok(call.reduce((sum, { body }) => sum + bytes(body) + 100, 0) <= 256_000);
  }
  assert.ok(calls.length < 15, `${calls.length} calls`);
  const read = calls.flat().map(({ body }) => JSON.parse(body));
  assert.deepEqual(
    read.map(({ event }) => event),
    events,
  );
  assert.deepEqual(
    read.map(({ number }) => number),
    events.map((_, i) => i),
  );
});

test("the largest event that is taken fits into a message, and into a dead letter", async () => {
  const empty = bytes(JSON.stringify({ messageId: "m-1", text: "" }));
  const [[{ body }]] = await sent([{ messageId: "m-1", text: "x".repeat(MOST_EVENT_BYTES - empty) }]);
  assert.ok(bytes(body) + 1000 < 128_000);
});

test("an event without a message id gets one of its own", async () => {
  const [call] = await sent([{ type: "track" }, { type: "track", messageId: "" }, { type: "track", messageId: "m-1" }]);
  const ids = call.map(({ body }) => JSON.parse(body).event.messageId);
  assert.equal(new Set(ids).size, 3);
  assert.ok(ids.every((id) => id.length > 2) && ids[2] === "m-1");
});
