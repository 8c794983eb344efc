// Pages and browsers in which something is missing that scripts are used to: docs/security.md says what happens.
import assert from "node:assert/strict";
import { siteTest } from "../site.mjs";

/** A page that has deleted these names before our script; Safari never had some. */
const without = (...names) => ({
  way: "none",
  html: `<!doctype html><title>Shop</title><h1>Shop</h1><script>
    var root = window;
    ${JSON.stringify(names)}.forEach(function (name) { if (name in root && !delete root[name]) throw new Error(name + " stays"); });
  </script><script src="https://cdn.shop.test/intercom-destination.umd.js"></script>`,
});

const deliver = (site) =>
  site.run(async () => {
    const plugins = await intercomDestination({ appId: "abc123" });
    for (const plugin of plugins) await plugin.load({}, {});
    plugins[0].track({ event: { type: "track", event: "Seen", properties: { at: "Jan 2, 2020", total: 3 } } });
    plugins[1].identify({ event: { type: "identify", userId: "u-1", traits: { name: "Ada", email: "ada@example.com" } } });
    return !!window.intercomDestinationParts?.fallback;
  });

const delivered = async (site) => (await site.calls()).map(([method]) => method);

for (const names of [
  ["structuredClone"],
  ["queueMicrotask"],
  ["structuredClone", "queueMicrotask", "requestIdleCallback", "AbortController", "fetch"],
]) {
  siteTest(`events are delivered without ${names.join(", ")}`, without(...names), async (site) => {
    assert.equal(await deliver(site), false);
    assert.deepEqual(await delivered(site), ["boot", "trackEvent", "update"]);
    assert.deepEqual(site.warnings(), []);
  });
}

siteTest("events are delivered without WebAssembly, by the fallback", without("WebAssembly"), async (site) => {
  assert.equal(await deliver(site), true);
  assert.deepEqual(await delivered(site), ["boot", "trackEvent", "update"]);
  assert.deepEqual(site.warnings(), []);
});

siteTest(
  "without WebAssembly and the fallback, the error has a code",
  { ...without("WebAssembly"), routes: [[/fallback\.js$/, (route) => route.abort()]] },
  async (site) => {
    assert.equal(await site.run(() => intercomDestination({ appId: "abc123" }).catch(({ code }) => code)), "engine_blocked");
    assert.deepEqual(site.network.widgetRequests, []);
  },
);

for (const name of ["TextEncoder", "TextDecoder"]) {
  siteTest(`without ${name} the script does not start, and the rest of the page does`, without(name), async (site) => {
    assert.equal(await site.run(() => typeof intercomDestination), "undefined");
    assert.match(site.errors.splice(0).join("\n"), new RegExp(`${name}|Script error`));
    assert.equal(await site.run(() => document.querySelector("h1").textContent), "Shop");
    assert.deepEqual(site.network.widgetRequests, []);
  });
}

// The browser's driver needs globalThis itself, so the page gets it back.
const withoutGlobalThis = {
  way: "none",
  html: `<!doctype html><title>Shop</title><h1>Shop</h1><script>delete globalThis.globalThis</script>
    <script src="https://cdn.shop.test/intercom-destination.umd.js"></script><script>
    window.said = typeof intercomDestination === "undefined" ? "no script" :
      intercomDestination({ appId: "abc123" }).then(function () { return "made" }, String).then(function (said) { window.globalThis = window; return said });
  </script>`,
};

siteTest("without globalThis the plugin can't be made, and its promise says so", withoutGlobalThis, async (site) => {
  assert.match(await site.page.evaluate("window.said"), /^IntercomDestinationError: .*ReferenceError/);
  assert.deepEqual(site.network.widgetRequests, []);
});
