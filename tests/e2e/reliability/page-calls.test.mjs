// The page has Intercom to itself as well: what it says of the visitor, its own settings, its own function, and its callbacks.
import assert from "node:assert/strict";
import { siteTest } from "../site.mjs";
import { everyEngine } from "./engines.mjs";
import { arrive, codes, heard, sessions, settled, words } from "./sessions.mjs";

const none = { way: "none" };
const APP = { app_id: "abc123", api_base: "https://api-iam.intercom.io", installation_type: "s" };

const identify = () => analytics.identify("u-1", { name: "Ada" });

const runningIntercom = () => {
  window.__widget = {};
  window.__calls = [];
  window.Intercom = (...args) => {
    __calls.push(args.map((arg) => (typeof arg === "object" ? { ...arg } : arg)));
    window.__onCall?.(...args);
  };
  window.own = window.Intercom;
};

for (const [title, page, person] of [
  ["shutdown and boot", () => [["shutdown"], ["boot", { app_id: "abc123" }]], { user_id: "u-1", name: "Ada" }],
  ["boot", () => [["boot", { app_id: "abc123" }]], { user_id: "u-1", name: "Ada" }],
  ["update", () => [["update", { name: "Someone" }]], { user_id: "u-1", name: "Ada" }],
]) {
  everyEngine(`after the page's own ${title}, an identify that says the same again is said`, { widget: { held: true } }, async (site) => {
    await site.run(identify);
    await arrive(site);
    await heard(site, 2);
    await site.run((calls) => calls.forEach((words) => Intercom(...words)), page());
    await site.run(identify);
    const calls = await heard(site, 3 + page().length);
    assert.deepEqual(words(calls), ["boot", "update", ...page().map(([method]) => method), "update"]);
    assert.deepEqual(sessions(calls).last.person, person);
  });

  siteTest(`the page's own ${title} is noticed while the widget is on its way`, { widget: { held: true } }, async (site) => {
    await site.run(identify);
    await site.run((calls) => calls.forEach((words) => Intercom(...words)), page());
    await site.run(identify);
    await arrive(site);
    assert.deepEqual(sessions(await heard(site, 3 + page().length)).last.person, person);
  });

  siteTest(`the page's own ${title} is noticed in an Intercom that ran before`, { first: runningIntercom }, async (site) => {
    await site.run(identify);
    await site.run((calls) => calls.forEach((words) => Intercom(...words)), page());
    await site.run(identify);
    assert.equal((await settled(site)).at(-1)[1].user_id, "u-1");
  });
}

siteTest("what the page shows and hides keeps a repeat a repeat", {}, async (site) => {
  await site.run(identify);
  await heard(site, 2);
  await site.run(() => ["show", "hide", "showNewMessage"].forEach((method) => Intercom(method)));
  await site.run(identify);
  assert.deepEqual(words(await settled(site)), ["boot", "update", "show", "hide", "showNewMessage"]);
});

siteTest("after the page's own shutdown a company needs a person again", {}, async (site) => {
  await site.run(identify);
  await heard(site, 2);
  await site.run(() => [["shutdown"], ["boot", { app_id: "abc123" }]].forEach((words) => Intercom(...words)));
  await site.run(() => analytics.track("Seen"));
  assert.deepEqual(sessions(await heard(site, 5)).all, [
    { person: { user_id: "u-1", name: "Ada" }, events: [] },
    { person: {}, events: ["Seen"] },
  ]);
});

const otherSnippet = () => {
  window.intercomSettings = window.theirs = {
    app_id: "zzz999",
    user_id: "z-1",
    user_hash: "hash-of-z",
    email: "zoe@other.test",
    company: { company_id: "z-company" },
    theme_mode: "dark",
    alignment: "left",
  };
};

for (const [title, first] of [
  ["that has not run", [otherSnippet]],
  ["that runs", [runningIntercom, otherSnippet]],
  ["that runs and is booted", [runningIntercom, otherSnippet, () => (Intercom.booted = true)]],
]) {
  everyEngine(`of another workspace's snippet ${title} only looks are taken, with a warning`, { first }, async (site) => {
    await site.run(identify);
    await site.run(() => analytics.reset());
    await site.run(() => analytics.track("Seen"));
    const calls = await settled(site);
    assert.doesNotMatch(JSON.stringify(calls), /zzz999|z-1|hash-of-z|zoe|z-company/);
    const boots = calls.filter(([method]) => method === "boot").map(([, settings]) => settings);
    assert.equal(boots.length, 2);
    for (const boot of boots) assert.deepEqual(boot, { theme_mode: "dark", alignment: "left", ...APP });
    assert.deepEqual(codes(site), ["other_workspace"]);
  });
}

siteTest("another workspace's settings are the page's again after the last unload", { ...none, first: otherSnippet }, async (site) => {
  const isBack = await site.run(async () => {
    const plugins = await intercomDestination({ appId: "abc123" });
    for (const plugin of plugins) await plugin.load({}, {});
    for (const plugin of plugins) await plugin.unload({}, {});
    return window.intercomSettings === window.theirs;
  });
  assert.equal(isBack, true);
});

