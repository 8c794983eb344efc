// A long visit: every event arrives, in order, and memory stays where it was. SOAK_EVENTS sets its length.
import assert from "node:assert/strict";
import { siteTest } from "../e2e/site.mjs";
import { tally } from "../e2e/reliability/tally.mjs";

const EVENTS = Number(process.env.SOAK_EVENTS ?? 30_000);
const SETTLED = Math.min(20_000, EVENTS / 2);
const STEP = EVENTS / 20;
const MOST_GROWTH = 1.05;

// It counts, and keeps nothing. It may run more than once on a page.
const widget = {
  body: `(() => {
  window.seen = { trackEvent: 0, update: 0, shutdown: 0, outOfOrder: 0, last: -1 };
  const waiting = window.Intercom.q;
  window.Intercom = (method, first, second) => {
    if (!(method in seen)) return;
    seen[method] += 1;
    const number = method === "trackEvent" ? second.number : first?.number ?? first?.company?.number;
    if (number !== seen.last + 1) seen.outOfOrder += 1;
    seen.last = number;
  };
  waiting.forEach((args) => Intercom(...args));
  window.__widget = {};
  window.__calls = [];
})()`,
};

const number = { "@path": "$.number" };
const subscriptions = [
  {
    partnerAction: "trackEvent",
    name: "Events",
    enabled: true,
    subscribe: 'type = "track"',
    mapping: {
      event_name: { "@path": "$.event" },
      revenue: { "@path": "$.properties.revenue" },
      event_metadata: {
        "@merge": {
          objects: [{ "@path": "$.properties" }, { number, text: { "@template": "{{event}} of {{userId}}" } }],
          direction: "right",
        },
      },
    },
  },
  {
    partnerAction: "identifyUser",
    name: "People",
    enabled: true,
    subscribe: 'type = "identify" or type = "page"',
    mapping: {
      user_id: { "@path": "$.userId" },
      custom_traits: { "@merge": { objects: [{ "@path": "$.traits" }, { number }], direction: "right" } },
      created_at: { "@path": "$.traits.createdAt" },
    },
  },
  {
    partnerAction: "identifyCompany",
    name: "Companies",
    enabled: true,
    subscribe: 'type = "group"',
    mapping: {
      company: { company_id: { "@path": "$.groupId" }, number },
    },
  },
];

siteTest(
  `${EVENTS.toLocaleString("en")} mixed events: none is lost, and the heap is flat`,
  { way: "none", widget, timeout: 1_800_000 },
  async (site) => {
    await site.run(async (subscriptions) => {
      const plugins = await intercomDestination({ appId: "abc123", subscriptions });
      for (const plugin of plugins) await plugin.load({}, {});
      while (!window.__widget) await new Promise((done) => setTimeout(done, 10));
      let sent = 0;
      const event = (number) => {
        const common = {
          number,
          userId: `u-${number % 100}`,
          messageId: `m-${number}`,
          context: { page: { path: `/p/${number % 50}` } },
          integrations: {},
        };
        const traits = { name: `Name ${number}`, plan: "pro", createdAt: new Date(1.7e12 + number), list: [number], nested: { number } };
        switch (number % 8) {
          case 0:
            return { type: "identify", ...common, traits };
          case 1:
            return { type: "page", ...common, traits: {}, properties: {} };
          case 2:
            return { type: "group", ...common, groupId: `c-${number}`, traits };
          case 3:
            return {
              type: "track",
              event: "Order",
              ...common,
              properties: { revenue: number / 100, currency: "EUR", products: [{ number }] },
            };
          case 4:
            return {
              type: "track",
              event: `Event ${number}`,
              ...common,
              properties: {
                number,
                cycle: (() => {
                  const own = {};
                  own.own = own;
                  return own;
                })(),
              },
            };
          case 5:
            return {
              type: "track",
              event: "Broken",
              ...common,
              properties: {
                get broken() {
                  throw new Error("broken");
                },
              },
            };
          case 6:
            return {
              type: "track",
              event: "Wide",
              ...common,
              properties: Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`key_${i}`, `value ${number}`])),
            };
          default:
            return {
              type: "track",
              event: "Odd",
              ...common,
              properties: { not: NaN, big: 1n, call() {}, symbol: Symbol("s"), text: "\ud800" },
            };
        }
      };
      window.goOn = async (count) => {
        for (const end = sent + count; sent < end; sent++) {
          const made = event(sent);
          for (const plugin of plugins) plugin[made.type]({ event: made });
          if (sent % 500 === 0) await new Promise((done) => setTimeout(done));
        }
        return sent;
      };
    }, subscriptions);

    const devtools = await site.page.context().newCDPSession(site.page);
    const heap = async () => {
      for (let i = 0; i < 3; i++) await devtools.send("HeapProfiler.collectGarbage");
      return (await devtools.send("Runtime.getHeapUsage")).usedSize;
    };
    const heaps = [];
    let sent = 0;
    const start = performance.now();
    while (sent < EVENTS) {
      sent = await site.run((count) => goOn(count), STEP);
      if (sent >= SETTLED) heaps.push(await heap());
    }
    const took = performance.now() - start;
    const seen = await site.run(() => seen);
    const delivered = seen.trackEvent + seen.update;
    console.log(`heap (KB): ${heaps.map((size) => Math.round(size / 1024)).join(" ")}`);
    const growth = Math.max(...heaps) / heaps[0];
    tally("soak", {
      sent,
      delivered,
      lost: sent - delivered,
      "out of order": seen.outOfOrder,
      "heap at first (KB)": Math.round(heaps[0] / 1024),
      "heap at most (KB)": Math.round(Math.max(...heaps) / 1024),
      seconds: Math.round(took / 1000),
    });
    assert.deepEqual({ sent, delivered, outOfOrder: seen.outOfOrder }, { sent: EVENTS, delivered: EVENTS, outOfOrder: 0 });
    assert.ok(growth < MOST_GROWTH, `the heap grew by ${((growth - 1) * 100).toFixed(1)} %`);
  },
);

