// Wrong settings: the factory rejects and says which key, and the rest of the site goes on.
import assert from "node:assert/strict";
import { seesBodies } from "./network.mjs";
import { eachWay, otherPlugin, siteTest } from "./site.mjs";

const none = undefined;

// Settings, the error's code, and the key its sentence must begin with. A function makes what JSON cannot carry to the page.
const wrong = {
  "no app id": [{}, "setting_app_id", "appId"],
  "a blank app id": [{ appId: "  " }, "setting_app_id", "appId"],
  "an app id that is no string": [{ appId: 12 }, "setting_app_id", "appId"],
  "an app id of null": [{ appId: null }, "setting_app_id", "appId"],
  "an app id that climbs out of its path": [{ appId: "../x" }, "setting_app_id", "appId"],
  "an app id with a query": [{ appId: "a?b#c" }, "setting_app_id", "appId"],
  "an app id with markup": [{ appId: '"><img>' }, "setting_app_id", "appId"],
  "an app id of a million letters": [{ appId: "a".repeat(1e6) }, "setting_app_id", "appId"],
  "an API without TLS": [{ appId: "a", apiBase: "http://api-iam.intercom.io" }, "setting_api_base", "apiBase"],
  "an API that is no URL": [{ appId: "a", apiBase: "api-iam.eu.intercom.io" }, "setting_api_base", "apiBase"],
  "an API without a host": [{ appId: "a", apiBase: "https://" }, "setting_api_base", "apiBase"],
  "an API that is a script": [{ appId: "a", apiBase: "javascript:alert(1)" }, "setting_api_base", "apiBase"],
  "an API that is no string": [{ appId: "a", apiBase: 1 }, "setting_api_base", "apiBase"],
  "an activator that is no string": [{ appId: "a", activator: true }, "setting_text", "activator"],
  "a nonce that is no string": [{ appId: "a", nonce: {} }, "setting_text", "nonce"],
  "a timeout that is no number": [{ appId: "a", widgetTimeout: "10" }, "setting_millis", "widgetTimeout"],
  "a timeout below 0": [{ appId: "a", widgetTimeout: -1 }, "setting_millis", "widgetTimeout"],
  "a timeout that is not finite": [{ appId: "a", widgetTimeout: Infinity }, "setting_millis", "widgetTimeout"],
  "a switch that is a word": [{ appId: "a", shutdownOnReset: "no" }, "setting_boolean", "shutdownOnReset"],
  "a guard that is a number": [{ appId: "a", updateGuard: 0 }, "setting_boolean", "updateGuard"],
  "a debug that is a number": [{ appId: "a", debug: 1 }, "setting_boolean", "debug"],
  "rich links that are no list": [{ appId: "a", richLinkProperties: "article" }, "setting_list", "richLinkProperties"],
  "a rich link that is no string": [{ appId: "a", richLinkProperties: ["article", 1] }, "setting_text", "richLinkProperties.1"],
  "subscriptions that are no list": [{ appId: "a", subscriptions: {} }, "setting_list", "subscriptions"],
  "a Messenger that is text": [{ appId: "a", messenger: "left" }, "setting_object", "messenger"],
  "an alignment in the middle": [{ appId: "a", messenger: { alignment: "middle" } }, "setting_alignment", "messenger.alignment"],
  "a theme that is no word": [{ appId: "a", messenger: { theme_mode: 1 } }, "setting_theme", "messenger.theme_mode"],
  "a padding that is no number": [{ appId: "a", messenger: { vertical_padding: NaN } }, "setting_number", "messenger.vertical_padding"],
  "settings that are a list": [[], "setting_object", "settings"],
  "settings that are nothing": [none, "setting_object", "settings"],
};

siteTest("the factory rejects wrong settings with a code and a sentence that names the key", { way: "none" }, async (site) => {
  const caught = await site.run(
    (all) =>
      Promise.all(
        all.map((settings) =>
          intercomDestination(settings).then(
            (plugins) => ({ plugins: plugins.length }),
            (error) => ({ isError: error instanceof Error, name: error.name, code: error.code, message: error.message }),
          ),
        ),
      ),
    Object.values(wrong).map(([settings]) => settings),
  );
  Object.entries(wrong).forEach(([title, [, code, key]], i) => {
    const { message, ...rest } = caught[i];
    assert.deepEqual(rest, { isError: true, name: "IntercomDestinationError", code }, title);
    assert.match(message, new RegExp(`^${key.replace(".", "\\.")}: expected .+, found .+`), title);
    assert.ok(message.length < 200, title);
  });
  assert.deepEqual(site.network.widgetRequests, []);
  assert.equal(await site.run(() => typeof window.Intercom), "undefined");
});

