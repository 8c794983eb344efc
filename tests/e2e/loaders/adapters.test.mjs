// What the adapters promise their loaders, with the loaders' worst behaviour put on by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { siteTest, until } from "../site.mjs";

const boot = ["boot", { app_id: "abc123", api_base: "https://api-iam.intercom.io", installation_type: "s" }];

test("on a server every way in can be imported and called, and does nothing", async () => {
  const before = Object.keys(globalThis);
  const settings = { appId: "abc123", onError: ({ code }) => assert.fail(code) };
  const event = { type: "track", event: "Seen" };
  const names = ["plugin", "rudderstack", "getanalytics", "classic", "standalone"];
  const [plugin, rudderstack, getanalytics, classic, standalone] = await Promise.all(
    names.map(async (name) => (await import(`intercom-destination/${name}`)).default),
  );
  const segment = plugin(settings);
  const context = { event };
  await segment.load({}, { on: () => assert.fail("it listens") });
  assert.equal(segment.track(context), context);
  const rudder = rudderstack(settings);
  rudder.init();
  rudder.track({}, {}, { message: { ...event, context: {} } });
  const analytics = getanalytics(settings);
  analytics.initialize({});
  analytics.track({ payload: event });
  const integration = new (classic(settings))();
  integration.initialize();
  integration.invoke("track", { json: () => event });
  const intercom = standalone(settings);
  intercom.track("Seen");
  intercom.page();
  intercom.reset();
  assert.equal(await intercom.ready, false);
  assert.deepEqual(Object.keys(globalThis), before);
});

/** Each adapter's object, and its calls in one shape: `(event) => whatever the adapter answers`. */
const doors = () => {
  window.doors = {
    plugin: (settings) => {
      const it = intercomDestination.plugin(settings);
      return { it, open: (loader) => it.load({}, loader), send: (event) => it[event.type]({ event }) };
    },
    rudderstack: (settings) => {
      const it = intercomDestination.rudderstack(settings);
      const message = ({ traits, ...event }) => ({ ...event, context: { traits } });
      return { it, open: () => it.init(), send: (event) => it[event.type]({}, {}, { message: message(event) }), reset: it.reset };
    },
    getanalytics: (settings) => {
      const it = intercomDestination.getanalytics(settings);
      return { it, open: () => it.initialize({}), send: (event) => it[event.type]({ payload: event }), reset: it.reset };
    },
    classic: (settings) => {
      const it = new (intercomDestination.classic())(settings);
      return { it, open: () => it.initialize(), send: (event) => it.invoke(event.type, { json: () => event }), reset: it.reset };
    },
  };
};

const alone = (title, work, options = {}) =>
  siteTest(title, { way: "none", ...options }, async (site) => {
    await site.run(doors);
    await work(site);
  });

alone("the drop-in has every way in", async (site) => {
  assert.deepEqual(await site.run(() => Object.keys(intercomDestination).sort()), [
    "classic",
    "getanalytics",
    "plugin",
    "pluginName",
    "rudderstack",
    "standalone",
    "whenReady",
  ]);
});

alone("the plugin is one plain object with functions of its own", async (site) => {
  const shape = await site.run(() => {
    const { it } = doors.plugin({ appId: "abc123" });
    const types = Object.fromEntries(
      Object.keys(it)
        .sort()
        .map((key) => [key, typeof it[key]]),
    );
    return { types, isPlain: Object.getPrototypeOf(it) === Object.prototype, name: it.name, type: it.type, isLoaded: it.isLoaded() };
  });
  const functions = ["alias", "group", "identify", "isLoaded", "load", "page", "ready", "track", "unload"];
  assert.deepEqual(shape, {
    types: { ...Object.fromEntries(functions.map((name) => [name, "function"])), name: "string", type: "string", version: "string" },
    isPlain: true,
    name: "Intercom Web (Actions)",
    type: "destination",
    isLoaded: false,
  });
});

alone("RudderStack's object survives its property-by-property copy", async (site) => {
  const calls = await site.run(async () => {
    const { it } = doors.rudderstack({ appId: "abc123" });
    const copy = Object.fromEntries(Object.entries(it));
    const { init, isReady, track } = copy;
    init();
    track({}, {}, { message: { type: "track", event: "Seen", properties: null, userId: "", context: {} } });
    return isReady();
  });
  assert.equal(calls, true);
  assert.deepEqual(await site.calls(), [boot, ["trackEvent", "Seen", {}]]);
});

