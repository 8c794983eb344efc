// A site in a browser: its page, its loader, our destination, and what reached Intercom and Segment.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { launch } from "../../scripts/browser.mjs";
import { Unsupported } from "../../scripts/webkit/page.mjs";
import { bundle } from "./bundle.mjs";
import { DROP_IN, Network, OTHER, PAGE, WRITE_KEY } from "./network.mjs";

export const NAME = "Intercom Web (Actions)";
/** The two ways a site takes: a factory imported from npm, and a script tag that the loader inserts. */
export const WAYS = ["npm", "tag"];

const snippet = readFileSync(new URL("snippet.js", import.meta.url), "utf8");

let starting;
const browser = () => (starting ??= launch());
after(async () => (await starting)?.close());

/** What Segment's CDN would say of this site: Segment itself, ours, and others. */
export const cdnSettings = (settings, { isEnabled = true, others = [] } = {}) => ({
  integrations: { "Segment.io": { apiKey: WRITE_KEY, versionSettings: {} } },
  // The loader measures itself on one page in a hundred; the tests' pages are the same every time.
  metrics: { sampleRate: 0 },
  remotePlugins: [
    ...(isEnabled ? [{ name: NAME, creationName: NAME, url: DROP_IN, libraryName: "intercomDestination", settings }] : []),
    ...others,
  ],
});

export const otherPlugin = { name: "Other", creationName: "Other", url: OTHER, libraryName: "otherDestination", settings: {} };

// `<` would end the script in which the text stands.
const inline = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");

const source = (work) =>
  [work ?? []]
    .flat()
    .map((step) => `;(${step})();`)
    .join("");

const pages = {
  tag: ({ options, first, early }) =>
    `<script>${source(first)}${snippet}analytics.load("${WRITE_KEY}", ${inline(options)})${source(early)}</script>`,
  npm: ({ cdn, options, first, early }) => `<script>${source(first)}</script><script src="/bundle/site.js"></script><script>
    window.analytics = npm.AnalyticsBrowser.load(
      { writeKey: "${WRITE_KEY}", cdnSettings: ${inline(cdn)}, plugins: [npm.intercomDestination] }, ${inline(options)})${source(early)}</script>`,
};

/**
 * Opens a page with the real loader and our destination.
 *
 * `way` is one of {@link WAYS}, or "none" for a page with nothing but the drop-in script. `settings` are our destination's,
 * `others` further remote plugins, `isEnabled: false` leaves ours out of them, `options` are the loader's own. `first`, one function or a list, runs on the page before anything else, `early` right
 * after the loader was called, before it has loaded; `waits: false` does not wait for that, after which event methods of the
 * loader promise something. `html` is a page of the test's own in place of all that. `widget` is what `site.widget` takes, `page` what a browser's context takes.
 */
export async function openSite({
  way = "tag",
  settings = { appId: "abc123" },
  others,
  isEnabled,
  options = {},
  first,
  early,
  waits = true,
  widget,
  page: environment,
  html: ownHtml,
  timeout,
  ...rest
} = {}) {
  const cdn = cdnSettings(settings, { others, isEnabled });
  const script =
    way === "none" ? `<script>${source(first)}</script><script src="${DROP_IN}"></script>` : pages[way]({ cdn, options, first, early });
  const html = ownHtml ?? `<!doctype html><html lang="en"><head><title>Shop</title>${script}</head><body><h1>Shop</h1></body></html>`;
  if (way === "npm") await bundle();
  const network = new Network({ html, cdnSettings: cdn, ...rest });
  network.widget = widget ?? {};
  const context = await (await browser()).newContext(environment);
  await network.listen(context);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors = [];
  const console = [];
  page.on("pageerror", (error) => {
    const text = String(error?.stack ?? error);
    // What Firefox writes to the console of a policy at work, its driver takes for an error of the page.
    if (text.startsWith("Content-Security-Policy: ")) console.push({ type: "error", text });
    else errors.push(text);
  });
  page.on("crash", () => errors.push("the page crashed"));
  page.on("console", (message) => console.push({ type: message.type(), text: message.text() }));
  const ready = () => page.evaluate(() => new Promise((done) => void window.analytics.ready(done)));
  await page.goto(PAGE);
  if (waits && way !== "none") await ready();

  return {
    page,
    network,
    /** What was written to the console: `{type, text}`. */
    console,
    /** Uncaught errors and unhandled rejections so far; a test that expects some takes them out. */
    errors,
    /** Runs on the page; waits for a promise that it returns. */
    run: (work, argument) => page.evaluate(work, argument),
    /** Resolves when so many milliseconds have passed by the page's own clock: what the page set its timers for before has happened, however busy the machine. */
    passes: (ms) => page.evaluate((ms) => new Promise((done) => void setTimeout(done, ms)), ms),
    /** How the widget is answered from now on: `delay` (ms), `held` (until `release`), `abort` (true or Playwright's reason), `status`, `body`. */
    widget: (answer) => (network.widget = answer),
    /** Lets the requests go on that are held, and those to come. */
    release: () => network.release(),
    /** Waits until the loader has loaded its plugins. */
    ready,
    /** Waits for the widget, then gives every call it has heard. */
    calls: async () => {
      // Playwright's own way of waiting evaluates text on the page, which a strict policy forbids.
      while (!(await page.evaluate(() => !!window.__widget))) await page.waitForTimeout(20);
      return page.evaluate(() => window.__calls);
    },
    /** What the queueing stub keeps. */
    queue: () => page.evaluate(() => window.Intercom?.q?.map((args) => [...args])),
    /** Warnings of ours in the console. */
    warnings: () => console.filter(({ text }) => text.startsWith("[intercom-destination]")).map(({ text }) => text),
    /** Ends the page; fails if something went wrong on it, or asked for an address that has no answer. */
    close: async () => {
      network.close();
      await context.close();
      assert.deepEqual({ errors, unexpected: network.unexpected }, { errors: [], unexpected: [] });
    },
  };
}

/** Waits until `holds` says so, for 15 seconds at most: what is then asserted says what is missing. */
export async function until(holds) {
  const start = performance.now();
  while (!(await holds()) && performance.now() - start < 15_000) await sleep(20);
}

/** Has `work` judge the page, then closes it; gives what `work` gives. */
export async function visit(site, work) {
  let result;
  try {
    result = await work(site);
  } catch (error) {
    // Reporters print the stack, which keeps the message that the error was made with.
    await site.close().catch((also) => (error.stack += `\nThe page: ${also.message}`));
    throw error;
  }
  await site.close();
  return result;
}

/** One test on a page of its own; `timeout` (ms) is for those that do much. */
export function siteTest(title, options, work) {
  const { timeout = 30_000 } = options;
  // A promise that never settles is one of the faults these tests look for.
  test(title, { timeout }, async (t) => {
    try {
      await visit(await openSite(typeof options === "function" ? options() : options), work);
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      t.skip(error.message);
    }
  });
}

/** The same test once as an npm factory and once as a script-tag remote plugin. */
export function eachWay(title, options, work) {
  for (const way of WAYS) siteTest(`${title} (${way})`, { ...options, way }, work);
}
