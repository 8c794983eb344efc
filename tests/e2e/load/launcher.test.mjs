// The launcher that stands in for Intercom's own until the widget is there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chosen } from "../../../scripts/browser.mjs";
import { siteTest, until } from "../site.mjs";
import { heard } from "../reliability/sessions.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const BUTTON = "button[aria-haspopup=dialog]";
const launcher = { appId: "abc123", load: "launcher" };

const button = async (site) => {
  const found = site.page.locator(BUTTON);
  await found.waitFor({ state: "visible" });
  return found;
};

const withSettings = (settings) => `window.intercomSettings = ${JSON.stringify(settings)}`;
const pageWith = (settings) => ({ settings: launcher, first: new Function(withSettings(settings)) });

for (const colorScheme of ["light", "dark"]) {
  siteTest(`axe finds nothing, ${colorScheme}`, { settings: launcher, page: { colorScheme } }, async (site) => {
    await button(site);
    await site.page.addScriptTag({ content: axe });
    const { violations } = await site.run(() => window.axe.run("button", { resultTypes: ["violations"] }));
    assert.deepEqual(
      violations.map(({ id }) => id),
      [],
    );
  });
}

siteTest("it is where Intercom's is, and moves nothing", { settings: launcher }, async (site) => {
  const { x, y, width, height } = await (await button(site)).boundingBox();
  const { width: w, height: h } = site.page.viewportSize();
  assert.deepEqual([w - x - width, h - y - height, width, height], [20, 20, 48, 48]);
  assert.equal(await site.page.locator(BUTTON).evaluate((found) => getComputedStyle(found).backgroundColor), "rgb(0, 113, 178)");
  const shift = await site.run(
    () =>
      new Promise((done) => {
        let sum = 0;
        if (!PerformanceObserver.supportedEntryTypes.includes("layout-shift")) return done(0);
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value))).observe({
          type: "layout-shift",
          buffered: true,
        });
        setTimeout(() => done(sum), 300);
      }),
  );
  assert.equal(shift, 0);
});

siteTest(
  "alignment, paddings, colour and stacking are those of the page's settings",
  pageWith({ app_id: "abc123", alignment: "left", horizontal_padding: 33, vertical_padding: 44, background_color: "#123456", z_index: 77 }),
  async (site) => {
    const found = await button(site);
    const { x, y, height } = await found.boundingBox();
    assert.deepEqual([x, site.page.viewportSize().height - y - height], [33, 44]);
    const { zIndex, backgroundColor } = await found.evaluate((found) => {
      const { zIndex, backgroundColor } = getComputedStyle(found);
      return { zIndex, backgroundColor };
    });
    assert.deepEqual([zIndex, backgroundColor], ["77", "rgb(18, 52, 86)"]);
  },
);

siteTest("a colour that is none leaves the usual one", pageWith({ app_id: "abc123", background_color: "no colour" }), async (site) => {
  assert.equal(await (await button(site)).evaluate((found) => getComputedStyle(found).backgroundColor), "rgb(0, 113, 178)");
});

siteTest(
  "in a page from right to left it is on the left",
  { settings: launcher, first: () => document.documentElement.setAttribute("dir", "rtl") },
  async (site) => {
    assert.equal((await (await button(site)).boundingBox()).x, 20);
  },
);

siteTest("the keyboard reaches it, and Enter opens the Messenger", { settings: launcher }, async (site) => {
  await button(site);
  await site.page.keyboard.press("Tab");
  assert.equal(await site.run(() => document.activeElement.ariaLabel), "Open Intercom Messenger");
  assert.notEqual(await site.run(() => getComputedStyle(document.activeElement).outlineStyle), "none");
  await site.page.keyboard.press("Enter");
  assert.deepEqual(
    (await heard(site, 2)).map(([method]) => method),
    ["boot", "show"],
  );
});

siteTest("a click shows progress at once, and opens the Messenger once", { settings: launcher, widget: { held: true } }, async (site) => {
  const found = await button(site);
  await found.click();
  assert.equal(await found.getAttribute("aria-busy"), "true");
  assert.equal(await found.evaluate((found) => found.getAnimations().length), 1);
  await found.click();
  await until(() => site.network.widgetRequests.length > 0);
  site.release();
  assert.deepEqual(
    (await heard(site, 2)).map(([method]) => method),
    ["boot", "show"],
  );
});

// Firefox's driver cannot ask for it.
const reduced =
  chosen !== "chromium" ? { first: () => (window.matchMedia = () => ({ matches: true })) } : { page: { reducedMotion: "reduce" } };
siteTest("with reduced motion nothing moves", { settings: launcher, widget: { held: true }, ...reduced }, async (site) => {
  const found = await button(site);
  await found.click();
  assert.equal(await found.getAttribute("aria-busy"), "true");
  assert.equal(await found.evaluate((found) => found.getAnimations().length), 0);
});

