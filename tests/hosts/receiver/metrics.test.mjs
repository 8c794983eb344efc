// What the receiver tells of itself when its database does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createMetrics } from "../../../hosts/receiver/node/metrics.js";

test("a database that does not answer holds up neither health nor metrics", { timeout: 10_000 }, async (context) => {
  let answer = () => new Promise(() => {});
  const metrics = createMetrics(() => answer());
  // Nothing else keeps the process alive meanwhile.
  const alive = setInterval(() => {}, 1_000);
  context.after(() => clearInterval(alive));
  await assert.rejects(metrics.recent(), /does not answer/);
  assert.match((await metrics.render()).body, /queue_depth 0\n/);
  answer = async () => ({ depth: 3, dead: 0, age: 1 });
  assert.equal((await metrics.recent()).depth, 3);
});
