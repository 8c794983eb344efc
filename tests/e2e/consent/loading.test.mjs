// The setting `consent` beside others, and where it goes wrong: without a clear yes nothing of Intercom's is loaded.
import assert from "node:assert/strict";
import { WRITE_KEY } from "../network.mjs";
import { codes, heard, warned, words } from "../reliability/sessions.mjs";
import { cdnSettings, siteTest, until } from "../site.mjs";
import { consentTest, untouched } from "./page.mjs";

const BUTTON = "button[aria-haspopup=dialog]";

consentTest("the widget is loaded as load says, once it is granted", { source: "google", settings: { load: "launcher" } }, async (site) => {
  await site.track("A");
  await untouched(site);
  await site.decide(true);
  const button = site.page.locator(BUTTON);
  await button.waitFor({ state: "visible" });
  assert.deepEqual(site.network.widgetRequests, []);
  await site.decide(false);
  await until(async () => (await button.count()) === 0);
  await site.decide(true);
  await button.click();
  await site.track("B");
  await site.hears("B");
  // What happened while the launcher stood there was not told before it was withdrawn.
  assert.deepEqual(await site.known(), [{ person: {}, events: ["B"] }]);
});

consentTest(
  "withdrawn before the widget comes, it is told nothing",
  { source: "a function", answer: true, widget: { held: true } },
  async (site) => {
    await site.identify("u-1");
    await site.track("A");
    await until(() => site.network.widgetRequests.length > 0);
    await site.decide(false);
    await site.track("B");
    assert.deepEqual(await site.queue(), []);
    site.release();
    await site.page.waitForTimeout(300);
    assert.deepEqual(await site.calls(), []);
    assert.equal(await site.run(() => window.intercomSettings), undefined);
    await site.decide(true);
    await site.track("C");
    await site.hears("C");
    assert.deepEqual(await site.known(), [{ person: {}, events: ["C"] }]);
  },
);

consentTest(
  "changed within a callback of the Messenger, the session ends after its call",
  { source: "a function", answer: true },
  async (site) => {
    await site.calls();
    await site.run(() => {
      window.__onCall = (method) => method === "trackEvent" && tell(false);
    });
    await site.track("A", "B");
    await until(async () => (await site.calls()).at(-1)[0] === "shutdown");
    assert.deepEqual(
      (await site.calls()).slice(-2).map(([method, name]) => [method, name]),
      [
        ["trackEvent", "A"],
        ["shutdown", undefined],
      ],
    );
  },
);

consentTest("a change of mind within one turn changes nothing", { source: "a function", answer: true }, async (site) => {
  await site.track("A");
  await site.hears("A");
  await site.run(() => {
    tell(false);
    tell(true);
  });
  await site.track("B");
  await site.hears("B");
  assert.deepEqual(await site.known(), [{ person: {}, events: ["A", "B"] }]);
});

for (const [title, source] of Object.entries({
  "a promise": "{ from: () => Promise.resolve(true) }",
  "an async function that tells": "{ from: async (tell) => tell(await Promise.resolve(true)) }",
})) {
  consentTest(`${title} may grant it`, { source }, async (site) => {
    await site.track("A");
    await site.hears("A");
    assert.deepEqual(await site.known(), [{ person: {}, events: ["A"] }]);
  });
}

consentTest("an answer that is neither true nor false is no", { source: "{ from: () => Promise.resolve('yes') }" }, async (site) => {
  await site.track("A");
  await untouched(site);
});

for (const [title, source] of Object.entries({
  "a function that throws": "{ from: () => JSON.parse('{') }",
  "a promise that is rejected": "{ from: () => Promise.reject(new Error('no')) }",
  "another source": "{ from: 'elsewhere', categories: ['Functional'] }",
  "what is no object": "false",
  "no source": "{ categories: ['Functional'] }",
  "no categories": "{ from: 'google' }",
})) {
  consentTest(`${title}: a fault says so, and nothing is loaded`, { source }, async (site) => {
    await site.track("A");
    await warned(site, "consent_failed");
    await untouched(site);
  });
}

consentTest("another value of before drops", { source: "{ from: (tell) => void (window.tell = tell), before: 'wait' }" }, async (site) => {
  await site.track("A");
  await untouched(site);
  await site.decide(true);
  await site.track("B");
  await site.hears("B");
  assert.deepEqual(await site.known(), [{ person: {}, events: ["B"] }]);
});

consentTest(
  "where its file is blocked, a fault says so, and nothing is loaded",
  { source: "google", answer: true, routes: [[/intercom-destination\.consent\.js$/, (route) => route.abort("blockedbyclient")]] },
  async (site) => {
    await site.track("A");
    await warned(site, "consent_unavailable");
    await site.run(() => (window.intercomDestinationParts = { consent: true }));
    await untouched(site);
  },
);

