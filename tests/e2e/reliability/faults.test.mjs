// Faults inside the engine, and events within events: the instance is made anew, and the next event works.
import assert from "node:assert/strict";
import { siteTest, until } from "../site.mjs";
import { everyEngine } from "./engines.mjs";
import { tally } from "./tally.mjs";

/** Makes the engine's `handle` fail as often as `window.faults` says, as a trap does: by a WebAssembly.RuntimeError where there is one. */
const injectFaults = () => {
  window.faults = 0;
  window.injected = 0;
  window.instances = 0;
  // (module (func (export "f") unreachable))
  const unreachable = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
  const trap = () => {
    faults -= 1;
    injected += 1;
    try {
      return new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(unreachable))).exports.f();
    } catch (error) {
      throw error instanceof window.WebAssembly?.RuntimeError ? error : new Error("abort");
    }
  };
  const wrap = (exports) => {
    instances += 1;
    return { ...exports, handle: (...args) => (faults > 0 ? trap() : exports.handle(...args)) };
  };
  if (window.WebAssembly) {
    const own = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...args) => ({ exports: wrap((await own.apply(WebAssembly, args)).exports) });
  }
  let make;
  window.intercomDestinationParts = Object.defineProperty({}, "fallback", {
    get: () => make && ((imports) => wrap(make(imports))),
    set: (fallback) => (make = fallback),
  });
};

const none = { way: "none", first: injectFaults };
const names = (calls) => calls.filter(([method]) => method === "trackEvent").map(([, name]) => name);

everyEngine("a trap is reported with its code, the engine made anew, and the next event works", none, async (site, engine) => {
  const counts = await site.run(async () => {
    const heard = [];
    const [plugin] = await intercomDestination({ appId: "abc123", onError: (error) => heard.push([error.code, error instanceof Error]) });
    await plugin.load({}, {});
    const track = (event) => plugin.track({ event: { type: "track", event, properties: {} } });
    for (let round = 0; round < 20; round++) {
      track(`Before ${round}`);
      faults = 1;
      track(`Trapped ${round}`);
      track(`At once ${round}`);
      if (round % 2) await new Promise((done) => setTimeout(done, 5));
    }
    while (!window.__calls || __calls.length < 41) await new Promise((done) => setTimeout(done, 10));
    return { heard, injected, instances };
  });
  const calls = names(await site.calls());
  assert.deepEqual(
    counts.heard.every(([code, isError]) => code === "engine_fault" && isError),
    true,
  );
  assert.equal(calls.length, 60 - counts.injected);
  assert.equal(new Set(calls).size, calls.length);
  assert.ok(counts.instances > 10);
  tally(`traps (${engine})`, {
    "events sent": 60,
    "faults injected": counts.injected,
    delivered: calls.length,
    lost: 60 - counts.injected - calls.length,
    instances: counts.instances,
  });
});

everyEngine("a trap at the one destination leaves the events of none behind", { ...none, settings: { appId: "abc123" } }, async (site) => {
  await site.run(async () => {
    const [one] = await intercomDestination({ appId: "abc123", onError() {} });
    const [two] = await intercomDestination({ appId: "abc123", onError() {} });
    for (const plugin of [one, two]) await plugin.load({}, {});
    const track = (plugin, event) => plugin.track({ event: { type: "track", event, properties: {} } });
    faults = 1;
    track(one, "Trapped");
    track(two, "Two");
    track(one, "One");
  });
  while (names(await site.calls()).length < 2) await site.page.waitForTimeout(10);
  assert.deepEqual(names(await site.calls()).sort(), ["One", "Two"]);
});

siteTest("an engine that traps at every event does no harm but to its events", none, async (site) => {
  const codes = await site.run(async () => {
    const codes = [];
    const [plugin] = await intercomDestination({ appId: "abc123", onError: ({ code }) => codes.push(code) });
    await plugin.load({}, {});
    faults = Infinity;
    for (let i = 0; i < 200; i++) {
      plugin.track({ event: { type: "track", event: `Event ${i}`, properties: {} } });
      if (i % 20 === 0) await new Promise((done) => setTimeout(done, 10));
    }
    faults = 0;
    await new Promise((done) => setTimeout(done, 500));
    plugin.track({ event: { type: "track", event: "Last", properties: {} } });
    return codes;
  });
  assert.deepEqual(codes, ["engine_fault"]);
  assert.equal(names(await site.calls()).at(-1), "Last");
});

