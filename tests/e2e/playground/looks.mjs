// What axe finds on the page and what is too wide for its window, in each of its looks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tried } from "../tried.mjs";
import { playgroundTest } from "./page.mjs";

export const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const pairs = ["light", "dark"].flatMap((colorScheme) => [1280, 390, 320].map((width) => ({ colorScheme, width })));
const LOOKS = tried("TEST_LOOKS", Object.fromEntries(pairs.map((look) => [`${look.colorScheme}, ${look.width} pixels`, look])));

export const violations = (page) =>
  page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
  });

/** A test in each look. `work(playground, look)` brings the page into its states, and calls `look(state)` in each. */
export function everyLook(title, work) {
  for (const [name, context] of Object.entries(LOOKS)) {
    playgroundTest(`${title}, ${name}`, { ...context, scripts: [axe] }, async (playground) => {
      const { page } = playground;
      await work(playground, async (state) => {
        assert.deepEqual(await violations(page), [], state);
        const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(widths[0] <= widths[1], `${state}: ${widths[0]} pixels of ${widths[1]}`);
      });
    });
  }
}
