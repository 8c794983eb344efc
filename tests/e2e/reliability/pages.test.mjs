// Whatever page it comes to: Intercom is there already, half there or there twice, and the page is thin, left, or come back to.
import assert from "node:assert/strict";
import { WIDGET } from "../network.mjs";
import { siteTest } from "../site.mjs";
import { everyEngine } from "./engines.mjs";
import { tally } from "./tally.mjs";

const boot = { app_id: "abc123", api_base: "https://api-iam.intercom.io", installation_type: "s" };
const none = { way: "none" };

const runningIntercom = () => {
  window.__widget = {};
  window.__calls = [];
  window.Intercom = (...args) => void __calls.push(args.map((arg) => (typeof arg === "object" ? { ...arg } : arg)));
};
const asBooted = () => {
  Intercom.booted = true;
  window.intercomSettings = { app_id: "abc123", theme_mode: "dark" };
};

everyEngine("an Intercom that runs already is taken over as it is", { first: [runningIntercom, asBooted] }, async (site) => {
  await site.run(() => analytics.track("Seen"));
  assert.deepEqual(await site.calls(), [["reattach_activator"], ["update", { theme_mode: "dark", ...boot }], ["trackEvent", "Seen", {}]]);
  assert.deepEqual(site.network.widgetRequests, []);
});

siteTest(
  "an Intercom that runs, but is not booted with our app id, is booted with it",
  { first: [runningIntercom, () => (window.intercomSettings = { app_id: "other" })] },
  async (site) => {
    await site.run(() => analytics.track("Seen"));
    assert.deepEqual(
      (await site.calls()).map(([method, payload]) => [method, payload?.app_id]),
      [
        ["boot", "abc123"],
        ["reattach_activator", undefined],
        ["update", "abc123"],
        ["trackEvent", undefined],
      ],
    );
    assert.deepEqual(site.network.widgetRequests, []);
  },
);

// Intercom's own snippet, laid out to be read: it inserts its script when the page is complete.
const snippet = () => {
  window.intercomSettings = { app_id: "abc123" };
  const Intercom = function () {
    Intercom.c(arguments);
  };
  Intercom.q = [];
  Intercom.c = (args) => Intercom.q.push(args);
  window.Intercom = Intercom;
  window.insertWidget = () => {
    const script = document.createElement("script");
    script.src = "https://widget.intercom.io/widget/abc123";
    const first = document.getElementsByTagName("script")[0];
    first.parentNode.insertBefore(script, first);
  };
  addEventListener("load", insertWidget);
  Intercom("onShow", "the page's own");
};

everyEngine(
  "Intercom's snippet that has not fetched its script yet is used, and its script not fetched twice",
  { first: snippet, widget: { held: true } },
  async (site) => {
    await site.run(() => analytics.track("Seen"));
    site.release();
    assert.deepEqual(
      (await site.calls()).map(([method]) => method),
      ["onShow", "boot", "trackEvent"],
    );
    assert.deepEqual(site.network.widgetRequests, [`${WIDGET}abc123`]);
  },
);

siteTest(
  "Intercom's snippet whose script never comes is given its script",
  { first: [snippet, () => removeEventListener("load", insertWidget)] },
  async (site) => {
    await site.run(() => analytics.track("Seen"));
    assert.deepEqual(
      (await site.calls()).map(([method]) => method),
      ["onShow", "boot", "trackEvent"],
    );
    assert.deepEqual(site.network.widgetRequests, [`${WIDGET}abc123`]);
  },
);

for (const [title, strip] of [
  ["without a script", () => document.querySelectorAll("script").forEach((script) => script.remove())],
  ["without a head", () => document.head.remove()],
  ["without a body", () => document.body.remove()],
]) {
  siteTest(`a page ${title} gets its widget`, none, async (site) => {
    await site.run(strip);
    await site.run(async () => {
      const [plugin] = await intercomDestination({ appId: "abc123" });
      await plugin.load({}, {});
      plugin.track({ event: { type: "track", event: "Seen", properties: {} } });
    });
    assert.deepEqual(
      (await site.calls()).map(([method]) => method),
      ["boot", "trackEvent"],
    );
  });
}

siteTest("a page that is still loading gets its widget when it is complete", none, async (site) => {
  const html = `<!doctype html><script src="https://cdn.shop.test/intercom-destination.umd.js"></script><script>
    intercomDestination({ appId: "abc123" }).then(async ([plugin]) => {
      await plugin.load({}, {})
      plugin.track({ event: { type: "track", event: "Seen", properties: {} } })
    })</script><img src="https://shop.test/favicon.ico"><script>for (const end = Date.now() + 300; Date.now() < end;);</script>`;
  await site.page.setContent(html);
  assert.deepEqual(
    (await site.calls()).map(([method]) => method),
    ["boot", "trackEvent"],
  );
});

siteTest("our script on the page twice is one widget and one delivery", none, async (site) => {
  await site.page.addScriptTag({ url: "https://cdn.shop.test/intercom-destination.umd.js?again" });
  await site.run(async () => {
    const plugins = await intercomDestination({ appId: "abc123" });
    for (const plugin of plugins) await plugin.load({}, {});
    for (const plugin of plugins) plugin.track({ event: { type: "track", event: "Seen", properties: {} } });
  });
  assert.deepEqual(
    (await site.calls()).map(([method]) => method),
    ["boot", "trackEvent"],
  );
  assert.equal(site.network.widgetRequests.length, 1);
});

