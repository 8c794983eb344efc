// How the widget comes onto the page, and that nothing said before it is there is lost.
import assert from "node:assert/strict";
import { WIDGET } from "./network.mjs";
import { eachWay, siteTest } from "./site.mjs";

const US = "https://api-iam.intercom.io";
const boot = (api_base) => ({ app_id: "abc123", api_base, installation_type: "s" });
const scripts = () => [...document.scripts].filter(({ src }) => src.includes("intercom.io")).map(({ src, async }) => ({ src, async }));

for (const [region, apiBase, expected] of [
  ["the United States, unless told otherwise,", undefined, US],
  ["the European Union", "https://api-iam.eu.intercom.io", "https://api-iam.eu.intercom.io"],
  ["Australia", "https://api-iam.au.intercom.io/", "https://api-iam.au.intercom.io"],
]) {
  eachWay(`Intercom is booted once, with the API of ${region} in both places`, { settings: { appId: "abc123", apiBase } }, async (site) => {
    assert.deepEqual(await site.calls(), [["boot", boot(expected)]]);
    assert.deepEqual(await site.run(() => ({ ...window.__widget, now: window.intercomSettings })), {
      runs: 1,
      queued: 1,
      settings: boot(expected),
      now: boot(expected),
    });
  });
}

eachWay("the widget's script is inserted once, before the first one", {}, async (site) => {
  await site.run(() => analytics.track("Seen"));
  await site.calls();
  assert.deepEqual(await site.run(scripts), [{ src: `${WIDGET}abc123`, async: true }]);
  assert.equal(await site.run(() => document.scripts[0].src), `${WIDGET}abc123`);
  assert.deepEqual(site.network.widgetRequests, [`${WIDGET}abc123`]);
});

eachWay(
  "the page's own Intercom settings are kept beside ours",
  { first: () => (window.intercomSettings = { theme_mode: "dark", app_id: "old" }) },
  async (site) => {
    await site.calls();
    assert.deepEqual(await site.run(() => window.__widget.settings), { ...boot(US), theme_mode: "dark" });
  },
);

eachWay(
  "a custom activator is told when Intercom boots and with every update",
  { settings: { appId: "abc123", activator: ".help > a" } },
  async (site) => {
    await site.run(() => analytics.page());
    assert.deepEqual(await site.calls(), [
      ["boot", { ...boot(US), custom_launcher_selector: ".help > a" }],
      ["update", { widget: { activator: ".help > a" } }],
    ]);
  },
);

eachWay("the default activator is not told", { settings: { appId: "abc123", activator: "#IntercomDefaultWidget" } }, async (site) => {
  await site.run(() => analytics.page());
  assert.deepEqual(await site.calls(), [
    ["boot", boot(US)],
    ["update", {}],
  ]);
});

eachWay("calls made before the widget arrives reach it in order", { widget: { held: true } }, async (site) => {
  const expected = [["boot", boot(US)]];
  await site.run(async () => {
    for (let i = 0; i < 20; i++) {
      await analytics.track(`Event ${i}`, { i });
      if (i === 9) await analytics.identify("u-1", { name: "Ada" });
    }
  });
  for (let i = 0; i < 20; i++) {
    expected.push(["trackEvent", `Event ${i}`, { i }]);
    if (i === 9) expected.push(["update", { user_id: "u-1", name: "Ada" }]);
  }
  assert.deepEqual(await site.queue(), expected);
  site.release();
  assert.deepEqual(await site.calls(), expected);
  await site.run(() => analytics.track("Afterwards"));
  assert.deepEqual(await site.calls(), [...expected, ["trackEvent", "Afterwards", {}]]);
});

const trackAtOnce = () => {
  for (let i = 0; i < 50; i++) analytics.track(`Event ${i}`, { i });
};

eachWay("calls made before the loader has loaded are not lost", { early: trackAtOnce }, async (site) => {
  // The loader says that it is ready before it has gone through all that waited.
  while ((await site.calls()).length < 51) await site.page.waitForTimeout(20);
  await site.run(() => analytics.track("Afterwards"));
  assert.deepEqual(await site.calls(), [
    ["boot", boot(US)],
    ...Array.from({ length: 50 }, (_, i) => ["trackEvent", `Event ${i}`, { i }]),
    ["trackEvent", "Afterwards", {}],
  ]);
});

eachWay("what is sent in one turn of the page arrives in that order", {}, async (site) => {
  await site.run(() => Promise.all(Array.from({ length: 100 }, (_, i) => analytics.track(`Event ${i}`))));
  assert.deepEqual(
    (await site.calls()).slice(1).map(([, name]) => name),
    Array.from({ length: 100 }, (_, i) => `Event ${i}`),
  );
});

eachWay("events are promised at once while the widget is still on its way", { widget: { held: true } }, async (site) => {
  const settled = await site.run(async () => {
    const context = await analytics.track("Seen", { a: 1 });
    return { event: context.event.event, failed: context.failedDelivery() ?? null };
  });
  assert.deepEqual(settled, { event: "Seen", failed: null });
  assert.deepEqual(await site.queue(), [
    ["boot", boot(US)],
    ["trackEvent", "Seen", { a: 1 }],
  ]);
});

const countTurns = () => {
  window.turns = 0;
  const turn = (done) => setTimeout(() => done(void window.turns++));
  Object.defineProperty(window, "scheduler", { value: { yield: () => new Promise(turn) } });
};

siteTest(
  "the page has its turn between the steps of loading, and before the loader gets the plugins",
  { way: "none", first: countTurns },
  async (site) => {
    const load = async () => {
      await intercomDestination({ appId: "abc123" });
      return window.turns;
    };
    assert.equal(await site.run(load), 3);
    assert.equal(await site.run(load), 4, "the engine is there");
  },
);

siteTest(
  "the drop-in script alone asks for nothing and changes nothing but its own name",
  { way: "none", first: () => (window.before = Object.keys(window)) },
  async (site) => {
    const added = await site.run(() =>
      Object.keys(window).filter((key) => !window.before.includes(key) && key !== "before" && !key.startsWith("__pw_")),
    );
    assert.deepEqual(added, ["intercomDestination"]);
    assert.equal(await site.run(() => intercomDestination.pluginName), "Intercom Web (Actions)");
    assert.deepEqual(site.network.widgetRequests, []);
  },
);
