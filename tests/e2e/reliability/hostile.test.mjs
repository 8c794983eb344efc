// Hostile events: delivered without what cannot be sent, or skipped with one report; the next event is never harmed.
import assert from "node:assert/strict";
import { defineHostile, greedy } from "./hostile.mjs";
import { everyEngine } from "./engines.mjs";
import { tally } from "./tally.mjs";

// What a widget keeps would be a copy: here it is looked at as it comes.
const lookingWidget = `
  window.seen = { calls: 0, unsendable: [], last: null };
  const waiting = window.Intercom.q;
  window.Intercom = (...args) => {
    seen.calls += 1;
    seen.last = args;
    if (!args.every((arg) => isSendable(arg))) seen.unsendable.push(args[0] + " " + window.current);
  };
  waiting.forEach((args) => Intercom(...args));
  window.__widget = {};
  window.__calls = [];`;

const opened = async (settings) => {
  const plugins = await intercomDestination({ ...settings, onError: ({ code }) => (window.codes ??= []).push(code) });
  for (const plugin of plugins) await plugin.load({}, {});
  window.send = (event) => {
    let type = "track";
    try {
      if (["track", "identify", "page", "group"].includes(event.type)) type = event.type;
    } catch {
      // An event whose type cannot be read is sent by any method.
    }
    plugins.forEach((plugin) => plugin[type]({ event }));
  };
};

for (const [title, settings] of [
  ["the presets", { appId: "abc123" }],
  ["mappings that read everything", greedy],
]) {
  everyEngine(
    `each hostile value, in each place of an event, under ${title}`,
    { way: "none", first: defineHostile, widget: { body: lookingWidget }, timeout: 240_000 },
    async (site, engine) => {
      await site.run(opened, settings);
      await site.calls();
      const result = await site.run(async () => {
        const places = {
          "a property": (value) => ({ type: "track", event: "Hostile", properties: { value, revenue: value, fine: "fine" } }),
          "all properties": (value) => ({ type: "track", event: "Hostile", properties: value }),
          "the event's name": (value) => ({ type: "track", event: value, properties: {} }),
          "a trait": (value) => ({
            type: "identify",
            userId: "u-1",
            traits: { value, name: value, company: value, companies: value, createdAt: value },
          }),
          "all traits": (value) => ({ type: "identify", userId: value, traits: value, context: value, integrations: value }),
          "a company's trait": (value) => ({ type: "group", groupId: "c-1", traits: { value, name: value } }),
          "the event": (value) => value,
        };
        const before = prototypes();
        const bad = { changed: [], lostNext: [], thrown: [], slow: [] };
        let tried = 0;
        for (const [what, make] of Object.entries(hostile)) {
          for (const [where, place] of Object.entries(places)) {
            window.current = `${what} as ${where}`;
            const value = make();
            const event = place(value);
            const print = fingerprint(event);
            const start = performance.now();
            try {
              send(event);
            } catch (error) {
              bad.thrown.push(`${current}: ${error}`);
            }
            if (performance.now() - start > 3000) bad.slow.push(`${current}: ${performance.now() - start} ms`);
            if (fingerprint(event) !== print) bad.changed.push(current);
            const next = `Next ${tried++}`;
            send({ type: "track", event: next, properties: {} });
            if (seen.last[1] !== next) bad.lostNext.push(current);
            if (tried % 50 === 0) await new Promise((done) => setTimeout(done));
          }
        }
        return {
          tried,
          ...bad,
          calls: seen.calls,
          unsendable: [...new Set(seen.unsendable)],
          polluted: prototypes() !== before || "polluted" in window,
          codes: window.codes ?? [],
        };
      });
      const { tried, calls, codes, ...bad } = result;
      assert.deepEqual(bad, { changed: [], lostNext: [], thrown: [], slow: [], unsendable: [], polluted: false });
      assert.equal(codes.includes("engine_fault"), false);
      assert.equal(codes.includes("messenger_fault"), false);
      assert.equal(codes.filter((code) => code === "event_unreadable").length, 1);
      tally(`hostile input, ${title} (${engine})`, {
        "bad inputs tried": tried,
        "next events sent": tried,
        "next events delivered": tried - bad.lostNext.length,
        calls,
        "inputs changed": 0,
        "uncaught errors": 0,
      });
    },
  );
}

everyEngine(
  "hostile events before the plugin is open are no worse",
  { way: "none", first: defineHostile, widget: { body: lookingWidget }, timeout: 240_000 },
  async (site, engine) => {
    const tried = await site.run(async () => {
      const [plugin] = await intercomDestination({ appId: "abc123" });
      for (const make of Object.values(hostile))
        plugin.track({ event: { type: "track", event: "Hostile", properties: { value: make() } } });
      for (const make of Object.values(hostile)) plugin.track({ event: make() });
      plugin.track(undefined);
      plugin.track({
        get event() {
          throw new Error("a context of the page");
        },
      });
      plugin.track({ event: { type: "track", event: "Last", properties: {} } });
      await plugin.load({}, {});
      return 2 * Object.keys(hostile).length + 2;
    });
    await site.calls();
    assert.deepEqual(await site.run(() => [seen.last[1], seen.unsendable]), ["Last", []]);
    tally(`hostile input while waiting (${engine})`, { "bad inputs tried": tried, "uncaught errors": site.errors.length });
  },
);

// What Segment's own delivery makes of a cycle is its own affair; here it is about ours.
const options = { integrations: { "Segment.io": false } };

everyEngine(
  "hostile properties through the real loader leave later events alone",
  { options, first: defineHostile, widget: { body: lookingWidget }, timeout: 120_000 },
  async (site, engine) => {
    await site.calls();
    const result = await site.run(async () => {
      const atMost = (ms, promise) => Promise.race([promise.catch(() => {}), new Promise((done) => setTimeout(done, ms))]);
      let tried = 0;
      const lost = [];
      for (const [what, make] of Object.entries(hostile)) {
        // The loader's own copy of these, made for any destination, takes minutes or has no end.
        if (/10 MB|200,000|4,000,000,000|last item|the window/.test(what)) continue;
        tried += 1;
        window.current = what;
        await atMost(200, analytics.track("Hostile", { value: make() }));
        await atMost(3000, analytics.track(`Next ${what}`));
        if (seen.last[1] !== `Next ${what}`) lost.push(what);
      }
      return { tried, lost, unsendable: seen.unsendable };
    });
    assert.deepEqual({ ...result, errors: site.errors.splice(0) }, { tried: result.tried, lost: [], unsendable: [], errors: [] });
    tally(`hostile input through the loader (${engine})`, {
      "bad inputs tried": result.tried,
      "next events sent": result.tried,
      "next events lost": result.lost.length,
    });
  },
);