const twoCopies = async (ids) => {
  const first = window.intercomDestination;
  await new Promise((done) => {
    const script = document.createElement("script");
    script.src = "https://cdn.shop.test/intercom-destination.umd.js";
    script.onload = done;
    document.head.append(script);
  });
  const heard = [];
  const make = (factory, appId) => factory({ appId, onError: ({ code }) => heard.push(code) });
  const [one] = await make(first, ids[0]);
  await one.load({}, {});
  const second = await make(window.intercomDestination, ids[1]).then(
    async ([two]) => (await two.load({}, {}), two),
    (error) => ({ code: error.code, message: error.message, isError: error instanceof Error }),
  );
  return { second: second.code ? second : "made", heard };
};

everyEngine("a second app id on a page is refused, also across two copies of the script", none, async (site) => {
  const { second, heard } = await site.run(twoCopies, ["abc123", "xyz789"]);
  assert.deepEqual([second.code, second.isError], ["app_id_conflict", true]);
  assert.match(second.message, /"abc123".*"xyz789"/);
  assert.deepEqual(heard, []);
  assert.deepEqual(
    (await site.calls()).map(([method, { app_id }]) => [method, app_id]),
    [["boot", "abc123"]],
  );
});

const held = { ...none, widget: { held: true } };

siteTest("two copies with one app id boot it once, and the last to go shuts it down", held, async (site) => {
  assert.deepEqual(await site.run(twoCopies, ["abc123", "abc123"]), { second: "made", heard: [] });
  site.release();
  assert.deepEqual(
    (await site.calls()).map(([method]) => method),
    ["boot"],
  );
  assert.equal(site.network.widgetRequests.length, 1);
});

siteTest("a second app id that is made before the first is open is refused when it opens", none, async (site) => {
  const heard = await site.run(async () => {
    const heard = [];
    const made = await Promise.all(
      ["abc123", "xyz789"].map((appId) => intercomDestination({ appId, onError: ({ code }) => heard.push(code) })),
    );
    for (const [plugin] of made) await plugin.load({}, {});
    for (const [plugin] of made) plugin.track({ event: { type: "track", event: "Seen", properties: {} } });
    while (!heard.length) await new Promise((done) => setTimeout(done, 10));
    return heard;
  });
  assert.deepEqual(heard, ["app_id_conflict"]);
  assert.deepEqual(
    (await site.calls()).map(([method]) => method),
    ["boot", "trackEvent"],
  );
});

everyEngine("torn down and created again ten times, it works each time and leaves nothing behind", none, async (site, engine) => {
  const counts = await site.run(async () => {
    const until = async (holds) => {
      while (!holds()) await new Promise((done) => setTimeout(done, 10));
    };
    const own = (window.intercomSettings = { theme_mode: "dark" });
    let restored = 0;
    for (let round = 0; round < 10; round++) {
      const plugins = await intercomDestination({ appId: `app${round}` });
      const listeners = new Set();
      const analytics = { on: (name, heard) => listeners.add(heard), off: (name, heard) => listeners.delete(heard) };
      for (const plugin of plugins) await plugin.load({}, analytics);
      await until(() => window.__widget);
      for (const plugin of plugins) plugin.track({ event: { type: "track", event: `Round ${round}`, properties: {} } });
      for (const plugin of plugins) await plugin.unload({}, analytics);
      for (const plugin of plugins) plugin.track({ event: { type: "track", event: "Too late", properties: {} } });
      restored += window.intercomSettings === own && listeners.size === 0;
    }
    return { restored };
  });
  const calls = await site.calls();
  assert.equal(counts.restored, 10);
  assert.deepEqual(
    calls.filter(([method]) => method === "trackEvent").map(([, name]) => name),
    Array.from({ length: 10 }, (_, i) => `Round ${i}`),
  );
  assert.deepEqual(
    calls.filter(([method]) => method === "boot").map(([, { app_id }]) => app_id),
    Array.from({ length: 10 }, (_, i) => `app${i}`),
  );
  assert.equal(calls.filter(([method]) => method === "shutdown").length, 10);
  assert.equal(site.network.widgetRequests.length, 1);
  tally(`created and torn down (${engine})`, { rounds: 10, sent: 10, delivered: 10, "delivered after unload": 0 });
});

siteTest("a loader that lets one action go keeps the others", none, async (site) => {
  await site.run(async () => {
    const [events, people, companies] = await intercomDestination({ appId: "abc123" });
    for (const plugin of [events, people, companies]) await plugin.load({}, {});
    while (!window.__widget) await new Promise((done) => setTimeout(done, 10));
    const track = (event) => events.track({ event: { type: "track", event, properties: {} } });
    track("Before");
    await people.unload();
    track("Between");
    await events.unload();
    await companies.unload();
    track("After");
  });
  assert.deepEqual(
    (await site.calls()).map(([method, name]) => (method === "trackEvent" ? name : method)),
    ["boot", "Before", "Between", "shutdown"],
  );
});

siteTest("each view of a single-page site is an update of its own", { settings: { appId: "abc123" } }, async (site) => {
  await site.run(async () => {
    for (const path of ["/a", "/b", "/b", "/c"]) {
      history.pushState({}, "", path);
      await analytics.page();
    }
  });
  assert.deepEqual(
    (await site.calls()).map(([method]) => method),
    ["boot", "update", "update", "update"],
  );
});

everyEngine(
  "a page that does not let its settings be set hears of it, and loses no event",
  { first: () => Object.defineProperty(window, "intercomSettings", { value: { theme_mode: "dark" } }) },
  async (site) => {
    await site.run(async () => {
      await analytics.track("Seen");
      await analytics.reset();
      await analytics.track("Seen again");
    });
    assert.deepEqual(
      (await site.calls()).map(([method, name]) => (method === "trackEvent" ? name : method)),
      ["boot", "Seen", "shutdown", "boot", "Seen again"],
    );
    assert.match(site.warnings().join(), /Intercom's own "settings" failed \(messenger_fault\)$/);
  },
);
