// The setting `load`: whatever brings the widget, it ends up knowing what it knows with `load: "now"`, and before that nothing is asked of
// Intercom's hosts.
import assert from "node:assert/strict";
import { siteTest, until } from "../site.mjs";
import { codes, heard, sessions, settled } from "../reliability/sessions.mjs";

const BUTTON = "button[aria-haspopup=dialog]";
const ada = { name: "Ada", email: "ada@shop.test" };

/** What a site reports before the widget is wanted. */
const STORIES = {
  "an anonymous visitor": async () => {
    await analytics.page("Home");
    await analytics.track("Seen", { n: 1 });
  },
  "an identified visitor": async (ada) => {
    await analytics.track("Seen");
    await analytics.identify("u-1", ada);
    await analytics.group("g-1", { name: "Acme" });
    await analytics.track("Bought", { revenue: 19.99 });
    await analytics.identify("u-1", { plan: "gold" });
  },
  "a visitor who logs out, and the next one": async (ada) => {
    await analytics.identify("u-1", ada);
    await analytics.track("Logged Out");
    await analytics.reset();
    await analytics.track("Home");
    await analytics.identify("u-2", { name: "Bob" });
  },
  "a user who follows another without a reset": async (ada) => {
    await analytics.identify("u-1", ada);
    await analytics.track("First");
    await analytics.identify("u-2", { name: "Bob" });
    await analytics.track("Second");
  },
};

/** How the widget is brought. */
const WAYS = {
  interaction: (site) => site.page.keyboard.press("Tab"),
  launcher: (site) => site.page.locator(BUTTON).click(),
  "the page's own call": (site) => site.run(() => window.Intercom("showArticle", 7)),
};

const visible = (site) => site.page.locator(BUTTON).waitFor({ state: "visible" });
/** Sessions of one visitor each, without what the page itself called. */
const known = (calls) => sessions(split(calls.filter(([method]) => !/^show/.test(method)))).all.filter(isWorth);
const isWorth = ({ person, events }) => Object.keys(person).length > 0 || events.length > 0;

/** Another user's update begins a session of its own, as Intercom has it. */
function split(calls) {
  let user;
  return calls.flatMap((call) => {
    const [method, payload] = call;
    if (method === "shutdown") user = undefined;
    const named = payload?.user_id;
    const isOther = method === "update" && user !== undefined && named !== undefined && named !== user;
    if (method === "boot" || method === "update") user = named ?? user;
    return isOther ? [["shutdown"], ["boot", {}], call] : [call];
  });
}

async function told(site, story) {
  await site.run(STORIES[story], ada);
  await site.passes(300);
}

const expected = {};

for (const story of Object.keys(STORIES)) {
  siteTest(`now: ${story}`, {}, async (site) => {
    await told(site, story);
    await site.calls();
    expected[story] = known(await settled(site));
    assert.ok(expected[story].length > 0);
  });

  for (const [way, bring] of Object.entries(WAYS)) {
    const load = way === "interaction" ? way : "launcher";
    siteTest(`${way}: ${story}`, { settings: { appId: "abc123", load } }, async (site) => {
      await told(site, story);
      await visible(site);
      assert.deepEqual(site.network.widgetRequests, []);
      await bring(site);
      await site.calls();
      const calls = await settled(site);
      assert.deepEqual(known(calls), expected[story]);
      // Who the visitor is is said by `boot` itself, and nothing is said twice.
      assert.ok(!calls.some(([method]) => method === "update"), JSON.stringify(calls));
      assert.equal(site.network.widgetRequests.length, 1);
      assert.deepEqual(codes(site), []);
    });
  }
}

siteTest("idle: after the page is complete, by itself", { settings: { appId: "abc123", load: "idle" } }, async (site) => {
  await told(site, "an identified visitor");
  await site.calls();
  assert.deepEqual(known(await settled(site)), expected["an identified visitor"]);
  assert.equal(await site.page.locator(BUTTON).count(), 0);
});

