// One visitor after the other on one page, and how often Intercom is told about either.
import assert from "node:assert/strict";
import { siteTest } from "../site.mjs";
import { everyEngine } from "./engines.mjs";
import { tally } from "./tally.mjs";

const methods = (calls) => calls.map(([method]) => method);

everyEngine("a reset ends the visitor's session and begins the next one's", {}, async (site) => {
  await site.run(async () => {
    await analytics.identify("u-1", { name: "Ada" }, { integrations: { Intercom: { user_hash: "hash-of-ada" } } });
    await analytics.group("c-1", { name: "Initech" });
    await analytics.reset();
    await analytics.identify("u-2", { name: "Bob" });
  });
  const calls = await site.calls();
  assert.deepEqual(methods(calls), ["boot", "update", "update", "shutdown", "boot", "update"]);
  assert.deepEqual(calls[4], calls[0]);
  assert.deepEqual(calls[5], ["update", { user_id: "u-2", name: "Bob" }]);
  assert.doesNotMatch(JSON.stringify(await site.run(() => intercomSettings)), /u-1|Ada|hash|Initech/);
});

everyEngine("a reset before the widget is there reaches it in its place", { widget: { held: true } }, async (site) => {
  await site.run(async () => {
    await analytics.identify("u-1");
    await analytics.reset();
    await analytics.identify("u-2");
  });
  site.release();
  assert.deepEqual(
    (await site.calls()).map(([method, payload]) => payload?.user_id ?? method),
    ["boot", "u-1", "shutdown", "boot", "u-2"],
  );
});

siteTest("the same identify after a reset is another visitor's, not a repeat", {}, async (site) => {
  await site.run(async () => {
    await analytics.identify("u-1");
    await analytics.reset();
    await analytics.identify("u-1");
  });
  assert.deepEqual(methods(await site.calls()), ["boot", "update", "shutdown", "boot", "update"]);
});

siteTest(
  "a reset leaves nothing of the last visitor in settings that the page itself had made",
  {
    first: () =>
      (window.intercomSettings = {
        theme_mode: "dark",
        z_index: 7,
        user_id: "u-1",
        email: "ada@shop.test",
        user_hash: "hash",
        plan: "pro",
      }),
  },
  async (site) => {
    await site.run(() => analytics.reset());
    await site.calls();
    assert.deepEqual(await site.run(() => intercomSettings), {
      theme_mode: "dark",
      z_index: 7,
      app_id: "abc123",
      api_base: "https://api-iam.intercom.io",
      installation_type: "s",
    });
  },
);

siteTest("shutdownOnReset: false leaves Intercom alone", { settings: { appId: "abc123", shutdownOnReset: false } }, async (site) => {
  await site.run(async () => {
    await analytics.identify("u-1");
    await analytics.reset();
  });
  assert.deepEqual(methods(await site.calls()), ["boot", "update"]);
});

siteTest(
  "a reset while the widget is unavailable forgets the visitor for when it comes",
  { settings: { appId: "abc123", widgetTimeout: 200 }, widget: { held: true } },
  async (site) => {
    await site.run(() => analytics.identify("u-1"));
    while (site.warnings().length === 0) await site.page.waitForTimeout(20);
    await site.run(() => analytics.reset());
    site.release();
    await site.calls();
    await site.run(() => analytics.track("Seen"));
    assert.deepEqual(methods(await site.calls()), ["boot", "trackEvent"]);
  },
);

const clock = () => {
  const { now } = Date;
  window.hours = 0;
  Date.now = () => now.call(Date) + window.hours * 3600e3;
};

everyEngine("an update that repeats the last one on the same page within a minute is held back", { first: clock }, async (site, engine) => {
  await site.run(async () => {
    await analytics.identify("u-1", { name: "Ada" });
    for (let i = 0; i < 5; i++) await analytics.identify("u-1", { name: "Ada" });
    history.pushState({}, "", "/elsewhere");
    await analytics.identify("u-1", { name: "Ada" });
    window.hours = 61 / 3600;
    await analytics.identify("u-1", { name: "Ada" });
    await analytics.identify("u-1", { name: "Eve" });
    await analytics.identify("u-1", { name: "Ada" });
  });
  const calls = await site.calls();
  assert.deepEqual(
    calls.slice(1).map(([, { name }]) => name),
    ["Ada", "Ada", "Ada", "Eve", "Ada"],
  );
  tally(`update guard (${engine})`, { sent: 10, delivered: 5, "repeats held back": 5 });
});

siteTest("the guard looks into companies and lists", {}, async (site) => {
  await site.run(async () => {
    const companies = (name) => ({
      companies: [
        { id: "c-1", name },
        { id: "c-2", name: "Two" },
      ],
    });
    await analytics.identify("u-1", companies("One"));
    await analytics.identify("u-1", companies("One"));
    await analytics.identify("u-1", companies("Other"));
  });
  assert.deepEqual(methods(await site.calls()), ["boot", "update", "update"]);
});

siteTest("updateGuard: false sends every update", { settings: { appId: "abc123", updateGuard: false } }, async (site) => {
  await site.run(async () => {
    for (let i = 0; i < 5; i++) await analytics.identify("u-1", { name: "Ada" });
  });
  assert.equal((await site.calls()).length, 6);
});

everyEngine(
  "the quota of updates is told once when it is reached, and nothing is held back for it",
  { first: clock },
  async (site, engine) => {
    await site.run(async () => {
      for (let i = 0; i < 19; i++) await analytics.identify("u-1", { name: `Name ${i}` });
    });
    await site.calls();
    assert.deepEqual(site.warnings(), []);
    await site.run(async () => {
      for (let i = 19; i < 40; i++) await analytics.identify("u-1", { name: `Name ${i}` });
    });
    assert.equal((await site.calls()).length, 41);
    assert.equal(site.warnings().length, 1);
    assert.match(site.warnings()[0], /20 updates per page in 30 minutes.*\(update_quota\)$/);
    tally(`update quota (${engine})`, { sent: 40, delivered: 40, warnings: 1 });
  },
);

siteTest("updates of half an hour ago count no more", { first: clock }, async (site) => {
  await site.run(async () => {
    for (let i = 0; i < 60; i++) {
      window.hours = i / 30;
      await analytics.identify("u-1", { name: `Name ${i}` });
    }
  });
  assert.equal((await site.calls()).length, 61);
  assert.deepEqual(site.warnings(), []);
});
