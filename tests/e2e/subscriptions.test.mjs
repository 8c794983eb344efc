// A site with subscriptions of its own: they replace the presets, each is one action's, and broken ones cost only themselves.
import assert from "node:assert/strict";
import { eachWay, siteTest } from "./site.mjs";

const boot = ["boot", { app_id: "abc123", api_base: "https://api-iam.intercom.io", installation_type: "s" }];
const event = (rest) => ({ partnerAction: "trackEvent", name: "Orders", enabled: true, subscribe: 'type = "track"', mapping: {}, ...rest });

const own = [
  event({
    name: "Orders",
    subscribe: 'type = "track" and event = "Order Completed"',
    mapping: {
      event_name: "Bought",
      revenue: { "@path": "$.properties.total" },
      event_metadata: { plan: { "@path": "$.properties.plan" }, source: "web" },
    },
  }),
  event({
    name: "Pages",
    subscribe: 'type = "page" and name = "Pricing"',
    mapping: { event_name: { "@path": "$.name" }, event_metadata: { url: { "@path": "$.properties.section" } } },
  }),
  event({ name: "Off", enabled: false, mapping: { event_name: "Never" } }),
  {
    partnerAction: "identifyUser",
    name: "People",
    enabled: true,
    subscribe: 'type = "identify"',
    mapping: {
      user_id: { "@path": "$.userId" },
      language_override: "de",
      unsubscribed_from_emails: true,
      custom_traits: { "@path": "$.traits" },
      company: { company_id: "c-1", company_custom_traits: { tier: "gold", nested: { a: 1 } } },
    },
  },
];

eachWay("a site's own subscriptions replace the presets", { settings: { appId: "abc123", subscriptions: own } }, async (site) => {
  await site.run(async () => {
    await analytics.track("Order Completed", { total: 12.5, plan: "pro", other: 1 });
    await analytics.track("Something else", { total: 1 });
    await analytics.page("Docs", "Pricing", { section: "top" });
    await analytics.page("Docs", "Other");
    await analytics.group("c-1", { name: "Initech" });
    await analytics.identify("u-1", { colour: "blue", nested: { a: 1 }, list: [1], age: null });
  });
  assert.deepEqual(await site.calls(), [
    boot,
    ["trackEvent", "Bought", { plan: "pro", source: "web", price: { amount: 1250, currency: "USD" } }],
    ["trackEvent", "Pricing", { url: "top" }],
    [
      "update",
      {
        user_id: "u-1",
        language_override: "de",
        unsubscribed_from_emails: true,
        company: { company_id: "c-1", tier: "gold" },
        colour: "blue",
        age: null,
      },
    ],
  ]);
  assert.deepEqual(site.warnings(), []);
});

const twice = [event({ mapping: { event_name: "First" } }), event({ mapping: { event_name: "Second" } })];

eachWay(
  "two subscriptions of one action both answer an event, in their order",
  { settings: { appId: "abc123", subscriptions: twice } },
  async (site) => {
    await site.run(() => analytics.track("Any"));
    assert.deepEqual((await site.calls()).slice(1), [
      ["trackEvent", "First", {}],
      ["trackEvent", "Second", {}],
    ]);
  },
);

eachWay(
  "an empty list of subscriptions means none, and Intercom is not brought in",
  { settings: { appId: "abc123", subscriptions: [] } },
  async (site) => {
    await site.run(async () => {
      await analytics.track("Any");
      await analytics.page();
    });
    assert.equal(await site.run(() => typeof window.Intercom), "undefined");
    assert.deepEqual(site.network.widgetRequests, []);
  },
);

eachWay("null for the subscriptions means the presets", { settings: { appId: "abc123", subscriptions: null } }, async (site) => {
  await site.run(() => analytics.track("Any"));
  assert.deepEqual(await site.calls(), [boot, ["trackEvent", "Any", {}]]);
});

const broken = [
  event({ name: "Bad filter", subscribe: 'type = "track" and (', mapping: { event_name: "Bad filter" } }),
  event({ name: "Bad mapping", mapping: { event_name: { "@nonsense": "x" } } }),
  event({ name: "Unknown action", partnerAction: "launchRocket" }),
  event({ name: "Good", mapping: { event_name: { "@path": "$.event" } } }),
];

eachWay(
  "broken subscriptions are reported by name and place, and the good one goes on",
  { settings: { appId: "abc123", subscriptions: broken } },
  async (site) => {
    await site.run(() => analytics.track("Any"));
    assert.deepEqual(await site.calls(), [boot, ["trackEvent", "Any", {}]]);
    const warnings = site.warnings();
    assert.equal(warnings.length, 3);
    assert.match(
      warnings.find((text) => text.includes("Bad filter")),
      /subscription "Bad filter" filter column \d+: .*\(filter_\w+\)$/,
    );
    assert.match(
      warnings.find((text) => text.includes("Bad mapping")),
      /subscription "Bad mapping" mapping event_name\S*: .*\(mapping_unknown_directive\)$/,
    );
    assert.match(
      warnings.find((text) => text.includes("subscriptions.2")),
      /subscriptions\.2\.partnerAction: .*\(action_unknown\)$/,
    );
  },
);