const LOOKS = { hide_default_launcher: true, alignment: "left", vertical_padding: 40, custom_launcher_selector: "#help" };

everyEngine(
  "the boot after a reset has the looks of the page's own settings",
  { first: `() => (window.intercomSettings = { ...${JSON.stringify(LOOKS)}, app_id: "abc123", user_id: "u-0", plan: "pro" })` },
  async (site) => {
    await site.run(identify);
    await site.run(() => analytics.reset());
    const calls = await heard(site, 4);
    assert.deepEqual(words(calls), ["boot", "update", "shutdown", "boot"]);
    assert.deepEqual(calls[3][1], { ...LOOKS, ...APP });
  },
);

for (const [name, proof] of [
  ["user_hash", "h1"],
  ["intercom_user_jwt", "a.b.c"],
]) {
  everyEngine(`the ${name} that identify brought goes with each page view of that user, and no other`, {}, async (site) => {
    await site.run((Intercom) => analytics.identify("u-1", { name: "Ada" }, { integrations: { Intercom } }), { [name]: proof });
    await site.run(() => analytics.page());
    await site.run(() => analytics.reset());
    await site.run(async () => {
      await analytics.identify("u-2", { name: "Bob" });
      await analytics.page();
    });
    const calls = await heard(site, 7);
    assert.deepEqual(words(calls), ["boot", "update", "update", "shutdown", "boot", "update", "update"]);
    assert.deepEqual(calls[2], ["update", { user_id: "u-1", [name]: proof }]);
    assert.deepEqual(calls[6], ["update", { user_id: "u-2" }]);
  });
}

siteTest("window.Intercom is the page's own function again after the last unload", { ...none, first: runningIntercom }, async (site) => {
  const isBack = await site.run(async () => {
    const one = intercomDestination.plugin({ appId: "abc123" });
    const two = intercomDestination.plugin({ appId: "abc123" });
    await one.load({}, {});
    await two.load({}, {});
    await new Promise((done) => setTimeout(done, 500));
    await one.unload({}, {});
    two.track({ event: { type: "track", event: "Seen", properties: {} } });
    await two.unload({}, {});
    return window.Intercom === own;
  });
  assert.equal(isBack, true);
  assert.deepEqual(words(await site.calls()).slice(-2), ["Seen", "shutdown"]);
});

siteTest("the stub of a page's own snippet is its own again after the last unload", { ...none, widget: { held: true } }, async (site) => {
  const isBack = await site.run(async () => {
    const own = (window.Intercom = Object.assign((...args) => Intercom.c(args), { q: [], c: (args) => Intercom.q.push(args) }));
    const plugins = await intercomDestination({ appId: "abc123" });
    for (const plugin of plugins) await plugin.load({}, {});
    for (const plugin of plugins) await plugin.unload({}, {});
    return window.Intercom === own;
  });
  assert.equal(isBack, true);
});

/** A callback of the Messenger's that tracks from within our call of `method`, once. */
const callback = (method) => {
  window.__onCall = (called) => {
    if (called !== method) return;
    window.__onCall = undefined;
    window.track("From within");
  };
};

for (const [method, due] of [
  ["boot", ["boot", "reattach_activator", "update", "From within"]],
  ["reattach_activator", ["boot", "reattach_activator", "update", "From within"]],
]) {
  everyEngine(
    `a callback in "${method}" that tracks is heard after what was due when the plugin opens`,
    { ...none, first: runningIntercom },
    async (site) => {
      await site.run(callback, method);
      await site.run(async () => {
        const plugins = await intercomDestination({ appId: "abc123" });
        window.track = (event) => plugins[0].track({ event: { type: "track", event, properties: {} } });
        for (const plugin of plugins) await plugin.load({}, {});
      });
      assert.deepEqual(words(await heard(site, due.length)), due);
    },
  );
}

const both = ["First", "Second"].map((name) => ({
  partnerAction: "trackEvent",
  enabled: true,
  subscribe: 'type = "track"',
  mapping: { event_name: name, event_metadata: {} },
}));

everyEngine(
  "a callback that tracks is heard after all that the event it came by says",
  { ...none, first: runningIntercom },
  async (site) => {
    await site.run(async (subscriptions) => {
      const [plugin] = await intercomDestination({ appId: "abc123", subscriptions });
      await plugin.load({}, {});
      const track = () => plugin.track({ event: { type: "track", event: "Seen", properties: {} } });
      let isFirst = true;
      window.__onCall = (method) => {
        if (method === "trackEvent" && isFirst) {
          isFirst = false;
          track();
        }
      };
      track();
    }, both);
    assert.deepEqual(words(await settled(site)).slice(-4), ["First", "Second", "First", "Second"]);
  },
);