siteTest(
  "idle: a thread that is never idle delays it by five seconds at most",
  {
    settings: { appId: "abc123", load: "idle" },
    first: () => {
      window.requestIdleCallback = (work, { timeout }) => setTimeout(work, timeout);
      window.cancelIdleCallback ??= clearTimeout;
    },
  },
  async (site) => {
    const start = performance.now();
    await site.calls();
    const took = performance.now() - start;
    assert.ok(took > 3500 && took < 8000, `${took} ms`);
  },
);

siteTest(
  "then: a visitor who does nothing gets it after that time",
  { settings: { appId: "abc123", load: { when: "launcher", then: 700 } } },
  async (site) => {
    await visible(site);
    assert.deepEqual(site.network.widgetRequests, []);
    await site.calls();
  },
);

const standalone = `<!doctype html><html lang="en"><head><title>Shop</title><script src="https://cdn.shop.test/intercom-destination.umd.js"></script>
  <script>
    window.options = { appId: "abc123", onError: ({ code }) => (window.faults ??= []).push(code) };
  </script></head><body><h1>Shop</h1></body></html>`;
const onPage = { way: "none", html: standalone };

for (const [title, start] of Object.entries({
  "a function that calls what it is given": () => {
    window.it = intercomDestination.standalone({ ...options, load: (load) => (window.go = load) });
  },
  "a function that promises": () => {
    window.it = intercomDestination.standalone({ ...options, load: () => new Promise((done) => (window.go = done)) });
  },
  "a promise": () => {
    window.it = intercomDestination.standalone({ ...options, load: new Promise((done) => (window.go = done)) });
  },
})) {
  siteTest(`${title} says when`, onPage, async (site) => {
    await site.run(start);
    await site.run(async () => {
      await it.ready;
      it.identify("u-1", { name: "Ada" });
    });
    await until(() => site.run(() => !!window.intercomDestinationParts?.load));
    await site.page.waitForTimeout(200);
    assert.deepEqual(site.network.widgetRequests, []);
    await site.run(() => go());
    const calls = await heard(site, 1);
    assert.deepEqual(calls, [["boot", { ...(await site.run(() => intercomSettings)), user_id: "u-1", name: "Ada" }]]);
  });
}

for (const [title, start] of Object.entries({
  throws: () => intercomDestination.standalone({ ...options, load: () => JSON.parse("{") }),
  rejects: () => intercomDestination.standalone({ ...options, load: () => Promise.reject(new Error("no")) }),
  "is neither a function nor a promise": () => intercomDestination.standalone({ ...options, load: new Map() }),
})) {
  siteTest(`a load that ${title} is reported, and the widget comes at once`, onPage, async (site) => {
    await site.run(start);
    await site.calls();
    assert.deepEqual(await site.run(() => window.faults), ["load_failed"]);
  });
}

siteTest(
  "where the file that waits is blocked, the widget comes at once",
  {
    settings: { appId: "abc123", load: "launcher" },
    routes: [[/intercom-destination\.load\.js$/, (route) => route.abort("blockedbyclient")]],
  },
  async (site) => {
    await site.calls();
    assert.deepEqual(codes(site), ["load_unavailable"]);
  },
);

siteTest("another value is refused with its name", onPage, async (site) => {
  for (const load of ["soon", 7, { when: "launcher", then: "7" }, { when: { when: "idle" } }]) {
    const message = await site.run(async (load) => {
      const faults = [];
      await intercomDestination.standalone({ ...options, load, onError: (error) => faults.push(error.message) }).ready;
      while (!faults.length) await new Promise((done) => setTimeout(done, 10));
      return faults.join();
    }, load);
    assert.match(message, /^load: expected now, idle/);
  }
});

siteTest("closed before it is wanted: nothing is left", onPage, async (site) => {
  await site.run(() => {
    window.it = intercomDestination.plugin({ ...options, load: "launcher" });
    window.analytics = { user: () => ({ anonymousId: () => "a-1" }), on: () => {}, off: () => {} };
    return it.load({}, analytics);
  });
  await visible(site);
  await site.run(() => it.unload({}, analytics));
  assert.equal(await site.page.locator(BUTTON).count(), 0);
  assert.deepEqual(await site.queue(), []);
});