siteTest("the factory gives one plugin for each action that is enabled", { way: "none" }, async (site) => {
  const made = (subscriptions) =>
    site.run(
      async (settings) => {
        const plugins = await intercomDestination(settings);
        return plugins.map(({ name, type, version, ...rest }) => ({ name, type, version, methods: Object.keys(rest).sort().join(" ") }));
      },
      { appId: "abc123", subscriptions },
    );
  const version = await site.run(async () => (await intercomDestination({ appId: "a" }))[0].version);
  assert.match(version, /^\d+\.\d+\.\d+$/);
  const plugin = (action) => ({
    name: `Intercom Web (Actions) ${action}`,
    type: "destination",
    version,
    methods: "alias alternativeNames group identify isLoaded load page ready track unload",
  });
  assert.deepEqual(await made(undefined), ["trackEvent", "identifyUser", "identifyCompany"].map(plugin));
  assert.deepEqual(await made(own), ["trackEvent", "identifyUser"].map(plugin));
  assert.deepEqual(await made([event({ enabled: false })]), []);
  assert.deepEqual(await made([]), []);
});

// Registered by hand there is no wrapper, and no copy of the event, between the loader and our plugins.
siteTest("plugins that a page registers itself get every event, and leave it as it was", { way: "npm", isEnabled: false }, async (site) => {
  const seen = await site.run(async () => {
    const seen = [];
    await analytics.register(...(await npm.intercomDestination({ appId: "abc123", richLinkProperties: ["link"] })));
    await analytics.register({
      name: "Witness",
      type: "after",
      version: "1",
      isLoaded: () => true,
      load: async () => {},
      track: (ctx) => (seen.push(structuredClone(ctx.event.properties)), ctx),
    });
    await analytics.track("Paid", { revenue: 5, currency: "EUR", nested: { a: [1] }, link: { url: "u", value: "v" } });
    await analytics.identify("u-1", { company: { id: "c-1", createdAt: "2020-01-02" } });
    return seen;
  });
  assert.deepEqual(seen, [{ revenue: 5, currency: "EUR", nested: { a: [1] }, link: { url: "u", value: "v" } }]);
  assert.deepEqual(await site.calls(), [
    boot,
    ["trackEvent", "Paid", { link: { url: "u", value: "v" }, price: { amount: 500, currency: "EUR" } }],
    ["update", { user_id: "u-1", company: { company_id: "c-1", created_at: 1577923200 } }],
  ]);
});

const command = (partnerAction, event, mapping) => ({
  partnerAction,
  name: event,
  enabled: true,
  subscribe: `type = "track" and event = "${event}"`,
  mapping,
});
const commands = [
  command("startTour", "Signed Up", { id: { "@path": "$.properties.tour" } }),
  command("showMessenger", "Help Wanted", { space: "help" }),
  command("hideMessenger", "Checkout Started", {}),
  command("showArticle", "Stuck", {}),
];

eachWay("events open and close the Messenger", { settings: { appId: "abc123", subscriptions: commands } }, async (site) => {
  await site.run(async () => {
    await analytics.track("Signed Up", { tour: 42 });
    await analytics.track("Signed Up", { tour: "" });
    await analytics.track("Help Wanted");
    await analytics.track("Checkout Started");
    await analytics.track("Stuck");
  });
  assert.deepEqual(await site.calls(), [boot, ["startTour", 42], ["showSpace", "help"], ["hide"]]);
  assert.deepEqual(site.warnings(), [
    '[intercom-destination] subscription "Stuck" mapping id: the action needs this field, found nothing (field_missing)',
    '[intercom-destination] subscription "Signed Up" payload id: the action needs this field, found a string (field_missing)',
  ]);
});

siteTest("settings and mappings handed in are never changed", { way: "none" }, async (site) => {
  const changed = await site.run(
    async (settings) => {
      const freeze = (value) => {
        if (Object(value) === value) Object.values(Object.freeze(value)).forEach(freeze);
        return value;
      };
      const before = JSON.stringify(settings);
      const plugins = await intercomDestination(freeze(settings));
      await plugins[0].load({}, { on() {} });
      const context = { event: freeze({ type: "track", event: "Order Completed", properties: { total: 2, plan: "pro" } }) };
      const returned = plugins[0].track(context);
      return { settings: JSON.stringify(settings) !== before, context: (await returned) !== context };
    },
    { appId: "abc123", subscriptions: own },
  );
  assert.deepEqual(changed, { settings: false, context: false });
  assert.deepEqual((await site.calls())[1], [
    "trackEvent",
    "Bought",
    { plan: "pro", source: "web", price: { amount: 200, currency: "USD" } },
  ]);
});