const right = {
  "blank optional settings": { appId: "abc_1-2", apiBase: "", activator: "", richLinkProperties: [], subscriptions: null },
  "optional settings that are null": { appId: "a", apiBase: null, activator: null, nonce: null, widgetTimeout: null, updateGuard: null },
  "everything at once": {
    appId: "a",
    apiBase: "https://api-iam.au.intercom.io",
    activator: "#help",
    richLinkProperties: ["a"],
    widgetTimeout: 1,
    shutdownOnReset: false,
    nonce: "n",
    updateGuard: false,
    debug: false,
  },
  "what loaders add": {
    appId: "a",
    versionSettings: {},
    type: "browser",
    bundlingStatus: "x",
    unbundledIntegrations: [],
    maybeBundledConfigIds: {},
    consentSettings: {},
  },
};

siteTest("right settings are taken without a word", { way: "none" }, async (site) => {
  for (const [title, settings] of Object.entries(right)) {
    const made = await site.run(
      (settings) =>
        intercomDestination(settings).then(
          ({ length }) => length,
          (error) => `${error.name}: ${error.message}`,
        ),
      settings,
    );
    assert.equal(made, 3, title);
  }
  assert.deepEqual(site.warnings(), []);
});

siteTest("an unknown setting is ignored with one warning", { way: "none" }, async (site) => {
  const heard = await site.run(async () => {
    const heard = [];
    const onError = (error) => heard.push({ isError: error instanceof Error, code: error.code, message: error.message });
    await intercomDestination({ appId: "a", appid: "b", onError });
    while (!heard.length) await new Promise((done) => setTimeout(done, 10));
    return heard;
  });
  assert.equal(heard.length, 1);
  assert.deepEqual([heard[0].isError, heard[0].code], [true, "setting_unknown"]);
  assert.match(heard[0].message, /^appid: /);
  assert.equal(site.warnings().length, 1);
});

// Drivers show an error among the words of a warning each in their own way.
const keepWarnings = () => {
  window.warned = [];
  const { warn } = console;
  console.warn = (...words) => (window.warned.push(words.join(" ")), warn(...words));
};

const delivered = (site) => site.network.deliveries.map(({ type, event, userId }) => (seesBodies ? [type, event ?? userId] : [type]));

for (const [title, key, settings] of [
  ["without an app id", "appId", { apiBase: "https://api-iam.eu.intercom.io" }],
  ["whose API is not https", "apiBase", { appId: "abc123", apiBase: "http://api-iam.eu.intercom.io" }],
]) {
  eachWay(
    `a site ${title} keeps its other destinations and Segment's own delivery`,
    { settings, others: [otherPlugin], first: keepWarnings },
    async (site) => {
      await site.run(async () => {
        await analytics.track("Seen", { a: 1 });
        await analytics.identify("u-1", { name: "Ada" });
      });
      assert.deepEqual(await site.run(() => window.__other), ["Seen"]);
      assert.deepEqual(
        delivered(site),
        seesBodies
          ? [
              ["track", "Seen"],
              ["identify", "u-1"],
            ]
          : [["track"], ["identify"]],
      );
      assert.equal(await site.run(() => typeof window.Intercom), "undefined");
      assert.deepEqual(site.network.widgetRequests, []);
      const warned = await site.run(() => window.warned);
      assert.ok(
        warned.some((text) => text.includes(`Failed to load Remote Plugin IntercomDestinationError: ${key}: expected`)),
        warned.join("\n"),
      );
    },
  );
}

eachWay("a site with right settings delivers to everyone", { others: [otherPlugin] }, async (site) => {
  await site.run(() => analytics.track("Seen", { a: 1 }));
  assert.deepEqual(await site.run(() => window.__other), ["Seen"]);
  assert.deepEqual(delivered(site), seesBodies ? [["track", "Seen"]] : [["track"]]);
  assert.deepEqual((await site.calls()).slice(1), [["trackEvent", "Seen", { a: 1 }]]);
});
