// Which events a site lets through to us: the loaders' own switches, and a visitor's consent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { seesBodies } from "../network.mjs";
import { openLoader } from "./open.mjs";
import { NAME, rows } from "./vendors.mjs";

const settings = { appId: "abc123" };
const row = (title) => rows.find((row) => row.title === title);

/** Tracks on a page of the row: `[event, the loader's own options]` each; gives the events that Intercom heard of. */
async function heard(site, tracks) {
  await site.run(async (tracks) => {
    await site.ready();
    // The promise of an event that a loader sends to no one may stay open.
    const soon = () => new Promise((done) => setTimeout(done, 500));
    for (const [event, options] of tracks) await Promise.race([site.loader().track(event, {}, options), soon()]);
  }, tracks);
  await site.calls();
  return (await site.calls()).filter(([method]) => method === "trackEvent").map(([, event]) => event);
}

const routed = (title, options, work) =>
  test(title, { timeout: 120000 }, async () => {
    const site = await openLoader(options.row, { settings, ...options });
    let failed;
    try {
      await work(site);
    } catch (error) {
      failed = error;
      throw error;
    } finally {
      await site.close().catch((error) => {
        if (!failed) throw error;
      });
    }
  });

const integrations = (name) => [
  ["Everywhere", {}],
  ["Not to us", { integrations: { [name]: false } }],
  ["To no one", { integrations: { All: false } }],
  ["Only to us", { integrations: { All: false, [name]: true } }],
  ["With options", { integrations: { [name]: { user_hash: "1" } } }],
];

for (const [title, name, answer = ["Everywhere", "Only to us", "With options"]] of [
  ["Segment, remote plugin", NAME],
  ["Segment, npm factory", NAME],
  ["Segment, plugins", NAME],
  ["Segment, register", NAME],
  ["Customer.io, remote plugin", "intercom-web"],
  ["Customer.io, plugins", NAME],
  ["Hightouch, plugins", NAME],
  ["June, plugins", NAME],
  ["RudderStack, addCustomIntegration", "Custom Device Mode"],
  ["analytics.js-core, use", "Intercom"],
]) {
  routed(`${title}: an event's integrations are followed`, { row: row(title) }, async (site) => {
    assert.deepEqual(await heard(site, integrations(name)), answer);
  });
}

routed("analytics, plugins: an event's plugins are followed", { row: row("analytics, plugins") }, async (site) => {
  const events = [
    ["Everywhere", {}],
    ["Not to us", { plugins: { intercom: false } }],
    ["To no one", { plugins: { all: false } }],
    ["Only to us", { plugins: { all: false, intercom: true } }],
  ];
  assert.deepEqual(await heard(site, events), ["Everywhere", "Only to us"]);
});

for (const title of ["Segment, remote plugin", "Segment, npm factory", "Segment, plugins"]) {
  for (const [what, integrations] of [
    ["is switched off", { [NAME]: false }],
    ["is not among those chosen", { All: false, "Segment.io": true }],
  ]) {
    routed(
      `${title}: nothing arrives when the plugin ${what} at load`,
      { row: row(title), more: { options: { integrations } } },
      async (site) => {
        await site.run(async () => {
          await site.ready();
          await site.loader().track("Seen");
          await new Promise((done) => setTimeout(done, 300));
        });
        const said = await site.run(() => window.__calls ?? window.Intercom?.q?.map((args) => [...args]) ?? []);
        assert.deepEqual(
          said.filter(([method]) => method !== "boot"),
          [],
        );
        // A plugin that the site registers itself is loaded by the loader in any case.
        if (title !== "Segment, plugins") assert.deepEqual({ said, asked: site.network.widgetRequests }, { said: [], asked: [] });
      },
    );
  }
}

const addMiddleware = () => {
  site.loader().addDestinationMiddleware("Intercom Web (Actions)", ({ payload, next }) => {
    if (payload.obj.event === "Secret") return next(null);
    payload.obj.properties.added = true;
    next(payload);
  });
};

for (const title of ["Segment, remote plugin", "Segment, npm factory"]) {
  routed(`${title}: destination middleware changes and stops events`, { row: row(title), early: addMiddleware }, async (site) => {
    await site.run(async () => {
      await site.ready();
      await site.loader().track("Seen", { a: 1 });
      await site.loader().track("Secret", { a: 2 });
    });
    assert.deepEqual((await site.calls()).slice(1), [["trackEvent", "Seen", { a: 1, added: true }]]);
  });
}

if (seesBodies)
  routed(
    "Customer.io, plugins: what we are given is delivered to Customer.io unchanged",
    { row: row("Customer.io, plugins") },
    async (site) => {
      await heard(site, [["Seen", {}]]);
      assert.deepEqual(Object.keys(site.received.find(({ body }) => body.event === "Seen").body.properties), []);
    },
  );

routed(
  "Segment, plugins: every call made before the loader has loaded arrives once, in whatever order it replays them",
  {
    row: row("Segment, plugins"),
    early: () => {
      const analytics = site.loader();
      analytics.track("First");
      analytics.identify("u-1", { name: "Ada" });
      analytics.track("Second");
      analytics.group("g-1");
      analytics.page();
      analytics.track("Third");
    },
  },
  async (site) => {
    await heard(site, []);
    await site.page.waitForFunction(() => window.__calls.length >= 7);
    const said = (await site.calls()).map(([method, what]) =>
      method === "trackEvent" ? what : what.company ? "group" : what.name ? "identify" : method === "boot" ? method : "page",
    );
    assert.deepEqual(said.sort(), ["First", "Second", "Third", "boot", "group", "identify", "page"]);
  },
);

/** A site whose CDN settings put us into the category "Support". */
const consent = (() => {
  const { loader, ...rest } = row("Segment, npm factory");
  const withCategory = (settings) => {
    const { cdnSettings } = loader(settings);
    cdnSettings.integrations[NAME] = { consentSettings: { categories: ["Support"] } };
    cdnSettings.consentSettings = { allCategories: ["Support", "Analytics"], hasUnmappedDestinations: true };
    return { cdnSettings };
  };
  return { ...rest, way: "consent", loader: withCategory };
})();

for (const consentModel of ["opt-in", "opt-out"]) {
  const more = (isGranted) => ({ consentModel, categories: { Support: isGranted, Analytics: true } });

  routed(`Segment, ${consentModel} consent: with it, everything arrives`, { row: consent, more: more(true) }, async (site) => {
    assert.deepEqual(await heard(site, [["Seen", {}]]), ["Seen"]);
  });

  routed(`Segment, ${consentModel} consent: without it, nothing arrives`, { row: consent, more: more(false) }, async (site) => {
    await site.run(async () => {
      await site.ready();
      await site.loader().track("Seen");
      await new Promise((done) => setTimeout(done, 300));
    });
    const said = await site.run(() => window.__calls ?? window.Intercom?.q?.map((args) => [...args]) ?? []);
    assert.deepEqual(
      said.filter(([method]) => method !== "boot"),
      [],
    );
    if (consentModel === "opt-in") assert.deepEqual({ said, asked: site.network.widgetRequests }, { said: [], asked: [] });
    assert.equal(site.received.length, 1);
  });
}
