// The setting `forward` on a page with everything else that happens there: two plugins, a late widget, the page's own calls, consent, faults.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { codes, heard } from "../reliability/sessions.mjs";
import { siteTest, until } from "../site.mjs";
import { CALLBACKS, listening, registered, returned, tell } from "./messenger.mjs";

const FILE = /intercom-destination\.forward\.js$/;
const OPENED = ["Messenger Opened", {}];
const CLOSED = ["Messenger Closed", {}];
const unread = (count) => ["Messenger Unread Changed", { unread_count: count }];

/** Loaders that hand each event to all of their plugins, whatever `integrations` say; what they track is in `window.tracked`. */
const loaders = () => {
  window.tracked = [];
  window.createLoader = () => {
    const listeners = [];
    const plugins = [];
    const loader = {
      on: (_name, listener) => listeners.push(listener),
      off: (_name, listener) => listeners.splice(listeners.indexOf(listener), 1),
      user: () => ({ anonymousId: () => "a-1" }),
      reset: () => listeners.forEach((listener) => listener()),
      track: (name, properties, options) => {
        tracked.push([name, properties]);
        plugins.forEach((plugin) => plugin.track({ event: { type: "track", event: name, properties, timestamp: new Date(), ...options } }));
      },
      add: async (settings) => {
        const plugin = intercomDestination.plugin({ appId: "abc123", ...settings });
        plugins.push(plugin);
        await plugin.load({}, loader);
        return plugin;
      },
    };
    return loader;
  };
  window.loader = createLoader();
};

const ALL = { forward: true };
const add = (site, settings = ALL) => site.run((settings) => loader.add(settings).then(() => {}), settings);
const tracked = (site) => site.run(() => window.tracked);

/** Waits until so much is tracked, and a moment longer for what must not be. */
async function tracks(site, ...expected) {
  await until(async () => (await tracked(site)).length >= expected.length);
  await site.page.waitForTimeout(100);
  assert.deepEqual(await tracked(site), expected);
  assert.deepEqual(await returned(site), []);
}

const alone = (title, work, options = {}) =>
  siteTest(title, { way: "none", ...options }, async (site) => {
    await site.run(loaders);
    await work(site);
  });

alone("without the setting, nothing is fetched and no function is registered", async (site) => {
  await add(site, {});
  await site.calls();
  await site.run(() => loader.track("Seen", {}, {}));
  await until(async () => (await site.calls()).length >= 2);
  assert.deepEqual(
    (await site.calls()).map(([method]) => method),
    ["boot", "trackEvent"],
  );
  assert.equal(await site.run(() => window.intercomDestinationParts?.forward), undefined);
});

alone("two plugins of one loader track each event once, and when one is gone the other does", async (site) => {
  await site.run(async () => (window.first = await loader.add({ forward: true })) && undefined);
  await registered(site, "onShow");
  await site.run(async () => {
    await loader.add({ forward: { show: "Second Opened", unread: true } });
    await loader.add({});
  });
  await registered(site, "onShow", 2);
  await tell(site, ["onShow"], ["onUnreadCountChange", 2]);
  await tracks(site, OPENED, unread(2));
  await site.run(() => first.unload());
  await tell(site, ["onShow"], ["onUnreadCountChange", 2], ["onUnreadCountChange", 3], ["onHide"], ["onShow"]);
  await tracks(site, OPENED, unread(2), unread(3), ["Second Opened", {}]);
});

alone("two loaders track what happens, each once", async (site) => {
  await add(site);
  await site.run(() =>
    createLoader()
      .add({ forward: ["hide"] })
      .then(() => {}),
  );
  await registered(site, "onHide");
  await site.page.waitForTimeout(100);
  await tell(site, ["onShow"], ["onHide"]);
  await tracks(site, OPENED, CLOSED, CLOSED);
});

alone(
  "a late widget has each function once",
  async (site) => {
    await add(site);
    await until(async () => (await site.queue())?.length >= 5);
    site.release();
    await listening(site);
    await tell(site, ["onShow"], ["onHide"]);
    await tracks(site, OPENED, CLOSED);
  },
  { widget: { held: true } },
);

alone("with load it hears of the Messenger from the beginning", async (site) => {
  await add(site, { forward: true, load: "launcher" });
  await site.page.locator("button[aria-haspopup=dialog]").click();
  await listening(site);
  await tell(site, ["onShow"]);
  await tracks(site, OPENED);
});

