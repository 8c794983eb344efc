// A visitor who logs out: their last events still reach their own session, and nothing of them reaches the next one.
import assert from "node:assert/strict";
import { openLoader } from "../loaders/open.mjs";
import { rows } from "../loaders/vendors.mjs";
import { test } from "node:test";
import { siteTest, visit, WAYS } from "../site.mjs";
import { everyEngine } from "./engines.mjs";
import { arrive, codes, heard, sessions, settled, words } from "./sessions.mjs";

const ADA = { name: "Ada", email: "ada@shop.test" };

/** What a site does when the visitor logs out, in one tick, and what the one who logs out does last. */
const LOGOUTS = {
  "page, reset": [(a) => (a.page("Logout"), a.reset()), ["update"]],
  "track, reset": [(a) => (a.track("Logged Out"), a.reset()), ["Logged Out"]],
  "identify, reset": [(a) => (a.identify("u-1", { phone: "+49" }), a.reset()), ["update"]],
  "group, reset": [(a) => (a.group("g-1", { name: "Acme" }), a.reset()), ["update"]],
  "page, two microtasks, reset": [async (a) => (a.page("Logout"), await null, await null, a.reset()), ["update"]],
};

const familyRows = ["Customer.io, remote plugin", "Customer.io, plugins", "Customer.io, pre-seeded cioanalytics"];

const vendorTest = (title, name, work) =>
  test(`${title} (${name})`, { timeout: 60_000 }, async () => {
    const site = await openLoader(
      rows.find(({ title }) => title === name),
      { settings: { appId: "abc123" } },
    );
    await visit(site, async (site) => {
      await site.run(() => site.ready());
      await work(site);
    });
  });

/** The same test in Segment's loader, each way, and in Customer.io's. `window.loader()` is where events are called. */
const everyLoader = (title, work) => {
  for (const way of WAYS) {
    siteTest(`${title} (Segment, ${way})`, { way }, async (site) => {
      await site.run(() => void (window.loader = () => analytics));
      await work(site);
    });
  }
  for (const name of familyRows) {
    vendorTest(title, name, async (site) => {
      await site.run(() => void (window.loader = site.loader));
      await work(site);
    });
  }
};

/** Runs a step, which may not refer to anything of this file, on the page with the loader. */
const step = (site, work) => site.run(`(${work})(loader())`);

const noOneElse = (calls) => {
  const end = words(calls).indexOf("shutdown");
  assert.ok(end > 0, `no shutdown in ${words(calls)}`);
  assert.doesNotMatch(JSON.stringify(calls.slice(end)), /u-1|Ada|ada@|Acme|\+49/);
};

for (const [title, [logout, last]] of Object.entries(LOGOUTS)) {
  everyLoader(`${title}: what the visitor did last is theirs, and nothing of them comes after the shutdown`, async (site) => {
    await site.run((ada) => loader().identify("u-1", ada), ADA);
    await step(site, logout);
    const calls = await heard(site, 5);
    assert.deepEqual(words(calls), ["boot", "update", ...last, "shutdown", "boot"]);
    assert.equal(calls[1][1].user_id, "u-1");
    noOneElse(calls);
    assert.deepEqual(await settled(site), calls);
    assert.deepEqual(codes(site), []);
  });
}

everyLoader("identify, reset, page and identify of the next visitor in one tick are two visitors", async (site) => {
  await step(site, (a) => {
    a.identify("u-1", { name: "Ada" });
    a.reset();
    a.page();
    a.identify("u-2", { email: "bob@shop.test" });
  });
  const { all, lost } = sessions(await heard(site, 6));
  assert.deepEqual(lost, []);
  assert.deepEqual(
    all.map(({ person }) => person),
    [
      { user_id: "u-1", name: "Ada" },
      { user_id: "u-2", email: "bob@shop.test" },
    ],
  );
  noOneElse(await settled(site));
});

everyLoader("everything at once: each of three visitors hears of their own events only", async (site) => {
  await step(site, async (a) => {
    for (const id of ["u-1", "u-2", "u-3"]) {
      a.identify(id, { name: `Name of ${id}` });
      a.track(`Seen by ${id}`);
      await a.track(`Left by ${id}`);
      a.reset();
    }
    a.track("Seen by nobody");
  });
  await heard(site, 15);
  const { all, lost } = sessions(await settled(site));
  assert.deepEqual(lost, []);
  assert.deepEqual(all, [
    ...["u-1", "u-2", "u-3"].map((id) => ({
      person: { user_id: id, name: `Name of ${id}` },
      events: [`Seen by ${id}`, `Left by ${id}`],
    })),
    { person: {}, events: ["Seen by nobody"] },
  ]);
});

const getanalytics = {
  "page, reset": (a) => (a.page("Logout"), a.reset()),
  "track, reset": (a) => (a.track("Logged Out"), a.reset()),
  "reset, page": (a) => (a.reset(), a.page("Home")),
  "reset, a microtask, page": async (a) => (a.reset(), await null, a.page("Home")),
  "reset, page, identify of the next visitor": (a) => (a.reset(), a.page("Home"), a.identify("u-2", { name: "Bob" })),
};

for (const [title, logout] of Object.entries(getanalytics)) {
  vendorTest(`${title}: nothing of the visitor comes after the shutdown`, "analytics, plugins", async (site) => {
    await site.run((ada) => site.loader().identify("u-1", ada), ADA);
    await site.run(`(${logout})(site.loader())`);
    await heard(site, 4);
    const calls = await settled(site);
    noOneElse(calls);
    assert.equal(words(calls).filter((word) => word === "shutdown").length, 1);
    const { all, lost } = sessions(calls);
    assert.deepEqual(lost, []);
    assert.deepEqual([all.length, all[0].person.user_id], [2, "u-1"]);
    if (title.startsWith("track")) assert.deepEqual(all[0].events, ["Logged Out"]);
    if (title.includes("next")) assert.deepEqual(all[1].person, { user_id: "u-2", name: "Bob" });
  });
}

siteTest("a shutdown waits for the last events no longer than a moment", {}, async (site) => {
  const waited = await site.run(async () => {
    await analytics.identify("u-1");
    while (!window.__widget) await new Promise((done) => setTimeout(done, 10));
    const start = performance.now();
    await analytics.reset();
    while (!__calls.some(([method]) => method === "shutdown")) await new Promise((done) => setTimeout(done, 5));
    return performance.now() - start;
  });
  assert.ok(waited < 1000, `${waited} ms`);
  assert.deepEqual(words(await site.calls()), ["boot", "update", "shutdown", "boot"]);
});

siteTest("a visitor who logs out and leaves the page is shut down before it is gone", {}, async (site) => {
  await site.run(async () => {
    await analytics.identify("u-1");
    while (!window.__widget) await new Promise((done) => setTimeout(done, 10));
    window.__onCall = (method) => (sessionStorage.heard = `${sessionStorage.heard ?? ""} ${method}`);
    analytics.track("Logged Out");
    analytics.reset();
    setTimeout(() => location.assign("/elsewhere"));
  });
  await site.page.waitForURL("**/elsewhere");
  assert.equal(await site.run(() => sessionStorage.heard), " trackEvent shutdown boot");
});

everyEngine("a reset while the widget is on its way keeps the order of visitors", { widget: { held: true } }, async (site) => {
  await site.run(() => {
    analytics.identify("u-1", { name: "Ada" });
    analytics.track("Logged Out");
    analytics.reset();
  });
  await arrive(site);
  await heard(site, 5);
  assert.deepEqual(words(await settled(site)), ["boot", "update", "Logged Out", "shutdown", "boot"]);
});
