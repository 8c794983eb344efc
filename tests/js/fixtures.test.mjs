// The mapping fixtures that need Liquid, which tests/fixture/cases.rs leaves out.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { createInspector } from "../../pkg/intercom-destination.inspect.js";

const folder = join(root, "tests", "fixtures", "mapping");
const fixtures = readdirSync(folder)
  .map((file) => [file, JSON.parse(readFileSync(join(folder, file), "utf8"))])
  .filter(([, { needs }]) => needs === "liquid");

test("fixtures that need Liquid come out as expected", async () => {
  assert.ok(fixtures.length > 2);
  for (const [file, fixture] of fixtures) {
    const subscription = { partnerAction: "identifyUser", name: "Test", enabled: true, subscribe: 'type = "track"' };
    const inspector = await createInspector({ appId: "abc123", subscriptions: [{ ...subscription, mapping: fixture.mapping }] });
    for (const { event, expect, expectFailure } of fixture.cases ?? [fixture]) {
      const { steps, problems } = inspector.inspect({ ...event, type: "track" });
      assert.deepEqual(steps[0].payload, expect, file);
      const codes = problems.map(({ code }) => code).filter((code) => code.startsWith("mapping_"));
      assert.deepEqual(codes, expectFailure ? ["mapping_liquid_failed"] : [], file);
    }
  }
});
