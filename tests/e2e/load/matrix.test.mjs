// Each value of the setting `load` with each kind of visitor, and each way in which the widget or the visitor's consent fails: nothing is
// asked of Intercom's hosts before the trigger, and in the end Intercom knows what it knows with `load: "now"`.
import assert from "node:assert/strict";
import { describe } from "node:test";
import { chosen } from "../../../scripts/browser.mjs";
import { DROP_IN } from "../network.mjs";
import { codes, sessions, settled, warned } from "../reliability/sessions.mjs";
import { siteTest, until } from "../site.mjs";
import { tried } from "../tried.mjs";

// Firefox's driver loses pages that are opened while others are closed, and WebKit's has one at a time.
const alongside = { concurrency: chosen === "chromium" ? 7 : 1 };
const BUTTON = "button[aria-haspopup=dialog]";

/** Calls what the page holds back until the test says so. */
const release = (name) => async (site) => {
  await until(() => site.run((name) => !!window[name], name));
  await site.run((name) => window[name](), name);
};

/** The setting as a site writes it, and how its trigger is pulled. */
const LOADS = {
  now: { load: `"now"`, pull: () => {} },
  idle: { load: `"idle"`, pull: release("beIdle") },
  interaction: { load: `"interaction"`, pull: (site) => site.page.keyboard.press("Tab") },
  launcher: { load: `"launcher"`, pull: (site) => site.page.locator(BUTTON).click() },
  then: { load: `{ when: "launcher", then: 1 }`, pull: release("beIdle") },
  "a function": { load: "(load) => void (window.go = load)", pull: release("go") },
  "a promise": { load: "new Promise((done) => (window.go = done))", pull: release("go") },
};

// "now" is always among those that are tried.
const loads = Object.entries(tried("TEST_LOADS", LOADS));

const ACTS = {
  looks: () => {
    it.page("Home");
    it.track("Seen");
  },
  buys: () => {
    it.track("Seen");
    it.identify("u-1", { name: "Ada" });
    it.group("g-1", { name: "Acme" });
    it.track("Bought");
    it.identify("u-1", { plan: "gold" });
  },
  leaves: () => it.reset(),
  isFollowed: () => {
    it.track("Home");
    it.identify("u-2", { name: "Bob" });
  },
  agrees: () => tell(true),
  withdraws: () => {
    tell(false);
    it.track("Later");
  },
};
const act = async (site, names = []) => {
  for (const name of names) {
    if (ACTS[name].toString().includes("tell(")) await until(() => site.run(() => !!window.tell));
    await site.run(ACTS[name]);
  }
};

const asked = (answer) => `{ from: (tell) => { window.tell = tell; return ${answer} } }`;
const heard = async (site) => {
  await site.calls();
  return sessions((await settled(site)).filter(([method]) => method !== "show"));
};
const gone = async (site) => {
  await warned(site, "widget_unavailable");
  // That the visitor wants the Messenger open is no word of theirs.
  assert.deepEqual(
    (await site.queue()).filter(([method]) => method !== "show"),
    [],
  );
  return "nothing";
};

/**
 * What is done before the trigger is pulled and `after` the widget has heard of that; `known` is what Intercom knows then. `consent` is that
 * setting.
 */
const VISITS = {
  "an anonymous visitor": { before: ["looks"] },
  "an identified visitor": { before: ["buys"] },
  "logged out before the trigger": { before: ["buys", "leaves", "isFollowed"] },
  "logged out after it": { before: ["buys"], after: ["leaves", "isFollowed"] },
  "a widget that is blocked": { before: ["buys"], widget: { abort: true }, known: gone },
  "a widget that never answers": { before: ["buys"], widget: { held: true }, known: gone },
  "a widget that answers when it is given up": {
    before: ["buys"],
    widget: { held: true },
    known: async (site) => {
      await gone(site);
      site.release();
      return heard(site);
    },
  },
  "consent that comes late": { before: ["buys", "agrees"], consent: asked("undefined") },
  "consent that is withdrawn": { before: ["buys"], after: ["withdraws"], consent: asked("true") },
};

const html = (
  load,
  consent,
  patience,
) => `<!doctype html><html lang="en"><head><title>Shop</title><script src="${DROP_IN}"></script><script>
  // An idle moment comes when the test says so.
  window.requestIdleCallback = (work) => (window.beIdle = work, 1);
  // Safari has neither.
  window.cancelIdleCallback ??= () => {};
  const it = intercomDestination.standalone({ appId: "abc123", widgetTimeout: ${patience}, consent: ${consent}, load: ${load} });
  </script></head><body><h1>Shop</h1></body></html>`;

const cell = (title, load, { widget, consent = "null" }, work) =>
  siteTest(title, { way: "none", html: html(load, consent, widget ? 600 : 10_000), widget }, work);

/** Until nothing but the trigger is missing. */
async function untouched(site, isAgreed = true) {
  if (isAgreed) await until(() => site.run(() => !!window.intercomDestinationParts?.load));
  await site.page.waitForTimeout(150);
  assert.deepEqual(site.network.widgetRequests, []);
}

for (const [visit, { before, after, known = heard, ...rest }] of Object.entries(VISITS)) {
  describe(visit, alongside, () => {
    let end;
    const first = new Promise((done) => (end = done));
    for (const [name, { load, pull }] of loads) {
      cell(name, load, rest, async (site) => {
        const isNow = name === "now";
        try {
          await act(site, before);
          if (!isNow) await untouched(site);
          await pull(site);
          let result = await known(site);
          if (after) {
            await act(site, after);
            result = await heard(site);
          }
          const state = { result, codes: codes(site), requests: site.network.widgetRequests.length };
          if (isNow) end(state);
          else assert.deepEqual(state, await first);
          assert.ok(
            result === "nothing" || result.all.some(({ events }) => events.includes("Seen")) || known !== heard,
            JSON.stringify(result),
          );
        } finally {
          end();
        }
      });
    }
  });
}

describe("consent that is withdrawn before the trigger: nothing is loaded, and the trigger brings nothing", alongside, () => {
  for (const [name, { load, pull }] of loads.slice(1)) {
    cell(name, load, { consent: asked("true") }, async (site) => {
      await act(site, ["buys"]);
      await untouched(site);
      await act(site, ["withdraws"]);
      await until(() => site.run(() => !window.Intercom?.q?.length));
      if (name === "launcher") assert.equal(await site.page.locator(BUTTON).count(), 0);
      else await pull(site);
      await untouched(site);
      assert.deepEqual(codes(site), []);
    });
  }
});
