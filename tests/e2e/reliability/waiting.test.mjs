// What waits, for the engine or for the widget, is what was said: the page may use its objects for something else meanwhile.
import assert from "node:assert/strict";
import { siteTest } from "../site.mjs";
import { everyEngine } from "./engines.mjs";
import { arrive, codes, heard, sessions, warned } from "./sessions.mjs";

const none = { way: "none" };
const steps = (calls) => calls.filter(([method]) => method === "trackEvent").map(([, , { step }]) => step);

/** Objects with a `step`, of which a site may hand one in and go on with it. */
const things = {
  "an object with a function": () => ({ step: 1, cb() {} }),
  "a Proxy": () => new Proxy({ step: 1 }, {}),
  "a Proxy that refuses to tell its keys twice": () => {
    let asked = 0;
    return new Proxy({ step: 1 }, { getPrototypeOf: () => (asked++ > 50 ? null : Object.prototype) });
  },
  "an object with an element of the page": () => ({ step: 1, target: document.documentElement }),
  "an object with the window": () => ({ step: 1, view: window }),
  "an object with a symbol": () => ({ step: 1, kind: Symbol("kind") }),
  "an object that refers to itself": () => {
    const object = { step: 1 };
    object.self = object;
    return object;
  },
};

for (const [title, make] of Object.entries(things)) {
  everyEngine(`${title} that waits for the engine is a copy`, none, async (site) => {
    await site.run(`(() => {
      const it = intercomDestination.standalone({ appId: "abc123" });
      const thing = (${make})();
      it.track("a", thing);
      thing.step = 2;
      it.track("a", thing);
      thing.step = 3;
    })()`);
    assert.deepEqual(steps(await heard(site, 3)), [1, 2]);
  });
}

const person = ["a person who waits is not told what the page's object says of the next one", none];
const personWithout = [
  "a person who waits is a copy also without structuredClone",
  { ...none, first: () => delete window.structuredClone },
];

for (const [title, options] of [person, personWithout]) {
  everyEngine(title, options, async (site) => {
    await site.run(() => {
      const it = intercomDestination.standalone({ appId: "abc123" });
      const user = { name: "Ada", email: "ada@shop.test", company: { id: "g-1", name: "Acme" }, save() {} };
      it.identify("u-1", user);
      Object.assign(user, { name: "Bob", email: "bob@shop.test" });
      user.company.name = "Initech";
    });
    const calls = await heard(site, 2);
    assert.deepEqual(calls[1], [
      "update",
      { user_id: "u-1", name: "Ada", email: "ada@shop.test", company: { company_id: "g-1", name: "Acme" } },
    ]);
  });
}

for (const copying of ["with structuredClone", "without structuredClone"]) {
  siteTest(
    `a plugin that is not open yet keeps copies, ${copying}`,
    { ...none, first: copying.startsWith("without") ? () => delete window.structuredClone : [] },
    async (site) => {
      await site.run(async () => {
        const [events] = await intercomDestination({ appId: "abc123" });
        const event = { type: "track", event: "a", properties: { step: 1, cb() {} } };
        events.track({ event });
        event.properties.step = 2;
        events.track({ event });
        event.event = "b";
        event.properties.step = 3;
        await events.load({}, {});
      });
      const calls = await heard(site, 3);
      assert.deepEqual(
        calls.slice(1).map(([, name, { step }]) => [name, step]),
        [
          ["a", 1],
          ["a", 2],
        ],
      );
    },
  );
}

everyEngine("a Date that waits for the engine is a copy", none, async (site) => {
  await site.run(() => {
    const it = intercomDestination.standalone({ appId: "abc123" });
    const at = new Date(0);
    it.track("a", { at });
    at.setTime(1e12);
  });
  const [, [, , { at }]] = await heard(site, 2);
  assert.equal(new Date(at).getTime(), 0);
});

everyEngine("a Date that waits for the widget is a copy", { ...none, widget: { held: true } }, async (site) => {
  await site.run(async () => {
    const [events] = await intercomDestination({ appId: "abc123" });
    await events.load({}, {});
    const at = new Date(0);
    events.track({ event: { type: "track", event: "a", properties: { at } } });
    at.setTime(1e12);
  });
  await arrive(site);
  const [, [, , { at }]] = await heard(site, 2);
  assert.equal(new Date(at).getTime(), 0);
});

everyEngine("what waits for the widget is a copy", { ...none, widget: { held: true } }, async (site) => {
  await site.run(async () => {
    const [events, people] = await intercomDestination({ appId: "abc123" });
    for (const plugin of [events, people]) await plugin.load({}, {});
    const event = { type: "track", event: "a", properties: { step: 1, list: [{ step: 1 }] } };
    events.track({ event });
    event.properties.step = 2;
    event.properties.list[0].step = 2;
    const traits = { name: "Ada", company: { id: "g-1", name: "Acme" } };
    people.identify({ event: { type: "identify", userId: "u-1", traits } });
    traits.name = "Bob";
    traits.company.name = "Initech";
  });
  await arrive(site);
  const calls = await heard(site, 3);
  assert.equal(calls[1][2].step, 1);
  assert.doesNotMatch(JSON.stringify(calls[1][2].list ?? ""), /2/);
  assert.deepEqual(calls[2][1], { user_id: "u-1", name: "Ada", company: { company_id: "g-1", name: "Acme" } });
});

everyEngine("what is remembered of a visitor for a late widget is a copy", { ...none, widget: { held: true } }, async (site) => {
  await site.run(async () => {
    const plugins = await intercomDestination({ appId: "abc123", widgetTimeout: 300 });
    for (const plugin of plugins) await plugin.load({}, {});
    window.traits = { name: "Ada", company: { id: "g-1", name: "Acme" } };
    plugins.forEach((plugin) => plugin.identify({ event: { type: "identify", userId: "u-1", traits } }));
  });
  await warned(site, "widget_unavailable");
  await site.run(() => {
    traits.name = "Bob";
    traits.company.name = "Initech";
  });
  await arrive(site);
  assert.deepEqual(sessions(await heard(site, 2)).last.person, {
    user_id: "u-1",
    name: "Ada",
    company: { company_id: "g-1", name: "Acme" },
  });
  assert.deepEqual(codes(site), ["widget_unavailable"]);
});