for (const door of ["plugin", "rudderstack", "getanalytics", "classic"]) {
  alone(`${door}: nothing is asked for and nothing changes before it is loaded`, async (site) => {
    const changed = await site.run(async (door) => {
      const before = Object.keys(window);
      doors[door]({ appId: "abc123" });
      await new Promise((done) => setTimeout(done, 300));
      return Object.keys(window).filter((key) => !before.includes(key));
    }, door);
    assert.deepEqual(changed, []);
    assert.deepEqual(site.network.widgetRequests, []);
  });

  alone(`${door}: every answer is there at once, whatever it is given`, async (site) => {
    const seen = await site.run(async (door) => {
      const { it, open, send } = doors[door]({ appId: "abc123" });
      const thrown = [];
      let answers = 0;
      let pending = 0;
      const call = async (work) => {
        try {
          const answer = work();
          answers++;
          const isLate = Symbol();
          // A turn of the event loop is more than an answer may take.
          if (!(answer instanceof Promise)) return;
          if ((await Promise.race([answer, new Promise((done) => setTimeout(done, 50, isLate))])) === isLate) pending++;
        } catch (error) {
          thrown.push(String(error));
        }
      };
      const trap = {
        get type() {
          throw new Error("trap");
        },
        get message() {
          throw new Error("trap");
        },
        get payload() {
          throw new Error("trap");
        },
        get event() {
          throw new Error("trap");
        },
      };
      const junk = [
        undefined,
        null,
        0,
        "",
        Symbol("s"),
        [],
        {},
        trap,
        { event: trap },
        { message: trap },
        { payload: trap },
        { payload: null },
        new Proxy(
          {},
          {
            get() {
              throw 1;
            },
            ownKeys() {
              throw 2;
            },
          },
        ),
      ];
      await call(() => open());
      const methods = Object.keys(it).filter((key) => typeof it[key] === "function" && !["unload", "on", "once"].includes(key));
      for (const method of methods) {
        for (const value of junk) await call(() => it[method](value, value, value));
      }
      await call(() => send({ type: "track", event: "Afterwards", properties: {} }));
      // Each method with each value, and the two calls around them.
      return { thrown, pending, answers, methods: methods.length, calls: methods.length * junk.length + 2 };
    }, door);
    assert.ok(seen.methods >= 3, `only ${seen.methods} methods`);
    assert.deepEqual([seen.thrown, seen.pending, seen.answers], [[], 0, seen.calls]);
    assert.deepEqual((await site.calls()).at(-1), ["trackEvent", "Afterwards", {}]);
  });

  alone(`${door}: a payload is read as it was when it was handed over, and never changed`, async (site) => {
    const unchanged = await site.run(async (door) => {
      const { open, send } = doors[door]({ appId: "abc123" });
      const freeze = (value) =>
        Object(value) === value && !(value instanceof Date) ? (Object.values(value).forEach(freeze), Object.freeze(value)) : value;
      const event = { type: "track", event: "Seen", properties: { a: 1, nested: { b: 2 } }, userId: "" };
      const before = JSON.stringify(event);
      open();
      send(event);
      const isSame = JSON.stringify(event) === before;
      event.properties.a = "changed by another plugin";
      send(
        freeze({
          type: "identify",
          userId: "u-1",
          traits: { name: "Ada", company: { id: "c-1" } },
          context: { traits: { name: "Ada", company: { id: "c-1" } } },
        }),
      );
      return isSame;
    }, door);
    assert.equal(unchanged, true);
    const calls = await site.calls();
    assert.deepEqual(calls[1], ["trackEvent", "Seen", { a: 1 }]);
    assert.deepEqual(calls[2], ["update", { user_id: "u-1", name: "Ada", company: { company_id: "c-1" } }]);
  });

  alone(`${door}: wrong settings are reported once, and never thrown`, async (site) => {
    const heard = await site.run(async (door) => {
      const codes = [];
      const { open, send } = doors[door]({ appId: 5, onError: ({ code }) => codes.push(code) });
      for (let i = 0; i < 5; i++) {
        await open();
        send({ type: "track", event: "Seen", properties: {} });
      }
      // The sentence comes from a file that the first fault fetches.
      for (let i = 0; i < 100 && codes.length === 0; i++) await new Promise((done) => setTimeout(done, 50));
      await new Promise((done) => setTimeout(done, 300));
      send({ type: "track", event: "Seen", properties: {} });
      return codes;
    }, door);
    assert.deepEqual(heard, ["setting_app_id"]);
    assert.equal(site.warnings().length, 1);
    assert.deepEqual(site.network.widgetRequests, []);
  });
}

for (const settings of [undefined, null, {}, 5, []]) {
  alone(`settings that are ${JSON.stringify(settings)} are reported, and never thrown`, async (site) => {
    const adapters = await site.run(async (settings) => {
      for (const door of Object.values(doors)) {
        const { open, send } = door(settings);
        await open({ on: () => {} });
        send({ type: "track", event: "Seen", properties: {} });
      }
      if (await intercomDestination.standalone(settings).ready) throw new Error("it says that it is ready");
      return Object.keys(doors).length + 1;
    }, settings);
    await until(() => site.warnings().length >= adapters);
    assert.equal(site.warnings().length, adapters);
    assert.deepEqual(site.network.widgetRequests, []);
  });
}

