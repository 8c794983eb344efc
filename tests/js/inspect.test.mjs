// The built inspector: what it tells of settings and events, and where.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createInspector, presets } from "intercom-destination/inspect";

const subscription = (fields) => ({ partnerAction: "trackEvent", enabled: true, subscribe: 'type = "track"', ...fields });
const inspectorOf = (...subscriptions) => createInspector({ appId: "abc123", subscriptions });
const order = { type: "track", event: "Order", properties: { total: 5 } };
const codes = (problems) => problems.map(({ code }) => code);

test("settings without a fault have none", async () => {
  const { check } = await createInspector({ appId: "abc123" });
  assert.deepEqual({ usable: check.usable, problems: check.problems, liquid: check.liquid }, { usable: true, problems: [], liquid: false });
  assert.deepEqual(
    check.subscriptions.map(({ action, works, eventTypes }) => [action, works, eventTypes]),
    [
      ["trackEvent", true, ["track"]],
      ["identifyUser", true, ["page", "identify"]],
      ["identifyCompany", true, ["group"]],
    ],
  );
});

test("a place in a filter counts UTF-16 code units", async () => {
  const { check } = await inspectorOf(subscription({ name: "A", subscribe: 'event = "🎉" and event = "x' }));
  assert.deepEqual(check.problems, [
    {
      severity: "fault",
      code: "filter_unclosed_string",
      sentence: 'subscription "A" filter column 25: expected a closing quote',
      expected: "expected a closing quote",
      found: "",
      path: ["subscriptions", 0, "subscribe"],
      offset: 25,
    },
  ]);
  assert.deepEqual(check.subscriptions[0].problems, check.problems);
});

test("a place in a mapping is a path, also through keys with dots and the root key", async () => {
  const directive = { "@transform": { apply: { a: { "@path": "$.event" } } } };
  const { check } = await inspectorOf(
    subscription({ mapping: { a: 1, "a.b": { c: { "@nothing": 1 } } } }),
    subscription({ mapping: { __segment_internal_directive: directive, "x.y": { "@nothing": 1 } } }),
    subscription({ mapping: { a: [{ b: { "@if": { then: 1 } } }] } }),
    subscription({ partnerAction: "trackEvents" }),
  );
  assert.deepEqual(
    check.problems.map(({ code, path }) => [code, ...path.slice(1)]),
    [
      ["action_unknown", 3, "partnerAction"],
      ["mapping_unknown_directive", 0, "mapping", "a.b", "c", "@nothing"],
      ["mapping_unknown_directive", 1, "mapping", "x.y", "@nothing"],
      ["mapping_missing_condition", 2, "mapping", "a", 0, "b", "@if"],
    ],
  );
  assert.deepEqual(
    check.subscriptions.map(({ works }) => works),
    [false, false, true, false],
  );
});

test("steps tell what each subscription makes of an event, in the plugin's order", async () => {
  const mapping = { event_name: { "@path": "$.event" }, event_metadata: { "@path": "$.properties" } };
  const inspector = await inspectorOf(
    subscription({ partnerAction: "identifyUser", name: "Visitor", mapping: { user_id: { "@path": "$.userId" } } }),
    subscription({ name: "Order", mapping }),
    subscription({ name: "Refund", subscribe: 'event = "Refund"', mapping }),
    subscription({ name: "Off", enabled: false }),
  );
  const { steps, calls, problems } = inspector.inspect({ ...order, userId: "u-1" });
  assert.deepEqual(steps, [
    {
      index: 1,
      name: "Order",
      action: "trackEvent",
      matched: true,
      payload: { event_name: "Order", event_metadata: { total: 5 } },
      call: ["trackEvent", "Order", { total: 5 }],
      problems: [],
    },
    { index: 2, name: "Refund", action: "trackEvent", matched: false, problems: [] },
    {
      index: 0,
      name: "Visitor",
      action: "identifyUser",
      matched: true,
      payload: { user_id: "u-1" },
      call: ["update", { user_id: "u-1" }],
      problems: [],
    },
  ]);
  assert.deepEqual(calls, [steps[0].call, steps[2].call]);
  assert.deepEqual(problems, []);
});

