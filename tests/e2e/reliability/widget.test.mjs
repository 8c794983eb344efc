// A widget that is blocked, dead, slow or late: nobody waits for it, it is reported once, and nothing is kept for ever.
import assert from "node:assert/strict";
import { chosen } from "../../../scripts/browser.mjs";
import { otherPlugin, siteTest, until } from "../site.mjs";
import { everyEngine } from "./engines.mjs";
import { tally } from "./tally.mjs";

const TIMEOUT = 400;
const settings = { appId: "abc123", widgetTimeout: TIMEOUT };

const said = async (site, pattern) => {
  while (!site.warnings().some((text) => pattern.test(text))) await site.page.waitForTimeout(20);
};

const dead = {
  "blocked by an extension": [{ abort: true }, /it is blocked, or the app id is wrong/],
  "cut off by the network": [{ abort: "connectionreset" }, /it is blocked, or the app id is wrong/],
  "unknown to Intercom, as its app id is wrong": [{ status: 404, body: "no such app" }, /it is blocked, or the app id is wrong/],
  "an empty file": [{ body: "" }, /its script loaded but did not start/],
  "a script that throws": [{ body: "throw new Error('widget')" }, /its script loaded but did not start/],
  "never answered": [{ held: true }, /it did not load within 400 ms/],
};

for (const [title, [widget, cause]] of Object.entries(dead)) {
  // A script that comes must be there in time, however busy the machine is.
  const patience = widget.held ? TIMEOUT : 5 * TIMEOUT;
  everyEngine(
    `a widget that is ${title} is reported once, and holds up nobody`,
    { settings: { ...settings, widgetTimeout: patience }, widget, others: [otherPlugin] },
    async (site, engine) => {
      const slowest = await site.run(async () => {
        let slowest = 0;
        for (let i = 0; i < 40; i++) {
          const start = performance.now();
          await analytics.track(`Event ${i}`);
          slowest = Math.max(slowest, performance.now() - start);
        }
        return slowest;
      });
      await said(site, /widget_unavailable/);
      const kept = await site.queue();
      const after = await site.run(async () => {
        for (let i = 0; i < 40; i++) await analytics.track(`After ${i}`);
        return analytics.ready().then(() => window.__other.length);
      });
      assert.equal(after, 80);
      assert.deepEqual(kept, []);
      assert.deepEqual(await site.queue(), []);
      assert.equal(site.warnings().length, 1);
      assert.match(site.warnings()[0], cause);
      assert.ok(slowest < 2000, `${slowest} ms for one event`);
      if (title === "a script that throws")
        assert.match(site.errors.splice(0).join(), chosen === "webkit" ? /Script error/ : /Error: widget/);
      tally(`${title} (${engine})`, { sent: 80, "delivered to others": after, "kept for the widget": 0, reports: 1 });
    },
  );
}

siteTest(
  "a widget is unavailable in the browser's own words when it is offline",
  { settings, widget: { abort: "internetdisconnected" }, first: () => Object.defineProperty(navigator, "onLine", { value: false }) },
  async (site) => {
    await said(site, /the browser is offline \(widget_unavailable\)$/);
  },
);

everyEngine(
  "a widget that comes after all is given the visitor again, and every later event",
  { settings, widget: { held: true } },
  async (site) => {
    await site.run(async () => {
      await analytics.identify("u-1", { name: "Ada" });
      await analytics.track("Before");
    });
    await said(site, /widget_unavailable/);
    await site.run(() => analytics.track("Meanwhile"));
    site.release();
    await site.calls();
    await site.run(async () => {
      for (let i = 0; i < 50; i++) await analytics.track(`After ${i}`);
    });
    const calls = await site.calls();
    assert.deepEqual(
      calls.slice(0, 2).map(([method, payload]) => [method, payload.user_id]),
      [
        ["boot", undefined],
        ["update", "u-1"],
      ],
    );
    assert.deepEqual(
      calls.slice(2).map(([, name]) => name),
      Array.from({ length: 50 }, (_, i) => `After ${i}`),
    );
    tally("late widget", { "sent afterwards": 50, delivered: calls.length - 2, lost: 52 - calls.length });
  },
);

everyEngine(
  "a widget that is slow but in time is given everything in order",
  { settings: { appId: "abc123" }, widget: { delay: 600 } },
  async (site, engine) => {
    await site.run(async () => {
      for (let i = 0; i < 300; i++) await analytics.track(`Event ${i}`, { i });
    });
    const calls = await site.calls();
    assert.deepEqual(
      calls.slice(1).map(([, name, { i }]) => [name, i]),
      Array.from({ length: 300 }, (_, i) => [`Event ${i}`, i]),
    );
    assert.deepEqual(site.warnings(), []);
    tally(`slow widget (${engine})`, { sent: 300, delivered: calls.length - 1, lost: 301 - calls.length });
  },
);