alone("a reset before the engine runs keeps its place among the events", async (site) => {
  await site.run(() => {
    const { open, send } = doors.plugin({ appId: "abc123" });
    const listeners = [];
    open({ on: (name, listener) => listeners.push([name, listener]) });
    send({ type: "track", event: "Before" });
    listeners.forEach(([name, listener]) => name === "reset" && listener());
    send({ type: "track", event: "After" });
  });
  assert.deepEqual(await site.calls(), [boot, ["trackEvent", "Before", {}], ["shutdown"], boot, ["trackEvent", "After", {}]]);
});

alone("a plugin that is unloaded says goodbye, hears nothing, and can be loaded again", async (site) => {
  await site.run(async () => {
    const { it, open, send } = doors.plugin({ appId: "abc123" });
    await open();
    send({ type: "track", event: "Before" });
    await new Promise((done) => setTimeout(done, 300));
    await it.unload();
    send({ type: "track", event: "Between" });
    await open();
    send({ type: "track", event: "After" });
    await new Promise((done) => setTimeout(done, 300));
  });
  const names = (await site.calls()).map(([method, name]) => (method === "trackEvent" ? name : method));
  assert.deepEqual(
    names.filter((name) => !["reattach_activator", "update"].includes(name)),
    ["boot", "Before", "shutdown", "boot", "After"],
  );
});

for (const door of ["rudderstack", "classic"]) {
  const visit = async ([door, settings, explicit]) => {
    const { it, open, send, reset } = doors[door]({ appId: "abc123", ...settings });
    let id = null;
    // The classic integration is told of the user by its loader.
    it.analytics = { user: () => ({ id: () => id }) };
    const seen = (event, userId) => {
      id = userId || null;
      send({ type: "track", event, userId, properties: {} });
    };
    open();
    seen("Anonymous", "");
    seen("Ada", "u-1");
    seen("Still Ada", "u-1");
    if (explicit) reset();
    seen("Nobody", "");
    seen("Grace", "u-2");
    seen("Lin", "u-3");
  };
  const names = async (site) => (await site.calls()).map(([method, name]) => (method === "trackEvent" ? name : method));
  const expected = ["boot", "Anonymous", "Ada", "Still Ada", "shutdown", "boot", "Nobody", "Grace", "shutdown", "boot", "Lin"];

  alone(`${door}: another visitor's event ends the last one's session, as no reset is told`, async (site) => {
    await site.run(visit, [door]);
    assert.deepEqual(await names(site), expected);
  });

  alone(`${door}: its own reset ends the session at once, and only once`, async (site) => {
    await site.run(visit, [door, {}, true]);
    assert.deepEqual(await names(site), expected);
  });

  alone(`${door}: nothing ends with shutdownOnReset: false`, async (site) => {
    await site.run(visit, [door, { shutdownOnReset: false }, true]);
    assert.deepEqual(
      await names(site),
      expected.filter((name, i) => i === 0 || !["boot", "shutdown"].includes(name)),
    );
  });
}

alone("an alias is not another visitor", async (site) => {
  await site.run(() => {
    const { open, send } = doors.rudderstack({ appId: "abc123" });
    open();
    send({ type: "track", event: "Ada", userId: "u-1" });
    send({ type: "alias", userId: "u-1b", previousId: "u-1" });
    send({ type: "track", event: "Still Ada", userId: "u-1" });
  });
  assert.deepEqual(
    (await site.calls()).map(([method]) => method),
    ["boot", "trackEvent", "trackEvent"],
  );
});

alone("classic: dates are strings again, so that they are not taken for nested objects", async (site) => {
  await site.run(() => {
    const { open, send } = doors.classic({ appId: "abc123" });
    open();
    send({ type: "track", event: "Seen", properties: { at: new Date(Date.UTC(2024, 1, 3)), never: new Date(NaN) } });
    send({ type: "identify", userId: "u-1", traits: { createdAt: new Date(Date.UTC(2024, 0, 2)) } });
  });
  assert.deepEqual(await site.calls(), [
    boot,
    ["trackEvent", "Seen", { at: "2024-02-03T00:00:00.000Z" }],
    ["update", { user_id: "u-1", created_at: 1704153600 }],
  ]);
});

alone("standalone: the last identify's user stays until reset", async (site) => {
  const isReady = await site.run(async () => {
    const intercom = intercomDestination.standalone({ appId: "abc123" });
    intercom.page({ plan: "pro" });
    intercom.identify(7, { name: "Ada" });
    intercom.identify({ phone: "1" });
    intercom.page("Pricing");
    intercom.track("Seen");
    intercom.reset();
    intercom.page();
    return intercom.ready;
  });
  assert.equal(isReady, true);
  assert.deepEqual(await site.calls(), [
    boot,
    ["update", {}],
    ["update", { user_id: "7", name: "Ada" }],
    ["update", { user_id: "7", phone: "1" }],
    ["update", { user_id: "7" }],
    ["trackEvent", "Seen", {}],
    ["shutdown"],
    boot,
    ["update", {}],
  ]);
});