for (const keeps of [false, true]) {
  alone(
    `nothing is told twice when the page boots Intercom again, and the widget ${keeps ? "keeps" : "forgets"} functions`,
    async (site) => {
      await site.run((keeps) => (window.__keeps = keeps), keeps);
      await add(site);
      await listening(site);
      await site.run(() => {
        Intercom("shutdown");
        Intercom("boot", { app_id: "abc123" });
        Intercom("boot", { app_id: "abc123" });
      });
      await listening(site, keeps ? 2 : 1);
      await tell(site, ["onShow"], ["onUserEmailSupplied"]);
      await site.run(() => loader.reset());
      await until(async () => (await site.calls()).filter(([method]) => method === "shutdown").length === 2);
      await listening(site, keeps ? 3 : 1);
      await tell(site, ["onShow"], ["onUserEmailSupplied"]);
      const supplied = ["Messenger Email Supplied", {}];
      await tracks(site, OPENED, supplied, OPENED, supplied);
    },
  );
}

alone("until the next boot the Messenger is the last visitor's", async (site) => {
  await add(site);
  await listening(site);
  await tell(site, ["onShow"]);
  await site.run(() => {
    loader.reset();
    __tell("onHide");
    __tell("onUnreadCountChange", 4);
  });
  await until(async () => (await site.calls()).some(([method]) => method === "shutdown"));
  await listening(site);
  await tell(site, ["onUnreadCountChange", 1]);
  await tracks(site, OPENED, unread(1));
});

alone("the page's own functions are called as before", async (site) => {
  await site.run(() => {
    window.own = [];
    const snippet = (...words) => snippet.q.push(words);
    snippet.q = [["onShow", () => own.push("before")]];
    window.Intercom = snippet;
  });
  await add(site);
  await registered(site, "onShow", 2);
  await site.run(() => Intercom("onShow", () => own.push("after")));
  await tell(site, ["onShow"], ["onShow"]);
  assert.deepEqual(await site.run(() => own), ["before", "after", "before", "after"]);
  await tracks(site, OPENED);
});

alone("without consent nothing is told, and with it again each event once", async (site) => {
  await site.run(() => loader.add({ forward: true, consent: { from: (tell) => (window.decide = tell) } }).then(() => {}));
  await until(() => site.run(() => !!window.decide));
  await site.run(() => decide(true));
  await listening(site);
  await tell(site, ["onShow"]);
  await site.run(() => {
    window.__keeps = true;
    decide(false);
    __tell("onHide");
  });
  await until(async () => (await site.calls()).some(([method]) => method === "shutdown"));
  await tell(site, ["onHide"]);
  await site.run(() => decide(true));
  await listening(site, 2);
  await tell(site, ["onHide"]);
  await tracks(site, OPENED, CLOSED);
});

alone(
  "withdrawn while the widget is on its way, nothing of ours waits for it",
  async (site) => {
    await site.run(() => loader.add({ forward: true, consent: { from: (tell) => (window.decide = tell) } }).then(() => {}));
    await until(() => site.run(() => !!window.decide));
    await site.run(() => decide(true));
    await until(async () => (await site.queue())?.length >= 5);
    await site.run(() => decide(false));
    await until(async () => !(await site.queue())?.length);
    assert.deepEqual((await site.queue()) ?? [], []);
    site.release();
  },
  { widget: { held: true } },
);

const FAULTS = {
  throws: () => {
    throw new Error("ada@example.com");
  },
  rejects: () => Promise.reject(new Error("ada@example.com")),
  "never settles": () => new Promise(() => {}),
};

for (const [fault, work] of Object.entries(FAULTS)) {
  alone(`a loader whose track ${fault} harms nobody, and nobody hears of the address`, async (site) => {
    await site.run(`window.loader.track = ${work}`);
    await add(site, { forward: ["email", "show"] });
    await registered(site, "onUserEmailSupplied");
    const thrown = await site.run(() => {
      try {
        __tell("onUserEmailSupplied", "ada@example.com");
        __tell("onShow");
      } catch (error) {
        return String(error);
      }
    });
    if (fault === "never settles") await site.page.waitForTimeout(100);
    else await until(() => codes(site).length > 0);
    assert.equal(thrown, undefined);
    assert.deepEqual(codes(site), fault === "never settles" ? [] : ["forward_failed"]);
    assert.ok(site.console.every(({ text }) => !text.includes("ada@")));
  });
}

alone("a hundred thousand calls of the Messenger's are 60 events and one warning", async (site) => {
  await add(site);
  await listening(site);
  const took = await site.run(() => {
    const start = performance.now();
    for (let i = 1; i <= 100_000; i++) __tell("onUnreadCountChange", i);
    return performance.now() - start;
  });
  await until(async () => (await tracked(site)).length >= 60);
  await site.page.waitForTimeout(100);
  assert.equal((await tracked(site)).length, 60);
  assert.deepEqual(codes(site), ["forward_many"]);
  assert.ok(took < 5000, `${took} ms`);
  assert.deepEqual(await returned(site), []);
});

alone("the address is in the event only if it is asked for by name, and what is no text is left out", async (site) => {
  await add(site, { forward: { email: "Lead", show: false } });
  await registered(site, "onUserEmailSupplied");
  await tell(site, ["onUserEmailSupplied", "ada@example.com"], ["onUserEmailSupplied"], ["onUserEmailSupplied", { a: 1 }]);
  await tracks(site, ["Lead", { email: "ada@example.com" }], ["Lead", {}], ["Lead", {}]);
});