// A stub each time, a widget that comes a moment later, one visitor after the other, and then the destination goes.
siteTest(
  `${EVENTS.toLocaleString("en")} events of many visitors, queued, reset and closed in between: the heap is flat`,
  { way: "none", widget, timeout: 1_800_000 },
  async (site) => {
    await site.run(() => {
      window.totals = { sent: 0, heard: 0, shutdown: 0 };
      window.goOn = async (count) => {
        document.querySelectorAll('script[src*="widget.intercom.io"]').forEach((script) => script.remove());
        window.Intercom = undefined;
        window.seen = undefined;
        const listeners = new Set();
        const loader = {
          on: (_name, heard) => listeners.add(heard),
          off: (_name, heard) => listeners.delete(heard),
          user: () => ({ anonymousId: () => `a-${visitor}` }),
        };
        let visitor = 0;
        const plugins = await intercomDestination({ appId: "abc123" });
        for (const plugin of plugins) await plugin.load({}, loader);
        for (let i = 0; i < count; i++) {
          const common = { anonymousId: `a-${visitor}`, timestamp: new Date(), context: {}, integrations: {} };
          const event =
            i % 4 === 0
              ? { type: "identify", userId: `u-${visitor}`, traits: { name: `Name ${i}`, list: [i] }, ...common }
              : { type: "track", event: `Event ${i}`, properties: { i, nested: { i } }, ...common };
          for (const plugin of plugins) plugin[event.type]({ event });
          if (i % 50 === 49) {
            visitor++;
            listeners.forEach((heard) => heard());
          }
          if (i % 100 === 99) {
            while (!window.seen) await new Promise((done) => setTimeout(done, 5));
            await new Promise((done) => setTimeout(done));
          }
        }
        for (const plugin of plugins) await plugin.unload({}, loader);
        totals.sent += count;
        totals.heard += seen.trackEvent + seen.update;
        totals.shutdown += seen.shutdown;
        return totals.sent;
      };
    });
    const devtools = await site.page.context().newCDPSession(site.page);
    const heaps = [];
    let sent = 0;
    while (sent < EVENTS) {
      sent = await site.run((count) => goOn(count), STEP);
      for (let i = 0; i < 3; i++) await devtools.send("HeapProfiler.collectGarbage");
      // What the browser itself keeps of engines that are made anew settles later than what it keeps of events.
      if (sent >= EVENTS / 2) heaps.push((await devtools.send("Runtime.getHeapUsage")).usedSize);
    }
    const { heard, shutdown } = await site.run(() => totals);
    console.log(`heap (KB): ${heaps.map((size) => Math.round(size / 1024)).join(" ")}`);
    tally("soak with resets", { sent, heard, shutdowns: shutdown, lost: sent - heard });
    assert.equal(heard, sent);
    // One for each visitor: the last one of a round leaves with the destination.
    assert.equal(shutdown, (STEP / 50 + 1) * (EVENTS / STEP) - EVENTS / STEP);
    const growth = Math.max(...heaps) / heaps[0];
    assert.ok(growth < MOST_GROWTH, `the heap grew by ${((growth - 1) * 100).toFixed(1)} %`);
  },
);
