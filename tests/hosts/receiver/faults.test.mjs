// The fault run, shortened; `npm run test:faults` is the whole of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runFaults } from "./faults.mjs";

test("nothing is lost, doubled or out of order while the receiver is killed and Intercom fails", async () => {
  const { counts, faults } = await runFaults({ events: 800, kills: 3, seed: 7 });
  console.log(JSON.stringify(counts));
  assert.deepEqual(faults, { lost: 0, doubled: 0, disordered: 0, wrong: 0, left: 0, dead: 0 });
  assert.ok(counts.kills === 3 && counts.repeated > 0 && counts.calls > 700, JSON.stringify(counts));
});
