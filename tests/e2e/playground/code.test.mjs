// The code panel: for every loader the README's own line, with the settings of the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import JSON5 from "json5";
import { root } from "../../../scripts/command.mjs";
import { playgroundTest } from "./page.mjs";

const readme = readFileSync(join(root, "README.md"), "utf8");

/** The lines of the README's table of loaders: `[loader, codes]`. */
const table = readme.split("\n| loader | one line |\n")[1].split("\n\n")[0].split("\n").slice(1);
const lines = table.map((line) => {
  const [, loader, cell] = line.split("|");
  return [loader.trim().replaceAll("`", ""), [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code)];
});

/** The object that starts at `start`. */
function literalAt(text, start) {
  for (let end = text.indexOf("}", start); end >= 0; end = text.indexOf("}", end + 1)) {
    try {
      return JSON5.parse(text.slice(start, end + 1));
    } catch {
      // It does not end here.
    }
  }
}

const NAMES = {
  "Segment, npm": "Segment, npm",
  "Segment, npm, with the settings of Segment's app": "Segment, npm, settings from Segment’s app",
  "Segment, snippet": "Segment, snippet",
  "Customer.io, npm": "Customer.io, npm",
  "Customer.io, snippet": "Customer.io, snippet",
  RudderStack: "RudderStack",
  Hightouch: "Hightouch",
  June: "June",
  "analytics (getanalytics.io)": "analytics (getanalytics.io)",
  "classic analytics.js": "Classic analytics.js",
  "none: tag managers, plain sites": "No loader",
};

playgroundTest("each loader of the README has its own line here", {}, async ({ page }) => {
  assert.deepEqual(
    lines.map(([loader]) => loader),
    Object.keys(NAMES),
  );
  for (const [loader, codes] of lines) {
    await page.selectOption("#loader", { label: NAMES[loader] });
    const shown = await page.locator("#code").innerText();
    assert.ok(
      codes.some((code) => shown.includes(code)),
      `${loader}: ${codes[0]} is not in\n${shown}`,
    );
  }
});

playgroundTest(
  "every snippet holds the settings of the page, as code that reads back the same",
  {},
  async ({ page, subscription, type, settled }) => {
    await page.fill("#setting-appId", "shop1");
    await page.selectOption("#setting-apiBase", { label: "Australia" });
    await page.click(".more summary");
    await page.getByRole("switch", { name: /Hold back repeated updates/ }).click();
    await type(
      "Mapping",
      `{ "event_name": "it's </script> \\"quoted\\" \\\\ {\\n}", "event_metadata": { "a b": [1, 2.5, null, true] } }`,
      await subscription("Track Event"),
    );
    await settled();
    await page.selectOption("#loader", "json");
    const expected = JSON.parse(await page.locator("#code").innerText());
    assert.equal(expected.appId, "shop1");
    assert.equal(expected.updateGuard, false);
    assert.equal(expected.subscriptions.length, 3);
    assert.equal(expected.subscriptions[0].mapping.event_name, `it's </script> "quoted" \\ {\n}`);

    const options = await page.locator("#loader option").evaluateAll((all) => all.map(({ value, label }) => [value, label]));
    for (const [value, label] of options.filter(([value]) => !["json", "segment-app"].includes(value))) {
      await page.selectOption("#loader", value);
      const shown = await page.locator("#code").innerText();
      const start = /(?:const settings = |\n {6}settings: )(?=\{)/.exec(shown);
      assert.deepEqual(literalAt(shown, start.index + start[0].length), expected, label);
      // A page's own script must not end in the middle.
      if (shown.includes("<script>")) assert.equal(shown.split("</script>").length, 3, label);
    }
  },
);

playgroundTest("the code can be copied", { permissions: ["clipboard-read", "clipboard-write"] }, async ({ page }) => {
  await page.selectOption("#loader", "standalone");
  await page.getByRole("button", { name: "Copy code" }).click();
  await page.getByText("Copied.").waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(
    text,
    /^import intercom from 'intercom-destination'\n\nconst settings = \{\n {2}appId: 'demo',\n {2}richLinkProperties: \['receipt'\]\n\}\nconst visitor = intercom\.standalone\(settings\)\n/,
  );
});
