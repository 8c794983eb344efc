// Segment's own "Webhooks" destination as the sender: Customer.io's is the same code.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openSegment } from "../../oracle/cloud/segment.mjs";
import { AUTHORIZATION, open, SIGNING, track } from "./requests.mjs";

const { destination, use } = openSegment("webhook");
const mapping = (method = "POST") => ({
  url: "https://receiver.example/events",
  method,
  headers: { Authorization: AUTHORIZATION },
  data: { "@path": "$." },
});
// Names that JSON escapes, and numbers that a second writer would write otherwise.
const events = Array.from({ length: 3 }, (_, i) => track(`ü-"${i}"\\`, { amount: 1e21, text: "\u2028 ]}, {[" }));

test("an event is taken as Segment signs and sends it, by each method", async () => {
  const { app, kept } = open({ signing: SIGNING });
  use((url, init) => app.request(url, init));
  for (const method of ["POST", "PUT", "PATCH"])
    await destination.executeAction("send", { event: events[0], mapping: mapping(method), settings: { sharedSecret: SIGNING } });
  assert.deepEqual(kept, [events[0], events[0], events[0]]);
});

test("a batch is taken, though the signature covers its first event only", async () => {
  const { app, kept } = open({ signing: SIGNING });
  use((url, init) => app.request(url, init));
  const answers = await destination.executeBatch("send", { events, mapping: mapping(), settings: { sharedSecret: SIGNING } });
  assert.deepEqual([kept, answers.map(({ status }) => status)], [events, [200, 200, 200]]);
});

test("Segment's delivery fails for good with another secret, and tries again while the queue is down", async () => {
  const statuses = [];
  const failing = { send: () => Promise.reject(new Error("down")) };
  for (const [shared, queue] of [
    ["another", undefined],
    [SIGNING, failing],
  ]) {
    const { app } = open({ signing: SIGNING, queue });
    use(async (url, init) => {
      const response = await app.request(url, init);
      statuses.push(response.status);
      return response;
    });
    const sent = destination.executeAction("send", { event: events[0], mapping: mapping(), settings: { sharedSecret: shared } });
    await assert.rejects(sent);
  }
  assert.deepEqual(statuses, [401, 503]);
});