consentTest("a category that events do not name is a warning", { source: "segment", settings: {} }, async (site) => {
  await site.run(() => (window.preferences = { Functionality: true }));
  await site.track("A");
  await warned(site, "consent_category");
  await untouched(site);
});

const google = (...commands) =>
  `(window.dataLayer = []).push(${commands.map((command) => JSON.stringify(["consent", ...command])).join(",")})`;
const regions = { functionality_storage: "denied", region: ["DE"] };
for (const [title, commands, isLoaded] of [
  [
    "all regions granted but one, where the visitor may be",
    [
      ["default", { functionality_storage: "granted" }],
      ["default", regions],
    ],
    false,
  ],
  ["one region granted, where the visitor may not be", [["default", { ...regions, functionality_storage: "granted" }]], false],
  [
    "a choice counts more than any default",
    [
      ["update", { functionality_storage: "granted" }],
      ["default", regions],
    ],
    true,
  ],
  ["another type granted", [["default", { analytics_storage: "granted" }]], false],
]) {
  const options = { source: `(${google(...commands)}, { from: "google", categories: ["functionality_storage"] })` };
  consentTest(`Google: ${title}`, options, async (site) => {
    await site.track("A");
    if (isLoaded) await site.hears("A");
    else await untouched(site);
  });
}

consentTest(
  "Google: a dataLayer whose push was replaced, and that holds what cannot be read, is still heard",
  { source: "google" },
  async (site) => {
    await site.track("A");
    await untouched(site);
    await site.run(() => {
      const { push } = dataLayer;
      dataLayer.push = (...entries) => push.apply(dataLayer, entries.slice());
    });
    await site.run(() => {
      const hostile = Object.defineProperty({}, 0, {
        get: () => {
          throw new Error("hostile");
        },
      });
      dataLayer.push(hostile);
    });
    await site.decide(true);
    await site.hears("A");
  },
);

siteTest("a loader without events is governed, too", { way: "none" }, async (site) => {
  await site.run(() => {
    window.it = intercomDestination.standalone({ appId: "abc123", consent: { from: (tell) => void (window.tell = tell) } });
    it.identify("u-1");
    it.track("A");
  });
  await untouched(site);
  await site.run(() => tell(true));
  assert.deepEqual(
    (await heard(site, 3)).map(([method]) => method),
    ["boot", "update", "trackEvent"],
  );
  // Taken off the page, it hears no more of consent.
  await site.run(() => {
    window.other = intercomDestination.plugin({ appId: "abc123", consent: { from: (tell) => void (window.tellOther = tell) } });
    return other.load({}, {});
  });
  await until(() => site.run(() => !!window.tellOther));
  await site.run(() => other.unload({}, {}));
  const count = (await site.calls()).length;
  await site.run(() => tellOther(true));
  await site.page.waitForTimeout(200);
  assert.equal((await site.calls()).length, count);
});

const withTools = `<!doctype html><html lang="en"><head><title>Shop</title><script src="/bundle/site.js"></script><script>
  window.preferences = { Functional: false, Advertising: true };
  window.analytics = new npm.AnalyticsBrowser();
  npm.createWrapper({
    shouldLoadSegment: (context) => context.load({ consentModel: "opt-out" }),
    getCategories: () => preferences,
    registerOnConsentChanged: (changed) => (window.changed = changed),
  })(analytics);
  const consent = { from: "segment", categories: ["Functional"] };
  analytics.load({ writeKey: "${WRITE_KEY}", cdnSettings: ${JSON.stringify(cdnSettings({}, { isEnabled: false }))},
    plugins: [npm.intercomDestination.plugin({ appId: "abc123", consent })] });
  </script></head><body></body></html>`;

siteTest("Segment's own consent wrapper is what an object given to plugins follows", { way: "npm", html: withTools }, async (site) => {
  const decide = (isGranted) =>
    site.run((Functional) => {
      window.preferences = { Functional, Advertising: true };
      changed(preferences);
    }, isGranted);
  const track = (name) => site.run((name) => analytics.track(name), name);
  const names = async () => words(await site.calls()).filter((name) => name !== "Segment Consent Preference Updated");
  await track("A");
  await untouched(site);
  await decide(true);
  await track("B");
  await until(async () => (await names()).includes("B"));
  await decide(false);
  await until(async () => (await names()).at(-1) === "shutdown");
  await track("C");
  await decide(true);
  await track("D");
  await until(async () => (await names()).includes("D"));
  assert.deepEqual(
    (await names()).filter((name) => !["update", "reattach_activator"].includes(name)),
    ["boot", "B", "shutdown", "boot", "D"],
  );
  assert.deepEqual(codes(site), []);
});