test("values come through as they are", async () => {
  const when = new Date(0);
  const inspector = await inspectorOf(subscription({ mapping: { event_name: "x", event_metadata: { "@path": "$.properties" } } }));
  const properties = { when, big: 2 ** 60, text: "\u{1f389}", no: null, call() {} };
  const [[, , metadata]] = inspector.inspect({ type: "track", properties }).calls;
  assert.deepEqual(metadata, { when, big: 2 ** 60, text: "\u{1f389}", no: null });
});

test("a mapping that fails for an event is told with its place, and makes no call", async () => {
  const inspector = await inspectorOf(subscription({ mapping: { event_name: "x", list: [{ "@case": { operator: "", value: "x" } }] } }));
  const { steps, calls, problems } = inspector.inspect(order);
  assert.equal(steps[0].matched, true);
  assert.ok(!("payload" in steps[0]) && !("call" in steps[0]));
  assert.deepEqual(calls, []);
  assert.deepEqual(problems[0].path, ["subscriptions", 0, "mapping", "list", 0, "@case", "operator"]);
});

test("what Intercom would drop is among the problems, until it knows the visitor", async () => {
  const inspector = await createInspector({ appId: "abc123" });
  const group = { type: "group", groupId: "g-1", traits: { name: "Acme" } };
  assert.deepEqual(codes(inspector.inspect(group).problems), ["group_before_identify"]);
  inspector.inspect({ type: "identify", userId: "u-1", traits: {} });
  assert.deepEqual(codes(inspector.inspect(group).problems), []);
  inspector.reset();
  assert.deepEqual(codes(inspector.inspect(group).problems), ["group_before_identify"]);
});

test("events no plugin is given make no calls", async () => {
  const inspector = await inspectorOf(subscription({ subscribe: 'event != "x"', mapping: { event_name: "x" } }));
  for (const event of [undefined, null, 5, "text"]) assert.deepEqual(codes(inspector.inspect(event).problems), ["event_unreadable"]);
  const { calls, problems } = inspector.inspect({ type: "screen" });
  assert.deepEqual([calls, codes(problems)], [[], ["event_type_unknown"]]);
});

test("settings that keep the plugin from running are still looked through", async () => {
  const { check, inspect } = await createInspector({ appId: " ", subscriptions: [subscription({ subscribe: "event" })] });
  assert.equal(check.usable, false);
  assert.deepEqual(codes(check.problems), ["setting_app_id", "filter_incomplete"]);
  assert.deepEqual(inspect(order), { steps: [], calls: [], problems: [] });
  for (const settings of [undefined, null, 5, "text", []]) {
    assert.deepEqual(codes((await createInspector(settings)).check.problems), ["setting_object"]);
  }
});

test("several inspectors do not disturb each other, whatever the events do", async () => {
  const named = (name) => inspectorOf(subscription({ name, mapping: { event_name: name, event_metadata: { "@path": "$.properties" } } }));
  const [first, second] = [await named("first"), await named("second")];
  const event = {
    type: "track",
    properties: {
      get inner() {
        return second.inspect(order).calls[0][1];
      },
    },
  };
  for (let i = 0; i < 3; i++) {
    assert.deepEqual(first.inspect(event).calls, [["trackEvent", "first", { inner: "second" }]]);
    assert.deepEqual(second.inspect(order).calls, [["trackEvent", "second", { total: 5 }]]);
  }
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error("no");
      },
    },
  );
  assert.deepEqual(first.inspect(hostile).calls, []);
});

test("Liquid is loaded when a mapping needs it", async () => {
  const inspector = await inspectorOf(subscription({ mapping: { event_name: { "@liquid": "{{ event | upcase }}" } } }));
  assert.equal(inspector.check.liquid, true);
  assert.deepEqual(inspector.inspect(order).calls, [["trackEvent", "ORDER", {}]]);
});

test("the presets are subscriptions as a site would write them", async () => {
  const list = await presets();
  assert.deepEqual(
    list.map(({ partnerAction, enabled }) => [partnerAction, enabled]),
    [
      ["trackEvent", true],
      ["identifyUser", true],
      ["identifyCompany", true],
    ],
  );
  const [own, preset] = [await inspectorOf(...list), await createInspector({ appId: "abc123" })];
  assert.deepEqual(own.inspect(order).calls, preset.inspect(order).calls);
  assert.deepEqual(own.check.problems, []);
});