siteTest("it stays until Intercom's own is there", { settings: launcher }, async (site) => {
  const found = await button(site);
  // It would leave by itself after a time, which a busy machine may take to here.
  await site.run(() => void (performance.now = () => 0));
  await found.click();
  await heard(site, 2);
  assert.equal(await found.count(), 1);
  await site.run(() => document.body.append(Object.assign(document.createElement("div"), { className: "intercom-launcher" })));
  await site.passes(1000);
  assert.equal(await found.count(), 0);
});

siteTest("it leaves by itself where Intercom shows none", { settings: launcher }, async (site) => {
  const found = await button(site);
  // Each look at the clock is two seconds later.
  await site.run(() => {
    let now = 0;
    performance.now = () => (now += 2000);
  });
  await found.click();
  await found.waitFor({ state: "detached" });
});

siteTest("a widget that cannot come is told where the visitor looks", { settings: launcher, widget: { abort: true } }, async (site) => {
  const found = await button(site);
  await found.click();
  const status = site.page.getByRole("status");
  await status.filter({ hasText: "The Messenger cannot be loaded" }).waitFor({ state: "visible" });
  const { x, width } = await status.boundingBox();
  assert.ok(x >= 0 && x + width <= site.page.viewportSize().width, `from ${x}, ${width} wide`);
  assert.equal(await found.getAttribute("aria-busy"), null);
  assert.match(site.warnings().join(), /widget_unavailable/);
});

siteTest(
  "its texts are the site's",
  {
    settings: { appId: "abc123", load: { when: "launcher", label: "Chat öffnen", failedLabel: "Geht gerade nicht" } },
    widget: { abort: true },
  },
  async (site) => {
    await site.page.getByRole("button", { name: "Chat öffnen" }).click();
    await site.page.getByText("Geht gerade nicht").waitFor({ state: "visible" });
  },
);

siteTest("hidden by the page's settings", pageWith({ app_id: "abc123", hide_default_launcher: true }), async (site) => {
  await site.page.locator(BUTTON).waitFor({ state: "hidden" });
  await until(() => site.run((button) => !!document.querySelector(button), BUTTON));
  assert.equal(await site.page.locator(BUTTON).isVisible(), false);
});

siteTest("hidden and shown by events", { settings: launcher }, async (site) => {
  const found = await button(site);
  await site.run(() => analytics.identify("u-1", { name: "Ada" }, { context: { Intercom: { hideDefaultLauncher: true } } }));
  await found.waitFor({ state: "hidden" });
});

siteTest(
  "an activator of the site's own hides it, and brings and opens the Messenger",
  { settings: { ...launcher, activator: "#help" } },
  async (site) => {
    await site.run(() => (document.body.innerHTML += '<a id="help" href="#"><b>Help</b></a>'));
    await until(() => site.run((button) => !!document.querySelector(button), BUTTON));
    assert.equal(await site.page.locator(BUTTON).isVisible(), false);
    await site.page.locator("#help b").click();
    assert.deepEqual(
      (await heard(site, 2)).map(([method]) => method),
      ["boot", "show"],
    );
  },
);

const unloadEarly = () => {
  window.it = intercomDestination.plugin({ appId: "abc123", load: "launcher" });
  window.loader = {};
  it.load({}, loader);
  const unload = async () => {
    await it.unload({}, loader);
    await fetch("https://shop.test/unloaded");
  };
  const waiting = setInterval(() => {
    if (!window.intercomDestinationParts?.load) return;
    clearInterval(waiting);
    setTimeout(unload, 50);
  }, 10);
};
let unloaded;
const isUnloaded = new Promise((done) => (unloaded = done));

siteTest(
  "a destination that closes before the page has a body leaves no launcher on it",
  {
    way: "none",
    html: `<!doctype html><html lang="en"><head><title>Shop</title><script src="https://cdn.shop.test/intercom-destination.umd.js"></script>
      <script>(${unloadEarly})()</script><script src="https://shop.test/slow.js"></script></head><body><h1>Shop</h1></body></html>`,
    routes: [
      ["https://shop.test/unloaded", (route) => route.fulfill({ status: 204 }).then(unloaded)],
      [
        "https://shop.test/slow.js",
        async (route) => {
          await isUnloaded;
          await route.fulfill({ contentType: "text/javascript", body: "window.hadBody = !!document.body" });
        },
      ],
    ],
  },
  async (site) => {
    await until(() => site.run(() => document.readyState === "complete"));
    assert.equal(await site.run(() => window.hadBody), false);
    assert.equal(await site.page.locator(BUTTON).count(), 0);
  },
);

siteTest(
  "a policy that allows no inline styles allows it",
  { settings: launcher, headers: { "content-security-policy": "style-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' https:" } },
  async (site) => {
    const { width } = await (await button(site)).boundingBox();
    assert.equal(width, 48);
    assert.deepEqual(
      site.console.filter(({ text }) => /style/.test(text)),
      [],
    );
  },
);
