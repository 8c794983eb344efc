// Policies that a site sends, and settings that someone else may have written.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { siteTest } from "../site.mjs";
import { tally } from "./tally.mjs";

const csp = (policy) => ({ headers: { "content-security-policy": policy } });
const nonce = "cmFuZG9t";
const widget = "https://widget.intercom.io";

/** A page with only the drop-in, whose script tags carry the nonce; gives what became of it. */
const run = (site, settings = {}) =>
  site.run(async (settings) => {
    const made = await intercomDestination({ appId: "abc123", ...settings }).catch(({ code, message }) => ({ code, message }));
    if (made.code) return made;
    for (const plugin of made) await plugin.load({}, {});
    made[0].track({ event: { type: "track", event: "Seen", properties: {} } });
    return { fallback: !!window.intercomDestinationParts?.fallback };
  }, settings);
const page = (attributes = "") =>
  `<!doctype html><title>Shop</title><h1>Shop</h1><script ${attributes} src="https://cdn.shop.test/intercom-destination.umd.js"></script>`;
const html = (policy, attributes) => ({ way: "none", html: page(attributes), ...csp(policy) });

// A policy, what the script tag carries, our settings, and whether the engine has to be the JavaScript one.
const allowed = {
  "a nonce with strict-dynamic": [`script-src 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'`, `nonce="${nonce}"`, {}, false],
  "a nonce with strict-dynamic, without WebAssembly": [`script-src 'nonce-${nonce}' 'strict-dynamic'`, `nonce="${nonce}"`, {}, true],
  "a nonce alone": [`script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`, `nonce="${nonce}"`, { nonce }, false],
  "a nonce alone that only the script's own tag tells": [`script-src 'nonce-${nonce}'`, `nonce="${nonce}"`, {}, true],
  "a nonce alone, without WebAssembly": [`script-src 'nonce-${nonce}'`, `nonce="${nonce}"`, { nonce }, true],
  "an allow-list": [`script-src https://cdn.shop.test ${widget} 'wasm-unsafe-eval'`, "", {}, false],
  "Intercom's own allow-list": [
    `script-src https://cdn.shop.test https://app.intercom.io ${widget} https://js.intercomcdn.com`,
    "",
    {},
    true,
  ],
  "unsafe-eval": [`script-src https: 'unsafe-eval'`, "", {}, false],
  "no connections at all": [`default-src 'none'; script-src https://cdn.shop.test ${widget} 'wasm-unsafe-eval'`, "", {}, false],
  "Trusted Types, our policy allowed": [`require-trusted-types-for 'script'; trusted-types intercom-destination`, "", {}, false],
  "Trusted Types, any policy allowed": [`require-trusted-types-for 'script'`, "", {}, false],
  "Trusted Types, our policy allowed, without WebAssembly": [
    `require-trusted-types-for 'script'; trusted-types intercom-destination; script-src https:`,
    "",
    {},
    true,
  ],
};

// The policies that docs/security.md has for sites to paste.
const reviewersPage = readFileSync(new URL("../../../docs/security.md", import.meta.url), "utf8");
const pasted = [...reviewersPage.matchAll(/```text\n((?:script-src|require-trusted-types-for) .*)\n```/g)].map(([, policy]) => policy);
assert.equal(pasted.length, 4);
const [types] = pasted.filter((policy) => policy.startsWith("require-"));
for (const pastedPolicy of pasted) {
  const hasTypes = pastedPolicy === types;
  const policy = pastedPolicy.replace("https://your.cdn", "https://cdn.shop.test");
  const attributes = policy.includes(nonce) ? `nonce="${nonce}"` : "";
  const isFallback = !hasTypes && !policy.includes("'wasm-unsafe-eval'");
  allowed[`the page's policy ${pastedPolicy}`] = [policy, attributes, {}, isFallback];
  if (!hasTypes) allowed[`the page's policy ${pastedPolicy}, and ${types}`] = [`${policy}; ${types}`, attributes, {}, isFallback];
}

for (const [title, [policy, attributes, settings, isFallback]] of Object.entries(allowed)) {
  siteTest(`it works under ${title}`, html(policy, attributes), async (site) => {
    assert.deepEqual(await run(site, settings), { fallback: isFallback });
    assert.deepEqual(
      (await site.calls()).map(([method]) => method),
      ["boot", "trackEvent"],
    );
    assert.deepEqual(site.warnings(), []);
  });
}

siteTest(
  "where WebAssembly and the other build are both blocked, one error says which word is missing",
  html("script-src 'sha256-AAAA' 'unsafe-inline' https://cdn.shop.test/intercom-destination.umd.js"),
  async (site) => {
    const { code, message } = await run(site);
    assert.equal(code, "engine_blocked");
    assert.match(message, /'wasm-unsafe-eval' to the script-src/);
    assert.deepEqual(site.network.widgetRequests, []);
  },
);

