// A widget that comes after it was given up, or after the destination was closed: it is told who the visitor is now, and no one else.
import assert from "node:assert/strict";
import { WIDGET } from "../network.mjs";
import { siteTest } from "../site.mjs";
import { everyEngine } from "./engines.mjs";
import { arrive, codes, heard, sessions, settled, warned, words } from "./sessions.mjs";

const settings = { appId: "abc123", widgetTimeout: 1000 };
const late = { settings, widget: { held: true } };
const blocked = { settings, widget: { abort: true } };

/** As a consent tool does, or the page's own snippet. */
const insertWidget = async (site) => {
  site.widget({});
  await site.run(
    (src) =>
      new Promise((done) => {
        const script = document.createElement("script");
        script.onload = done;
        script.src = src;
        document.head.append(script);
      }),
    `${WIDGET}abc123`,
  );
};

/** Whom a widget that came late heard of, in a boot and one update. */
const told = async (site, person) => {
  const calls = await heard(site, 2);
  assert.deepEqual(words(calls), ["boot", "update"]);
  assert.deepEqual(calls[1][1], person);
  await site.run(() => analytics.track("Later"));
  const after = await heard(site, 3);
  assert.deepEqual(words(after), ["boot", "update", "Later"]);
  assert.deepEqual(sessions(after).last, { person, events: ["Later"] });
  assert.deepEqual(codes(site), ["widget_unavailable"]);
};

everyEngine("a late widget is told the person and the company in one update", late, async (site) => {
  await site.run(async () => {
    await analytics.identify("u-1", { name: "Ada" }, { integrations: { Intercom: { user_hash: "h1" } } });
    await analytics.group("g-1", { name: "Acme" });
  });
  await warned(site, "widget_unavailable");
  await arrive(site);
  await told(site, { user_id: "u-1", name: "Ada", user_hash: "h1", company: { company_id: "g-1", name: "Acme" } });
});

everyEngine("a page view after identify takes nothing from what a late widget is told", late, async (site) => {
  await site.run(async () => {
    const traits = { name: "Ada", email: "ada@shop.test", company: { id: "g-1", name: "Acme" } };
    await analytics.identify("u-1", traits, { integrations: { Intercom: { user_hash: "h1" } } });
    await analytics.page();
  });
  await warned(site, "widget_unavailable");
  await arrive(site);
  await told(site, {
    user_id: "u-1",
    name: "Ada",
    email: "ada@shop.test",
    user_hash: "h1",
    company: { company_id: "g-1", name: "Acme" },
  });
});

everyEngine("a visitor who is named while the widget is unavailable is told to it when it comes", late, async (site) => {
  await site.run(() => analytics.page());
  await warned(site, "widget_unavailable");
  await site.run(() => analytics.identify("u-1", { name: "Ada" }));
  await arrive(site);
  await told(site, { user_id: "u-1", name: "Ada" });
});

everyEngine("of two people a late widget hears of the last one only", late, async (site) => {
  await site.run(() => analytics.identify("u-A", { name: "Ada" }, { integrations: { Intercom: { user_hash: "h1" } } }));
  await warned(site, "widget_unavailable");
  await site.run(() => analytics.identify("u-B", { email: "bob@shop.test" }));
  await arrive(site);
  await told(site, { user_id: "u-B", email: "bob@shop.test" });
});

everyEngine("after a reset a late widget hears of the next person only", late, async (site) => {
  await site.run(() => analytics.identify("u-A", { name: "Ada" }));
  await warned(site, "widget_unavailable");
  await site.run(async () => {
    await analytics.reset();
    await analytics.identify("u-B", { email: "bob@shop.test" });
  });
  await arrive(site);
  await told(site, { user_id: "u-B", email: "bob@shop.test" });
});

for (const [title, meanwhile] of [
  ["is told the person before the next event", () => {}],
  ["hears of the person who was named last", () => analytics.identify("u-2", { name: "Bob" })],
]) {
  everyEngine(`a widget that was blocked and is then inserted by another script ${title}`, blocked, async (site) => {
    await site.run(() => analytics.identify("u-1", { name: "Ada" }));
    await warned(site, "widget_unavailable");
    await site.run(meanwhile);
    await insertWidget(site);
    await site.run(() => analytics.track("Seen"));
    const calls = await heard(site, 3);
    assert.deepEqual(words(calls), ["boot", "update", "Seen"]);
    assert.match(calls[1][1].user_id, title.includes("last") ? /^u-2$/ : /^u-1$/);
  });
}

