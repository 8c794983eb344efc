// The factory's plugins in the hands of the real loaders: let go by name, chosen by name, and given events of another type.
import assert from "node:assert/strict";
import { test } from "node:test";
import { everyEngine } from "../reliability/engines.mjs";
import { codes, heard, sessions, settled, words } from "../reliability/sessions.mjs";
import { siteTest, visit } from "../site.mjs";
import { openLoader } from "./open.mjs";
import { NAME, rows } from "./vendors.mjs";

const settings = { appId: "abc123" };

const loaderTest = (title, name, options, work) =>
  test(`${title} (${name})`, { timeout: 60_000 }, async () => {
    const row = rows.find(({ title }) => title === name);
    await visit(await openLoader(row, { settings, ...options }), async (site) => {
      await site.run(() => site.ready());
      await work(site);
    });
  });

const remotePlugins = [
  ["Segment, remote plugin", NAME],
  ["Segment, npm factory", NAME],
  ["Segment, snippet, remote plugin", NAME],
  ["Customer.io, remote plugin", "intercom-web"],
];

for (const [title, name] of remotePlugins) {
  loaderTest("deregister is one shutdown, and nothing is heard at a later reset or event", title, {}, async (site) => {
    await site.run(async (name) => {
      await site.loader().identify("u-1", { name: "Ada" });
      while (!window.__widget) await new Promise((done) => setTimeout(done, 10));
      await site.loader().deregister(name);
      await site.loader().reset();
      await Promise.race([site.loader().track("Too late"), new Promise((done) => setTimeout(done, 500))]);
    }, name);
    assert.deepEqual(words(await settled(site)), ["boot", "update", "shutdown"]);
    assert.deepEqual(codes(site), []);
  });

  loaderTest("after deregister another workspace may open", title, {}, async (site) => {
    await site.page.addScriptTag({ url: "https://cdn.shop.test/intercom-destination.umd.js" });
    await site.run(async (name) => {
      await site.loader().identify("u-1");
      while (!window.__widget) await new Promise((done) => setTimeout(done, 10));
      await site.loader().deregister(name);
      await site.loader().register(intercomDestination.plugin({ appId: "xyz789" }));
      await site.loader().track("Seen");
    }, name);
    const calls = await heard(site, 5);
    const boots = calls.filter(([method]) => method === "boot").map(([, { app_id }]) => app_id);
    assert.deepEqual([boots, words(calls).at(-1)], [["abc123", "xyz789"], "Seen"]);
    assert.equal(words(calls).filter((word) => word === "shutdown").length, 1);
    assert.deepEqual(codes(site), []);
  });

  loaderTest("deregister before the widget comes tells it nothing of the visitor", title, { widget: { held: true } }, async (site) => {
    await site.run(async (name) => {
      await site.loader().identify("u-1", { name: "Ada" });
      await site.loader().deregister(name);
    }, name);
    site.release();
    await site.page.waitForTimeout(600);
    assert.deepEqual(await site.run(() => window.__calls ?? []), []);
  });
}

for (const title of ["Segment, register", "Customer.io, register"]) {
  const row = title.startsWith("Customer.io") ? "Customer.io, plugins" : title;
  loaderTest(
    "plugins that the factory made and the site registered go by the destination's name",
    row,
    { settings: undefined },
    async (site) => {
      await site.page.addScriptTag({ url: "https://cdn.shop.test/intercom-destination.umd.js" });
      await site.run(async (name) => {
        const analytics = site.loader();
        await analytics.register(...(await intercomDestination({ appId: "abc123" })));
        const soon = () => new Promise((done) => setTimeout(done, 500));
        for (const [event, integrations] of [
          ["Everywhere", {}],
          ["Not to us", { [name]: false }],
          ["To no one", { All: false }],
          ["Only to us", { All: false, [name]: true }],
        ]) {
          await Promise.race([analytics.track(event, {}, { integrations }), soon()]);
        }
      }, NAME);
      assert.deepEqual(words(await heard(site, 3)), ["boot", "Everywhere", "Only to us"]);
    },
  );
}

const changeTypes = () => {
  site.loader().addDestinationMiddleware("Intercom Web (Actions)", ({ payload, next }) => {
    const { obj } = payload;
    if (obj.event === "Signed Up") Object.assign(obj, { type: "identify", userId: "u-1", traits: { name: "Ada" } });
    if (obj.event === "Joined") Object.assign(obj, { type: "group", groupId: "g-1", traits: { name: "Acme" } });
    if (obj.type === "page") Object.assign(obj, { type: "track", event: "Page seen", properties: {} });
    next(payload);
  });
};

for (const title of ["Segment, remote plugin", "Segment, npm factory"]) {
  loaderTest("the type that a middleware gives an event decides what is made of it", title, { early: changeTypes }, async (site) => {
    await site.run(async () => {
      await site.loader().track("Signed Up");
      await site.loader().track("Joined");
      await site.loader().page();
      await site.loader().track("Seen");
    });
    assert.deepEqual((await heard(site, 5)).slice(1), [
      ["update", { user_id: "u-1", name: "Ada" }],
      ["update", { company: { company_id: "g-1", name: "Acme" } }],
      ["trackEvent", "Page seen", {}],
      ["trackEvent", "Seen", {}],
    ]);
  });
}

everyEngine("an event's type decides, not the method that it comes by", { way: "none" }, async (site) => {
  await site.run(async () => {
    const plugins = await intercomDestination({ appId: "abc123" });
    for (const plugin of plugins) await plugin.load({}, {});
    const send = (method, event) => plugins.forEach((plugin) => plugin[method]({ event: { properties: {}, traits: {}, ...event } }));
    send("track", { type: "identify", userId: "u-1", traits: { name: "Ada" } });
    send("identify", { type: "group", groupId: "g-1", traits: { name: "Acme" } });
    send("group", { type: "track", event: "Seen" });
    send("page", { type: "track", event: "Seen again" });
  });
  assert.deepEqual((await heard(site, 5)).slice(1), [
    ["update", { user_id: "u-1", name: "Ada" }],
    ["update", { company: { company_id: "g-1", name: "Acme" } }],
    ["trackEvent", "Seen", {}],
    ["trackEvent", "Seen again", {}],
  ]);
});

siteTest("the plain plugin goes by the event's type as well", { way: "none" }, async (site) => {
  await site.run(async () => {
    const plugin = intercomDestination.plugin({ appId: "abc123" });
    await plugin.load({}, {});
    plugin.identify({ event: { type: "group", groupId: "g-1", traits: { name: "Acme" } } });
    plugin.track({ event: { type: "identify", userId: "u-1", traits: { name: "Ada" } } });
  });
  assert.deepEqual(sessions(await heard(site, 3)).last.person, {
    company: { company_id: "g-1", name: "Acme" },
    user_id: "u-1",
    name: "Ada",
  });
});
