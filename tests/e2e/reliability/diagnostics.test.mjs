// What a site is told: what each event became, and what Intercom would drop without a word. Never a secret.
import assert from "node:assert/strict";
import { siteTest, until } from "../site.mjs";
import { everyEngine } from "./engines.mjs";
import { codes } from "./sessions.mjs";

const subscription = (name, subscribe, mapping = { event_name: { "@path": "$.event" }, event_metadata: { "@path": "$.properties" } }) => ({
  partnerAction: "trackEvent",
  name,
  enabled: true,
  subscribe,
  mapping,
});
const debug = true;
const lines = (site) =>
  site.console.filter(({ type, text }) => type === "log" && text.startsWith("[intercom-destination]")).map(({ text }) => text.slice(23));

everyEngine(
  "debug says for each event what matched and what was called",
  {
    settings: {
      appId: "abc123",
      debug,
      subscriptions: [
        subscription("Orders", 'event = "Order"'),
        subscription("All", 'type = "track"'),
        subscription("Pages", 'type = "page"', { event_name: "Page" }),
      ],
    },
  },
  async (site) => {
    await site.run(async () => {
      await analytics.track("Order", { total: 5 });
      await analytics.track("Other");
    });
    assert.deepEqual(lines(site), [
      'trackEvent, track: subscription "Orders", subscription "All" matched, called trackEvent("Order", {"total":5}), trackEvent("Order", {"total":5})',
      'trackEvent, track: subscription "All" matched, called trackEvent("Other", {})',
    ]);
    assert.equal((await site.calls()).length, 4);
  },
);

siteTest(
  "debug says so when nothing matched, and why an update was held back",
  {
    settings: {
      appId: "abc123",
      debug,
      subscriptions: [
        subscription("Orders", 'event = "Order"'),
        { ...subscription("People", 'type = "identify"', { user_id: { "@path": "$.userId" } }), partnerAction: "identifyUser" },
      ],
    },
  },
  async (site) => {
    await site.run(async () => {
      await analytics.track("Other");
      await analytics.identify("u-1");
      await analytics.identify("u-1");
    });
    assert.deepEqual(lines(site), [
      "trackEvent, track: no subscription matched, called nothing",
      "trackEvent, identify: no subscription matched, called nothing",
      'identifyUser, identify: subscription "People" matched, called update({"user_id":"u-1"})',
      "trackEvent, identify: no subscription matched, called nothing",
      'identifyUser, identify: subscription "People" matched, called update({"user_id":"u-1"}, "skipped as a repeat")',
    ]);
  },
);

siteTest("without debug nothing is said", {}, async (site) => {
  await site.run(() => analytics.track("Seen"));
  await site.calls();
  assert.deepEqual(lines(site), []);
});

const SECRETS = [
  "6d0f8a2e41b7c95a3e1f0d2c4b6a89786d0f8a2e41b7c95a3e1f0d2c4b6a8978",
  "eyJhbGciOiJI.eyJ1c2VyX2lkIjoi.SflKxwRJSMeKKF2",
  "ada@shop.test",
];

everyEngine(
  "neither a user hash, a token nor an e-mail address is ever written or passed to onError",
  {
    way: "none",
    first: () => (window.heard = []),
  },
  async (site) => {
    await site.run(async ([user_hash, intercom_user_jwt, email]) => {
      const path = (text) => ({ "@path": text });
      const subscriptions = [
        {
          partnerAction: "identifyUser",
          name: "People",
          enabled: true,
          subscribe: 'type = "identify"',
          mapping: {
            user_id: path("$.userId"),
            email: path("$.traits.email"),
            user_hash: path("$.hash"),
            intercom_user_jwt: path("$.jwt"),
            created_at: path("$.hash"),
            company: path("$.hash"),
            custom_traits: { contact: path("$.traits.email"), link: { "@template": "https://shop.test/?e={{traits.email}}" }, token: 5 },
          },
        },
        {
          partnerAction: "trackEvent",
          name: "Events",
          enabled: true,
          subscribe: 'type = "track"',
          mapping: {
            event_name: path("$.event"),
            event_metadata: { verification: path("$.hash"), anything: path("$.jwt") },
            revenue: path("$.jwt"),
          },
        },
      ];
      const plugins = await intercomDestination({
        appId: "abc123",
        debug: true,
        subscriptions,
        onError: (error) => heard.push(`${error.stack}`),
      });
      for (const plugin of plugins) await plugin.load({}, {});
      const event = { hash: user_hash, jwt: intercom_user_jwt, userId: "u-1", traits: { email } };
      for (const plugin of plugins) {
        plugin.identify({ event: { type: "identify", ...event } });
        plugin.track({ event: { type: "track", event: "Seen", ...event } });
        plugin.track({ event: { type: "track", event: email, ...event } });
        plugin.track({ event: email });
      }
    }, SECRETS);
    const calls = JSON.stringify(await site.calls());
    for (const secret of SECRETS) assert.ok(calls.includes(secret), `${secret} reaches Intercom`);
    const written = site.console
      .map(({ text }) => text)
      .concat(await site.run(() => heard))
      .join("\n");
    assert.match(written, /identifyUser, identify: subscription "People" matched/);
    assert.match(written, /revenue_unreadable/);
    for (const secret of SECRETS) assert.equal(written.includes(secret), false, secret);
  },
);

