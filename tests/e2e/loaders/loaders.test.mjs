// The same visitor through every loader and way in: Intercom hears the same, and the vendor notices nothing.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { chosen as browser } from "../../../scripts/browser.mjs";
import { until, visit } from "../site.mjs";
import { openLoader } from "./open.mjs";
import { early, later, presets, shape } from "./story.mjs";
import { rows } from "./vendors.mjs";

// A loader that waits for a widget, or for a plugin, waits ten seconds or for ever.
const DELAY = 4000;

// WebKit gives out a cookie for a moment after it was removed, and loaders take the visitor from it, also without us.
const PAUSE = browser === "webkit" ? 300 : 0;

const results = new Map(rows.map(({ title }) => [title, {}]));
const chosen = rows.filter(({ title }) => !process.env.LOADER || title.includes(process.env.LOADER));

async function tell(row, site) {
  // Some loaders ask who the visitor is when they deliver, not when they are called.
  await until(() => site.received.length >= Math.min(2, row.sends));
  const late = await site.run(later, PAUSE);
  await until(() => site.received.length >= row.sends);
  // Requests that are on their way at once arrive in any order.
  const received = site.received.map(({ url, body }) => JSON.stringify({ url, body })).sort();
  return { site, late, received, took: Math.round(site.received.at(-1)?.at ?? 0) };
}

/** Lives the story on the row's page, then has `work` judge: the calls that did not settle, what the vendor got and in how many ms. */
async function live(row, options, work) {
  return visit(await openLoader(row, { early, ...options }), async (site) => work(await tell(row, site)));
}

const alone = new Map();
/** What the vendor gets from a page without us. */
async function withoutUs(row) {
  const key = row.vendor ?? row.title;
  if (!alone.has(key)) alone.set(key, await live(row, {}, ({ received, took }) => ({ received, took })));
  const { received, took } = alone.get(key);
  assert.equal(received.length, row.sends);
  return { received, took };
}

/** Fails unless every call settled and the vendor got what it gets without us, as soon; gives both times. */
async function unharmed(row, { late, received, took }) {
  const own = await withoutUs(row);
  assert.deepEqual(late, []);
  assert.deepEqual(received, own.received);
  assert.ok(took < own.took + DELAY, `the vendor had everything after ${took} ms, and after ${own.took} ms without us`);
  return row.sends ? `${row.sends} in ${took} ms, alone ${own.took} ms` : "none of its own";
}

for (const row of chosen) {
  const result = results.get(row.title);
  const judged = (name, options, work) =>
    test(`${row.title}: ${name}`, { timeout: 120000 }, async () => {
      result[name] = "failed";
      result[name] = await live(row, options, work);
    });

  judged("Intercom's calls are the same", { settings: shape.settings }, async (told) => {
    // Segment's loader puts the current user in the place of the new one before any plugin sees it.
    const expected = structuredClone(shape.calls);
    if (row.name === "Segment") expected.find(([, type]) => type === "alias")[2].user = "u-1";
    await until(async () => (await told.site.calls()).length >= expected.length);
    assert.deepEqual(await told.site.calls(), expected);
    await unharmed(row, told);
    return `${expected.length} of ${expected.length}`;
  });

  judged("the widget never answers", { settings: presets.settings, widget: { held: true } }, async (told) => {
    await until(async () => (await told.site.queue())?.length >= presets.calls.length);
    assert.deepEqual(await told.site.queue(), presets.calls);
    return unharmed(row, told);
  });

  judged("the widget is blocked", { settings: presets.settings, widget: { abort: true } }, async (told) => {
    await until(() => told.site.warnings().length > 0);
    assert.equal(told.site.warnings().length, 1);
    assert.match(told.site.warnings()[0], /\(widget_unavailable\)$/);
    return unharmed(row, told);
  });
}

after(() => {
  const columns = ["Intercom's calls are the same", "the widget never answers", "the widget is blocked"];
  const lived = [...results].filter(([, result]) => Object.keys(result).length > 0);
  const cells = [
    ["loader and way in", ...columns],
    ...lived.map(([title, result]) => [title, ...columns.map((column) => result[column] ?? "")]),
  ];
  const widths = cells[0].map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  console.log("\nWhat Intercom heard, and what the vendor's own servers received:");
  for (const row of cells) console.log(row.map((cell, i) => cell.padEnd(widths[i])).join("  "));
});
