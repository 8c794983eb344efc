// A visit to a page with the shipped drop-in: what it fetches when, and what becomes of events with the settings `load` and `consent`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../../scripts/command.mjs";
import { until } from "../site.mjs";
import { playgroundTest } from "./page.mjs";

const NAMES = { now: "At once", idle: "When idle", interaction: "On first use", launcher: "On opening it" };
const LAUNCHER = "Open Intercom Messenger";

/** What a visit is done with and seen by. */
function actions({ page, settled, requests }) {
  const frame = page.frameLocator("#visit iframe");
  const rows = (kind) => page.locator(`.visit-entry[data-kind='${kind}']`);
  return {
    frame,
    rows,
    choose: (load) => page.getByRole("radio", { name: NAMES[load] }).check(),
    ask: async (before) => {
      await page.locator("#setting-consent\\.from").selectOption("google");
      await page.locator("#setting-consent\\.before").selectOption(before);
    },
    async open() {
      await settled();
      await page.click("#visit-open");
      await frame.locator("#help").waitFor();
      await rows("page").waitFor();
    },
    press: (name) => page.locator("#visit").getByRole("button", { name, exact: true }).click(),
    sum: () => page.locator(".visit-sum").innerText(),
    /** What became of the events of the site, as the page says. */
    fates: () => page.locator(".visit-entry[data-kind='event'] em").allInnerTexts(),
    hears: (text) => rows("call").filter({ hasText: text }).first().waitFor(),
    asked: () => requests.filter((request) => request.endsWith("/visit-widget.js")).length,
    view: () => page.locator("#visit iframe").evaluate((found) => found.scrollIntoView({ block: "center" })),
  };
}

/** How each strategy is brought to load the widget; what comes by itself is waited for. */
const TRIGGERS = {
  now: () => {},
  idle: () => {},
  interaction: async ({ frame, view }) => {
    await view();
    await frame.locator("h1").hover();
  },
  launcher: async ({ frame }) => {
    const button = frame.getByRole("button", { name: LAUNCHER });
    await button.focus();
    await button.press("Enter");
  },
};

test("the page in the frame has the drop-in as it is published", () => {
  for (const name of ["umd", "load", "consent"].map((part) => `intercom-destination.${part}.js`)) {
    assert.ok(readFileSync(join(root, "pkg", "www", name)).equals(readFileSync(join(root, "pkg", name))), name);
  }
});

for (const [load, pull] of Object.entries(TRIGGERS)) {
  playgroundTest(`${load}: what is fetched before the trigger and after it`, {}, async (playground) => {
    const visit = actions(playground);
    await visit.choose(load);
    await visit.open();
    await visit.press("Track");
    if (load === "interaction" || load === "launcher") {
      await visit.frame.getByRole("button", { name: LAUNCHER }).waitFor();
      assert.match(
        await visit.sum(),
        /^Nothing was asked of Intercom so far\. .*intercom-destination\.umd\.js.*intercom-destination\.load\.js\.$/,
      );
      assert.deepEqual([visit.asked(), await visit.fates()], [0, ["not heard so far"]]);
    }
    await pull(visit);
    await visit.hears("Event 1");
    assert.match((await visit.fates()).join(), /^heard [\d,]+ ms later$/);
    await until(async () => /^The Messenger’s script was asked for after [\d,]+ ms\./.test(await visit.sum()));
    assert.equal(/intercom-destination\.load\.js/.test(await visit.sum()), load !== "now");
    assert.equal(visit.asked(), 1);
  });
}

playgroundTest("then: a visitor who does nothing gets it after that time", {}, async (playground) => {
  const visit = actions(playground);
  await visit.choose("launcher");
  await playground.page.getByLabel("At the latest after").fill("700");
  await visit.open();
  await visit.hears("Starts the Messenger");
  const [, time] = /after ([\d,]+) ms/.exec(await visit.sum());
  assert.ok(Number(time.replace(",", "")) >= 700, time);
  await playground.page.selectOption("#loader", "segment-npm");
  assert.match(await playground.page.locator("#code").innerText(), /load: \{\s*when: 'launcher',\s*then: 700\s*\}/);
});

for (const before of ["keep", "drop"]) {
  playgroundTest(`consent, ${before}: held, granted and withdrawn`, {}, async (playground) => {
    const visit = actions(playground);
    await visit.ask(before);
    await visit.open();
    await visit.press("Track");
    await visit.rows("fetch").filter({ hasText: "consent.js" }).waitFor();
    assert.deepEqual([visit.asked(), await visit.fates()], [0, ["not heard so far"]]);
    await visit.press("Agree");
    await visit.hears("Starts the Messenger");
    await visit.press("Track");
    await visit.hears("Event 2");
    assert.equal((await visit.fates())[0] === "not heard so far", before === "drop");
    await visit.press("Withdraw");
    await visit.hears("shutdown");
    await visit.press("Track");
    await playground.settled();
    assert.equal((await visit.fates())[2], "not heard so far");
  });
}

playgroundTest("other settings open the page anew, and the events above go without consent", {}, async (playground) => {
  const { send, call, page, settled } = playground;
  const visit = actions(playground);
  await visit.open();
  await visit.press("Track");
  await visit.hears("Event 1");
  await visit.ask("keep");
  await until(async () => (await visit.rows("event").count()) === 0);
  await settled();
  assert.equal(await page.getByRole("button", { name: "Open it anew" }).count(), 1);
  await send("track");
  assert.match(await call(), /^Intercom\("trackEvent", "Order Completed"/);
});

playgroundTest("a time that is none is said where it stands", {}, async (playground) => {
  const visit = actions(playground);
  await visit.choose("launcher");
  await playground.page.getByLabel("At the latest after").fill("soon");
  await playground.settled();
  assert.match(await playground.page.locator(".visit-loads").innerText(), /expected now, idle/);
  playground.errors.length = 0;
});