everyEngine("what Intercom would drop without a word is warned about, once", {}, async (site) => {
  await site.run(async () => {
    for (let i = 0; i < 2; i++) {
      await analytics.group("c-1", { name: `Company ${i}` });
      await analytics.track("Wide", Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`key_${i}`, i])));
      await analytics.track("Long", { text: "x".repeat(256), fine: "x".repeat(255) });
    }
  });
  assert.equal((await site.calls()).length, 7);
  await until(() => codes(site).length > 2);
  assert.deepEqual(codes(site), ["group_before_identify", "metadata_many", "value_too_long"]);
  assert.match(site.warnings()[2], /"text"/);
});

siteTest("an identify of only an e-mail address and a user hash is warned about", {}, async (site) => {
  await site.run(async () => {
    await analytics.identify({ email: "ada@shop.test" }, { integrations: { Intercom: { user_hash: "hash" } } });
  });
  await site.calls();
  await until(() => codes(site).length > 0);
  assert.deepEqual(codes(site), ["identify_ignored"]);
});

siteTest("what Intercom takes is not warned about", {}, async (site) => {
  await site.run(async () => {
    await analytics.identify("u-1", { email: "ada@shop.test", name: "Ada" }, { integrations: { Intercom: { user_hash: "hash" } } });
    await analytics.group("c-1", { name: "Initech" });
    await analytics.track("Fine", Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`key_${i}`, i])));
    await analytics.page();
  });
  await site.calls();
  assert.deepEqual(codes(site), []);
});

siteTest("a handler of the page that fails, and a console that fails, cost nothing", { way: "none" }, async (site) => {
  await site.run(async () => {
    console.warn = () => {
      throw new Error("the page's console");
    };
    const plugins = await intercomDestination({
      appId: "abc123",
      onError: () => {
        throw new Error("the page's handler");
      },
    });
    await plugins[0].load({}, {});
    plugins[0].track({ event: 5 });
    plugins[0].track({ event: { type: "track", event: "Seen", properties: {} } });
  });
  assert.deepEqual(
    (await site.calls()).map(([method]) => method),
    ["boot", "trackEvent"],
  );
});

const noSentences = { routes: [[/sentences\.js$/, (route) => route.abort()]] };

siteTest(
  "without the file of sentences a fault is told with its place and code, and events are handled",
  { way: "none", ...noSentences },
  async (site) => {
    const heard = await site.run(async () => {
      const heard = [];
      const onError = ({ name, code, message }) => heard.push([name, code, message]);
      const mapping = { event_name: { "@path": "$.event" } };
      const subscription = { partnerAction: "trackEvent", enabled: true, mapping };
      const subscriptions = [
        { ...subscription, name: "Broken", subscribe: 'event = "A' },
        { ...subscription, name: "Fine", subscribe: 'type = "track"' },
      ];
      const plugins = await intercomDestination({ appId: "abc123", debug: true, subscriptions, onError });
      for (const plugin of plugins) {
        await plugin.load({}, {});
        plugin.track({ event: { type: "track", event: "Seen" } });
      }
      while (heard.length < 2) await new Promise((done) => setTimeout(done, 10));
      return heard;
    });
    assert.deepEqual(heard, [
      ["IntercomDestinationError", "filter_unclosed_string", 'subscription "Broken" filter column 9: see docs/errors.md'],
      ["IntercomDestinationError", "debug_unavailable", "see docs/errors.md"],
    ]);
    assert.deepEqual(
      (await site.calls()).map(([method]) => method),
      ["boot", "trackEvent"],
    );
    assert.equal(lines(site).length, 0);
  },
);

siteTest("without a fault the file of sentences is not fetched", { way: "none" }, async (site) => {
  await site.run(async () => {
    const plugins = await intercomDestination({ appId: "abc123" });
    for (const plugin of plugins) await plugin.load({}, {});
    plugins[0].track({ event: { type: "track", event: "Seen", properties: {} } });
  });
  await site.calls();
  assert.equal(await site.run(() => document.querySelectorAll('script[src*="sentences"]').length), 0);
});

siteTest(
  "a notice whose sentence does not come is its code, and what it is about",
  { way: "none", routes: [["https://cdn.shop.test/intercom-destination.sentences.js", (route) => route.abort()]] },
  async (site) => {
    await site.run(() => {
      window.heard = [];
      const onError = ({ code, message }) => heard.push([code, message]);
      const visitor = intercomDestination.standalone({ appId: "abc123", onError });
      visitor.group("g-1", { name: "Acme" });
      visitor.track("Seen", { plan: "x".repeat(300) });
    });
    await until(() => site.run(() => heard.length > 1));
    assert.deepEqual(await site.run(() => heard), [
      ["group_before_identify", "see docs/errors.md"],
      ["value_too_long", "plan: see docs/errors.md"],
    ]);
  },
);