alone("what the setting names in vain is reported, and the rest is forwarded", async (site) => {
  await add(site, { forward: { onShow: true, show: 1, unread: true } });
  await registered(site, "onUnreadCountChange");
  await tell(site, ["onShow"], ["onUnreadCountChange", 1], ["onUnreadCountChange", "2"], ["onUnreadCountChange", {}]);
  await tracks(site, unread(1));
  assert.deepEqual(
    site.warnings().map((text) => text.split(": ")[0].split(" ")[1]),
    ["forward.onShow", "forward.show"],
  );
  await add(site, { forward: "show" });
  await until(() => codes(site).length >= 3);
  assert.match(site.warnings()[2], /^\[intercom-destination\] forward: expected show, .* \(setting_forward\)$/);
});

alone(
  "a file that is blocked is reported, and all else works",
  async (site) => {
    await add(site);
    await until(() => codes(site).length > 0);
    await site.run(() => loader.track("Seen", {}, {}));
    assert.deepEqual((await heard(site, 2)).at(-1), ["trackEvent", "Seen", {}]);
    assert.deepEqual(codes(site), ["forward_unavailable"]);
    assert.equal(await site.run(() => intercomDestination.whenReady()), undefined);
  },
  { routes: [[FILE, (route) => route.abort("blockedbyclient")]] },
);

alone("a plugin without a loader says that it cannot forward", async (site) => {
  await site.run(() => void intercomDestination.plugin({ appId: "abc123", forward: true }).load({}, undefined));
  await until(() => codes(site).length > 0);
  assert.deepEqual(codes(site), ["forward_unavailable"]);
});

alone("standalone hands each event to every function, whatever another one does", async (site) => {
  await site.run(() => {
    window.visitor = intercomDestination.standalone({ appId: "abc123", forward: true });
    visitor.onMessenger(() => {
      throw new Error("ours");
    });
    visitor.onMessenger((...words) => tracked.push(words));
  });
  await listening(site);
  await tell(site, ["onShow"], ["onUnreadCountChange", 2]);
  await tracks(site, OPENED, unread(2));
  assert.deepEqual(codes(site), ["forward_failed"]);
});

alone("when the Messenger is ready it can be asked for its visitor", async (site) => {
  await site.run(() => {
    window.states = [];
    intercomDestination.whenReady().then(({ visitorId }) => states.push(visitorId()));
  });
  await add(site, {});
  await until(async () => (await site.run(() => states)).length > 0);
  assert.deepEqual(await site.run(() => states), ["visitor-1"]);
  const after = await site.run(async () => {
    const { visitorId } = await intercomDestination.whenReady();
    loader.reset();
    return visitorId();
  });
  // It is the last visitor's still.
  assert.equal(after, "visitor-1");
});

alone(
  "a widget that has no ready of its own is ready when it has a visitor",
  async (site) => {
    const ready = site.run(() => intercomDestination.whenReady().then(({ visitorId }) => visitorId()));
    await add(site, {});
    assert.equal(await ready, "v-1");
  },
  {
    widget: {
      body: `window.__widget = {}; window.__calls = []; window.Intercom = (method) => {
        if (method === "ready") throw new TypeError("no such method");
        if (method === "getVisitorId") return "v-1";
      }`,
    },
  },
);

const text = readFileSync(new URL("../../../docs/forwarding.md", import.meta.url), "utf8");
const examples = [...text.matchAll(/^```js\n([^]*?)^```/gm)].map(([, example]) => example);

alone("the examples of docs/forwarding.md run, and say what they say", async (site) => {
  const [all, named, standalone, ready] = examples;
  await site.run(`(async () => { const plugins = await ${named.trim().replace(/;$/, "")}; await plugins[0].load({}, loader) })()`);
  await registered(site, "onShow");
  await tell(site, ["onShow"], ["onUnreadCountChange", 1], ["onHide"]);
  await tracks(site, ["Chat Opened", {}], unread(1), ["Chat Closed", {}]);
  await site.run(`(async () => { await ${all.trim()} })()`);
  await site.run(`(async () => { ${standalone} })()`);
  await registered(site, "onShow", 2);
  await tell(site, ["onShow"]);
  await until(() => site.console.some(({ text }) => text.startsWith("Messenger Opened")));
  assert.ok(site.console.some(({ text }) => text.startsWith("Messenger Opened")));
  assert.equal(await site.run(`(async () => { ${ready}; return visitorId })()`), "visitor-1");
  assert.deepEqual([examples.length, site.warnings()], [4, []]);
});

test("on a server there is no Messenger", async () => {
  const { whenReady } = await import("intercom-destination");
  assert.equal(await whenReady(), undefined);
  assert.equal(CALLBACKS.length, 4);
});