siteTest(
  "where the other build never comes, the error comes in time",
  { ...html("script-src https:"), routes: [[/fallback\.js$/, () => new Promise(() => {})]] },
  async (site) => {
    const start = performance.now();
    assert.equal((await run(site)).code, "engine_blocked");
    const waited = performance.now() - start;
    assert.ok(waited > 9000 && waited < 15000, `${waited} ms`);
  },
);

siteTest(
  "a widget that the policy forbids is reported with that cause",
  html("script-src https://cdn.shop.test 'wasm-unsafe-eval'"),
  async (site) => {
    await run(site);
    while (site.warnings().length === 0) await site.page.waitForTimeout(20);
    assert.match(site.warnings().join("\n"), /Content-Security-Policy does not allow widget\.intercom\.io \(widget_unavailable\)$/);
  },
);

siteTest(
  "Trusted Types without our policy cost the widget, not the page",
  html("require-trusted-types-for 'script'; trusted-types other"),
  async (site) => {
    assert.deepEqual(await run(site), { fallback: false });
    while (site.warnings().length === 0) await site.page.waitForTimeout(20);
    assert.match(
      site.warnings().join("\n"),
      /Trusted Types do not allow the policy "intercom-destination": see docs\/errors\.md \(widget_unavailable\)$/,
    );
  },
);

siteTest("the nonce goes onto the injected script", html("script-src https: 'wasm-unsafe-eval'"), async (site) => {
  await run(site, { nonce });
  await site.calls();
  assert.equal(await site.run(() => document.querySelector("script[src*='intercom.io']").nonce), nonce);
});

const bad = {
  appId: [
    "../../evil",
    "a/b",
    "a?b=c",
    "a#b",
    "a b",
    'a"><img src=x onerror=alert(1)>',
    "a\nb",
    "a%2fb",
    "\u0430bc",
    "x".repeat(1e6),
    "",
    "https://evil.test/",
  ],
  apiBase: [
    "javascript:alert(1)",
    "http://api-iam.intercom.io",
    "//evil.test",
    "https://",
    'https://evil.test"><script>',
    "https://user@evil.test",
    "https://evil.test?x",
    "https://evil.test#x",
    "data:text/html,x",
    "https:///x",
  ],
  activator: [":has(((", "##", "a{color:red}", '"><img src=x onerror=alert(1)>', "[", ">", "1", "a[b=", "x\u0000,"],
};

siteTest(
  "no setting can be made into an address, an attribute or a selector that it is not",
  { way: "none", html: page() },
  async (site) => {
    const tried = Object.values(bad).flat().length;
    for (const [key, values] of Object.entries(bad)) {
      for (const value of values) {
        const { code, message } = await run(site, { [key]: value });
        assert.match(code ?? "taken", key === "activator" ? /^setting_activator$/ : /^setting_/, `${key}: ${value.slice(0, 40)}`);
        assert.ok(message.length < 200);
      }
    }
    assert.deepEqual(site.network.widgetRequests, []);
    // The drop-in, and the file with the sentences.
    assert.equal(await site.run(() => document.querySelectorAll("img, script").length), 2);
    tally("settings injection", { "bad settings tried": tried, refused: tried, requests: 0 });
  },
);

siteTest("selectors that are some are taken", { way: "none", html: page() }, async (site) => {
  for (const activator of ["#help", ".a > b:not(.c)", "[data-a='\"<']", "a, b", `#${"x".repeat(1e6)}`]) {
    const made = await site.run(async (activator) => (await intercomDestination({ appId: "abc123", activator })).length, activator);
    assert.equal(made, 3, activator.slice(0, 20));
  }
});

siteTest("nothing is stored in the browser, and nothing is put onto the page but scripts", { way: "none", html: page() }, async (site) => {
  await run(site);
  await site.calls();
  const found = await site.run(async () => ({
    cookie: document.cookie,
    local: localStorage.length,
    session: sessionStorage.length,
    databases: ((await indexedDB.databases?.()) ?? []).length,
    caches: (await globalThis.caches?.keys())?.length ?? 0,
    elements: [...document.querySelectorAll("body *, head *")].map(({ tagName }) => tagName).sort(),
  }));
  const { elements, ...stored } = found;
  assert.deepEqual(stored, { cookie: "", local: 0, session: 0, databases: 0, caches: 0 });
  assert.deepEqual([...new Set(elements)], ["H1", "SCRIPT", "TITLE"]);
});