siteTest("what the page or the visitor did while the widget was unavailable is not told later", late, async (site) => {
  await warned(site, "widget_unavailable");
  await site.run(async () => {
    await analytics.track("Unheard");
    await analytics.page();
  });
  await arrive(site);
  await site.calls();
  await site.run(() => analytics.track("Later"));
  assert.deepEqual(
    words(await heard(site, 2)).filter((word) => word !== "update"),
    ["boot", "Later"],
  );
});

siteTest("a reset of a visitor whom a late widget never heard of is no shutdown", late, async (site) => {
  await site.run(() => analytics.identify("u-1", { name: "Ada" }));
  await site.run(() => analytics.reset());
  await warned(site, "widget_unavailable");
  await arrive(site);
  assert.deepEqual(words(await settled(site)), ["boot"]);
});

siteTest("a person who is the same before and after a late widget came is not held back as a repeat", late, async (site) => {
  await site.run(() => analytics.identify("u-1", { name: "Ada" }));
  await warned(site, "widget_unavailable");
  await site.run(() => analytics.reset());
  await arrive(site);
  await site.calls();
  await site.run(() => analytics.identify("u-1", { name: "Ada" }));
  const calls = await heard(site, 2);
  assert.deepEqual(sessions(calls).last.person, { user_id: "u-1", name: "Ada" });
});

const named = (site) => site.run(() => JSON.stringify([window.__calls, window.intercomSettings]));

everyEngine(
  "an identify after 1,000 waiting tracks reaches the widget",
  { settings: { appId: "abc123" }, way: "none", widget: { held: true } },
  async (site) => {
    await site.run(async () => {
      const [events, people] = await intercomDestination({ appId: "abc123" });
      for (const plugin of [events, people]) await plugin.load({}, {});
      for (let i = 0; i < 1000; i++) events.track({ event: { type: "track", event: `Event ${i}`, properties: {} } });
      people.identify({ event: { type: "identify", userId: "u-1", traits: { name: "Ada" } } });
    });
    await arrive(site);
    const { last } = sessions(await heard(site, 1002));
    assert.deepEqual([last.person, last.events.length], [{ user_id: "u-1", name: "Ada" }, 1000]);
  },
);

everyEngine("an identify after 1,000 tracks that came before the plugin was open reaches the widget", { way: "none" }, async (site) => {
  await site.run(async () => {
    const [events, people] = await intercomDestination({ appId: "abc123" });
    for (let i = 0; i < 1000; i++) events.track({ event: { type: "track", event: `Event ${i}`, properties: {} } });
    people.identify({ event: { type: "identify", userId: "u-1", traits: { name: "Ada" } } });
    for (const plugin of [events, people]) await plugin.load({}, {});
  });
  const { last } = sessions(await heard(site, 1002));
  assert.deepEqual([last.person, last.events.length], [{ user_id: "u-1", name: "Ada" }, 1000]);
});

everyEngine(
  "a site that closes before the widget comes tells it nothing of the visitor",
  { way: "none", widget: { held: true } },
  async (site) => {
    await site.run(async () => {
      const plugins = await intercomDestination({ appId: "abc123" });
      for (const plugin of plugins) await plugin.load({}, {});
      for (const plugin of plugins) {
        plugin.identify({ event: { type: "identify", userId: "u-1", traits: { name: "Ada" } } });
        plugin.track({ event: { type: "track", event: "Seen", properties: { user: "u-1" } } });
      }
      for (const plugin of plugins) await plugin.unload({}, {});
    });
    await arrive(site);
    assert.deepEqual(await settled(site), []);
    assert.doesNotMatch(await named(site), /u-1|Ada|Seen/);
  },
);

for (const ending of ["deregister", "deregister after a reset"]) {
  siteTest(
    `a registered plugin that goes before the widget comes leaves nothing of the visitor (${ending})`,
    { isEnabled: false, widget: { held: true }, routes: [] },
    async (site) => {
      await site.page.addScriptTag({ url: "https://cdn.shop.test/intercom-destination.umd.js" });
      await site.run(async (isReset) => {
        await analytics.register(intercomDestination.plugin({ appId: "abc123" }));
        await analytics.identify("u-1", { name: "Ada" });
        await analytics.track("Seen");
        if (isReset) await analytics.reset();
        await analytics.deregister("Intercom Web (Actions)");
      }, ending.includes("reset"));
      await arrive(site);
      await site.page.waitForTimeout(600);
      assert.doesNotMatch(await named(site), /u-1|Ada|Seen/);
      const calls = await site.run(() => window.__calls ?? []);
      assert.deepEqual(calls, []);
    },
  );
}