everyEngine("a getter on an event that tracks another event", { way: "none" }, async (site) => {
  await site.run(async () => {
    const plugins = await intercomDestination({ appId: "abc123" });
    for (const plugin of plugins) await plugin.load({}, {});
    const send = (event) => plugins.forEach((plugin) => plugin[event.type]({ event }));
    let depth = 0;
    const nested = () => ({
      type: "track",
      event: `Level ${depth}`,
      properties: {
        first: 1,
        get second() {
          if (depth < 5) {
            const level = ++depth;
            send(nested());
            send({ type: "identify", userId: `u-${level}`, traits: { name: "Ada", companies: [{ id: 1 }, { id: 2 }] } });
          }
          return 2;
        },
        third: 3,
      },
    });
    send(nested());
    send({ type: "track", event: "Afterwards", properties: { fine: 1 } });
  });
  const calls = await site.calls();
  const tracked = calls.filter(([method]) => method === "trackEvent");
  const metadata = { first: 1, second: 2, third: 3 };
  assert.deepEqual(
    tracked.slice(0, -1).map(([, , payload]) => payload),
    tracked.slice(0, -1).map(() => metadata),
  );
  assert.deepEqual(new Set(names(calls)), new Set([0, 1, 2, 3, 4, 5].map((level) => `Level ${level}`).concat("Afterwards")));
  assert.deepEqual(tracked.at(-1), ["trackEvent", "Afterwards", { fine: 1 }]);
  assert.deepEqual(
    new Set(calls.filter(([method]) => method === "update").map(([, { user_id }]) => user_id)),
    new Set([1, 2, 3, 4, 5].map((level) => `u-${level}`)),
  );
});

everyEngine(
  "a Messenger callback that tracks, through the real loader",
  {
    first: () => (window.__onCall = (method, name) => method === "trackEvent" && name === "First" && void analytics.track("From within")),
  },
  async (site) => {
    await site.run(async () => {
      await analytics.track("First");
      await analytics.track("Second");
    });
    assert.deepEqual(new Set(names(await site.calls())), new Set(["First", "From within", "Second"]));
  },
);

everyEngine("a Messenger call that calls straight back", { way: "none" }, async (site) => {
  await site.run(async () => {
    const [plugin] = await intercomDestination({ appId: "abc123" });
    await plugin.load({}, {});
    window.track = (event) => plugin.track({ event: { type: "track", event, properties: { of: event } } });
    while (!window.__widget) await new Promise((done) => setTimeout(done, 10));
    let left = 50;
    window.__onCall = (method) => method === "trackEvent" && left-- > 0 && track(`Within ${left}`);
    track("Outer");
    track("Afterwards");
  });
  const calls = (await site.calls()).filter(([method]) => method === "trackEvent");
  assert.equal(calls.length, 52);
  assert.deepEqual(
    calls.map(([, name, { of }]) => name === of),
    calls.map(() => true),
  );
});

everyEngine(
  "a Messenger that throws at every call is reported once for each method",
  {
    way: "none",
    widget: { body: "window.Intercom = () => { throw new Error('the Messenger') }; window.__widget = {}; window.__calls = []" },
  },
  async (site) => {
    await site.run(async () => {
      const plugins = await intercomDestination({ appId: "abc123" });
      for (const plugin of plugins) await plugin.load({}, {});
      while (!window.__widget) await new Promise((done) => setTimeout(done, 10));
      for (let i = 0; i < 10; i++) {
        plugins[0].track({ event: { type: "track", event: `Event ${i}`, properties: {} } });
        plugins[1].identify({ event: { type: "identify", userId: `u-${i}` } });
      }
    });
    await until(() => site.warnings().length > 1);
    assert.deepEqual(
      site.warnings().map((text) => /"(\w+)" failed \((\w+)\)$/.exec(text).slice(1)),
      [
        ["trackEvent", "messenger_fault"],
        ["update", "messenger_fault"],
      ],
    );
  },
);
