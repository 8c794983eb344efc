// The playground in a browser: static files in a folder of 127.0.0.1, and a page that must ask for nothing else.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { launch } from "../../../scripts/browser.mjs";
import { root } from "../../../scripts/command.mjs";
import { serve } from "../../../scripts/serve.mjs";

let starting;
// Permission for the clipboard is Chromium's; no rule of the plugin depends on where its playground runs.
const browser = () => (starting ??= launch({ browser: "chromium" }));
let serving;
// The page is in a folder of the server's, as it may be on any server.
const server = () => (serving ??= serve(join(root, "pkg")));
after(async () => {
  await (await starting)?.close();
  await (await serving)?.close();
});

/**
 * Opens the page; `fragment` is what follows its address, `scripts` run before its own, `starts: false` is for a page that cannot
 * run, the rest is what a browser's context takes.
 */
export async function openPlayground({ fragment = "", scripts = [], starts = true, width = 1280, height = 900, ...environment } = {}) {
  const { url } = await server();
  const home = `${url}www/`;
  const context = await (await browser()).newContext({ viewport: { width, height }, reducedMotion: "reduce", ...environment });
  for (const content of scripts) await context.addInitScript({ content });
  const requests = [];
  context.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error?.stack ?? error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));

  const playground = {
    page,
    context,
    home,
    requests,
    /** Uncaught errors and what was written to the console as one; a test that expects some takes them out. */
    errors,
    entries: page.locator("#happened > li:not([data-kind='start'])"),
    last: page.locator("#happened > li:not([data-kind='start'])").last(),
    /** Sends an example, or what is in the composer when none is named. */
    async send(example) {
      if (example) await page.click(`#example-${example}`);
      const count = await playground.entries.count();
      await page.click("#send-button");
      await playground.entries.nth(count).waitFor();
    },
    /** Puts text into an editor by its accessible name; `within` narrows down where it is. */
    async type(label, text, within = page) {
      const editor = within.getByRole("textbox", { name: label, exact: true });
      await editor.click();
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.insertText(text);
      await playground.settled();
    },
    /** The text of an editor, read through the page's own state: CodeMirror draws only what is on view. */
    text: (label, within = page) =>
      within
        .getByRole("textbox", { name: label, exact: true })
        .evaluate((content) => content.cmTile?.view?.state.doc.toString() ?? content.innerText),
    /** The subscription of this name, opened. */
    async subscription(name) {
      const item = page
        .locator(".subscriptions > li")
        .filter({ has: page.locator(".subscription-name", { hasText: new RegExp(`^${name}$`) }) })
        .first();
      const toggle = item.locator(".subscription-toggle");
      if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
      return item;
    },
    /** Waits until what was typed applies and the address holds it. */
    async settled() {
      await page.waitForTimeout(500);
    },
    /** The last call, as the page shows it, without the marks. */
    call: (entry = playground.last) =>
      entry
        .locator(".step .call .line-text")
        .allTextContents()
        .then((lines) => lines.join("\n")),
    async close() {
      await context.close();
      const strange = requests.filter((request) => !request.startsWith(`GET ${home}`));
      assert.deepEqual({ errors, strange }, { errors: [], strange: [] });
    },
  };
  await page.goto(home + fragment);
  if (starts) await page.locator("#happened > li").first().waitFor();
  return playground;
}

/** One test on a page of its own. */
export function playgroundTest(title, options, work) {
  test(title, { timeout: 180_000 }, async () => {
    const playground = await openPlayground(options);
    try {
      await work(playground);
    } catch (error) {
      await playground.close().catch((also) => (error.message += `\nThe page: ${also.message}`));
      throw error;
    }
    await playground.close();
  });
}