siteTest(
  "a widget whose script puts its function in place a moment later is not given up",
  {
    settings: { appId: "abc123", widgetTimeout: 3000 },
    widget: {
      body: `setTimeout(() => {
  const waiting = window.Intercom.q; window.__calls = []; window.__widget = {}; window.Intercom = (...args) => __calls.push(args); waiting.forEach((args) => Intercom(...args)) }, 300)`,
    },
  },
  async (site) => {
    await site.run(() => analytics.track("Seen"));
    assert.deepEqual(
      (await site.calls()).map(([method]) => method),
      ["boot", "trackEvent"],
    );
    await site.page.waitForTimeout(50);
    assert.deepEqual(site.warnings(), []);
  },
);

everyEngine(
  "the queue for a widget on its way is bounded, and says so once",
  { settings: { appId: "abc123" }, widget: { held: true }, way: "none" },
  async (site, engine) => {
    const kept = await site.run(async () => {
      const [plugin] = await intercomDestination({ appId: "abc123" });
      await plugin.load({}, {});
      for (let i = 0; i < 5000; i++) plugin.track({ event: { type: "track", event: `Event ${i}`, properties: {} } });
      return Intercom.q.length - 1;
    });
    assert.equal(kept, 1000);
    await until(() => site.warnings().length > 0);
    assert.deepEqual(
      site.warnings().map((text) => /\((\w+)\)$/.exec(text)[1]),
      ["queue_full"],
    );
    tally(`bounded queue (${engine})`, { sent: 5000, kept, dropped: 5000 - kept, reports: 1 });
  },
);

everyEngine("what comes before the plugin is open is bounded too", { way: "none" }, async (site) => {
  await site.run(async () => {
    const [plugin] = await intercomDestination({ appId: "abc123" });
    for (let i = 0; i < 1500; i++) plugin.track({ event: { type: "track", event: `Event ${i}`, properties: {} } });
    await plugin.load({}, {});
  });
  const calls = await site.calls();
  assert.deepEqual([calls.length, calls.at(-1)[1]], [1001, "Event 999"]);
  assert.equal(site.warnings().length, 1);
  assert.match(site.warnings()[0], /\(queue_full\)$/);
});

siteTest(
  "the page's own calls stay in its queue when ours are let go",
  {
    settings,
    widget: { held: true },
    first: () => {
      window.Intercom = (...args) => Intercom.c(args);
      Intercom.q = [];
      Intercom.c = (args) => Intercom.q.push(args);
      Intercom("onShow", "the page's own");
    },
  },
  async (site) => {
    await site.run(() => analytics.track("Ours"));
    await site.run(() => Intercom("show"));
    await said(site, /widget_unavailable/);
    assert.deepEqual(await site.queue(), [["onShow", "the page's own"], ["show"]]);
  },
);

siteTest("a page whose load event never comes gets its widget all the same", { way: "none" }, async (site) => {
  await site.page.evaluate(() => void 0);
  const state = await site.run(async () => {
    // As it is while the page waits for an image.
    Object.defineProperty(document, "readyState", { value: "interactive" });
    const [plugin] = await intercomDestination({ appId: "abc123", widgetTimeout: 400 });
    await plugin.load({}, {});
    plugin.track({ event: { type: "track", event: "Seen", properties: {} } });
    return document.readyState;
  });
  assert.equal(state, "interactive");
  assert.deepEqual(
    (await site.calls()).map(([method]) => method),
    ["boot", "trackEvent"],
  );
});

siteTest("load and every event method settle in the same turn of the page", { way: "none", widget: { held: true } }, async (site) => {
  const order = await site.run(async () => {
    const plugins = await intercomDestination({ appId: "abc123" });
    const order = [];
    const timer = new Promise((done) => setTimeout(() => (order.push("a timer"), done()), 0));
    const context = { event: { type: "track", event: "Seen", properties: {} } };
    await Promise.all(
      plugins.flatMap((plugin) => [
        plugin.load(context, {}),
        plugin.ready(),
        plugin.track(context),
        plugin.page(context),
        plugin.identify(context),
        plugin.group(context),
        plugin.alias(context),
      ]),
    );
    order.push("the plugins");
    await timer;
    return order;
  });
  assert.deepEqual(order, ["the plugins", "a timer"]);
});
