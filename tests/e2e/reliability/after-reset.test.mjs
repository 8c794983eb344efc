// The time between a loader's reset and Intercom's shutdown, event by event: whose an event is, and when the hold ends.
import assert from "node:assert/strict";
import { siteTest } from "../site.mjs";
import { everyEngine } from "./engines.mjs";
import { codes, sessions, settled, words } from "./sessions.mjs";

const none = { way: "none" };

/** A loader that hands in events when it is told to; the visitor `a-1` has been identified as u-1, and the widget runs. */
const fakeLoader = async () => {
  const plugins = await intercomDestination({ appId: "abc123" });
  const listeners = new Set();
  window.visitor = "a-1";
  window.loader = {
    on: (name, heard) => name === "reset" && listeners.add(heard),
    off: (name, heard) => listeners.delete(heard),
    user: () => ({ anonymousId: () => window.visitor }),
  };
  window.reset = (next) => {
    window.visitor = next;
    listeners.forEach((heard) => heard());
  };
  window.send = (anonymousId, event, age = 0) => {
    const timestamp = new Date(Date.now() + age);
    const whole = { type: "track", anonymousId, timestamp, properties: {}, context: {}, integrations: {}, ...event };
    plugins.forEach((plugin) => plugin[whole.type]({ event: whole }));
  };
  window.wait = (ms) => new Promise((done) => setTimeout(done, ms));
  window.said = () => __calls.map(([method, what]) => (method === "trackEvent" ? what : method));
  window.unload = () => Promise.all(plugins.map((plugin) => plugin.unload({}, loader)));
  for (const plugin of plugins) await plugin.load({}, loader);
  while (!window.__widget) await wait(10);
  send("a-1", { type: "identify", userId: "u-1", traits: { name: "Ada" } });
};

const hold = (title, work, options = none) =>
  everyEngine(title, options, async (site) => {
    await site.run(fakeLoader);
    await work(site);
  });

hold("the last visitor's event within the hold reaches their session, and the shutdown follows", async (site) => {
  const early = await site.run(() => {
    reset("a-2");
    send("a-1", { event: "Logged Out" }, -1000);
    return said();
  });
  assert.deepEqual(early, ["boot", "update", "Logged Out"]);
  assert.deepEqual(words(await settled(site)), ["boot", "update", "Logged Out", "shutdown", "boot"]);
  assert.deepEqual(codes(site), []);
});

hold("the next visitor's first event ends the hold at once", async (site) => {
  const early = await site.run(() => {
    reset("a-2");
    send("a-2", { event: "Arrived" }, 1);
    return said();
  });
  assert.deepEqual(early, ["boot", "update", "shutdown", "boot", "Arrived"]);
  assert.deepEqual(words(await settled(site)), early);
});

hold("an event of the last visitor that comes after the next one's is dropped, with a warning", async (site) => {
  await site.run(() => {
    reset("a-2");
    send("a-2", { type: "identify", userId: "u-2", traits: { name: "Bob" } }, 1);
    send("a-1", { type: "identify", userId: "u-1", traits: { phone: "+49" } }, -1000);
    send("a-1", { event: "Logged Out" }, -1000);
    send("a-2", { event: "Arrived" }, 2);
  });
  const calls = await settled(site);
  assert.deepEqual(words(calls), ["boot", "update", "shutdown", "boot", "update", "Arrived"]);
  assert.deepEqual(calls[4], ["update", { user_id: "u-2", name: "Bob" }]);
  assert.deepEqual(codes(site), ["event_after_reset"]);
});

hold("an event of the last visitor that comes after the hold is dropped, with a warning", async (site) => {
  await site.run(async () => {
    reset("a-2");
    await wait(600);
    send("a-1", { event: "Logged Out" }, -2000);
  });
  assert.deepEqual(words(await settled(site)), ["boot", "update", "shutdown", "boot"]);
  assert.deepEqual(codes(site), ["event_after_reset"]);
});

hold("a timestamp that is text is read as well", async (site) => {
  await site.run(async () => {
    reset("a-2");
    await wait(600);
    const timestamp = new Date(Date.now() - 700).toISOString();
    send("a-1", { event: "Logged Out", timestamp });
  });
  assert.deepEqual(words(await settled(site)), ["boot", "update", "shutdown", "boot"]);
  assert.deepEqual(codes(site), ["event_after_reset"]);
});

hold("a page that is left during the hold ends it at once", async (site) => {
  const early = await site.run(() => {
    reset("a-2");
    dispatchEvent(new PageTransitionEvent("pagehide"));
    return said();
  });
  assert.deepEqual(early, ["boot", "update", "shutdown", "boot"]);
  assert.deepEqual(words(await settled(site)), early);
});

hold("a second reset within the hold of the first is one shutdown for each visitor who was there", async (site) => {
  await site.run(() => {
    reset("a-2");
    send("a-2", { type: "identify", userId: "u-2", traits: { name: "Bob" } }, 1);
    reset("a-3");
    send("a-2", { event: "Bob left" }, -1000);
    send("a-3", { event: "Arrived" }, 5);
  });
  assert.deepEqual(words(await settled(site)), ["boot", "update", "shutdown", "boot", "update", "Bob left", "shutdown", "boot", "Arrived"]);
  assert.deepEqual(codes(site), []);
});

hold("a reset that follows another at once does not shut down twice", async (site) => {
  await site.run(() => {
    reset("a-2");
    reset("a-3");
  });
  assert.deepEqual(words(await settled(site)), ["boot", "update", "shutdown", "boot"]);
});

hold("an unload during the hold is one shutdown", async (site) => {
  await site.run(async () => {
    reset("a-2");
    send("a-1", { event: "Logged Out" }, -1000);
    await unload();
  });
  assert.deepEqual(
    words(await settled(site)).filter((word) => word !== "boot"),
    ["update", "Logged Out", "shutdown"],
  );
});

hold("a callback in our shutdown that tracks is heard after the boot that was due", async (site) => {
  await site.run(() => {
    window.__onCall = (method) => method === "shutdown" && send("a-2", { event: "From within" }, 1);
    reset("a-2");
    send("a-2", { event: "Arrived" }, 1);
  });
  const { all, lost } = sessions(await settled(site));
  assert.deepEqual(lost, []);
  assert.deepEqual(all.at(-1).events.sort(), ["Arrived", "From within"]);
});

siteTest("the settings on the page have nothing of the last visitor during the hold already", none, async (site) => {
  await site.run(fakeLoader);
  const text = await site.run(() => {
    reset("a-2");
    return JSON.stringify(intercomSettings);
  });
  assert.doesNotMatch(text, /u-1|Ada/);
});
