// The inspector in a page: the same file as in Node, under a strict policy, and with what only a page can tell.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../../scripts/command.mjs";
import { siteTest } from "./site.mjs";

const served = [
  /^https:\/\/shop\.test\/pkg\//,
  (route) =>
    route.fulfill({ contentType: "text/javascript", body: readFileSync(join(root, "pkg", basename(route.request().url())), "utf8") }),
];
const html = "<!doctype html><title>Inspect</title><h1>Inspect</h1>";
const page = { way: "none", html, routes: [served] };
// No request but for the scripts themselves: neither of the wasm nor of a data address.
const strict = { "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'" };

const inspected = (site, settings, event) =>
  site.page.evaluate(
    async ([settings, event]) => {
      const { createInspector } = await import("/pkg/intercom-destination.inspect.js");
      const { check, inspect } = await createInspector(settings);
      const { calls } = inspect(event);
      return {
        usable: check.usable,
        works: check.subscriptions.map(({ works }) => works),
        problems: check.problems.map(({ code, path }) => [code, ...path]),
        calls,
      };
    },
    [settings, event],
  );

siteTest("the inspector runs in a page that allows its own scripts and wasm only", { ...page, headers: strict }, async (site) => {
  const { usable, problems, calls } = await inspected(
    site,
    { appId: "abc123" },
    { type: "track", event: "Order", properties: { revenue: 19.99 } },
  );
  assert.deepEqual(
    { usable, problems, calls },
    { usable: true, problems: [], calls: [["trackEvent", "Order", { price: { amount: 1999, currency: "USD" } }]] },
  );
});

siteTest("Liquid comes from beside the inspector", page, async (site) => {
  const mapping = { event_name: { "@liquid": "{{ event | upcase }}" } };
  const subscriptions = [{ partnerAction: "trackEvent", enabled: true, subscribe: 'type = "track"', mapping }];
  const { calls } = await inspected(site, { appId: "abc123", subscriptions }, { type: "track", event: "Order" });
  assert.deepEqual(calls, [["trackEvent", "ORDER", {}]]);
});

siteTest("in a page the activator is tried as a selector, as the plugin does", page, async (site) => {
  const event = { type: "track", event: "Order" };
  const broken = await inspected(site, { appId: "abc123", activator: "#[" }, event);
  assert.deepEqual(broken, { usable: false, works: [false, false, false], problems: [["setting_activator", "activator"]], calls: [] });
  assert.equal((await inspected(site, { appId: "abc123", activator: "#help" }, event)).usable, true);
});
