// Made-up days through the published script, on the stand-in: what the workspace holds in the end, and how many calls that took.
import assert from "node:assert/strict";
import { test } from "node:test";
import { days, judge, live, plan } from "./days.mjs";
import { open } from "./workspace.mjs";

const right = { doubled: 0, lost: 0, unattached: 0, wrong: 0, cents: 0, unordered: 0, unasked: 0 };

for (const { title, options, most } of days) {
  for (const seed of [1, 2]) {
    test(`a day with ${title} ends right with fewer than ${most} calls an event (seed ${seed})`, async (t) => {
      const day = plan(seed);
      const workspace = await open({ random: seed, ...options });
      workspace.intercom.seed({ contacts: day.known });
      assert.deepEqual(await live(workspace, day.events), []);
      const { calls, ...faults } = judge(workspace.state(), day);
      assert.deepEqual(faults, right);
      t.diagnostic(`${day.events.length} events, ${calls.toFixed(3)} calls an event`);
      assert.ok(calls < most, `${calls} calls an event`);
    });
  }
}
