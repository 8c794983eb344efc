// The same test on every build of the engine: WebAssembly, and JavaScript where a page or a browser has no WebAssembly.
import assert from "node:assert/strict";
import { siteTest } from "../site.mjs";
import { tried } from "../tried.mjs";

export const ENGINES = tried("TEST_ENGINES", {
  WebAssembly: {},
  "JavaScript, WebAssembly forbidden": { headers: { "content-security-policy": "script-src 'unsafe-inline' https:" } },
  "JavaScript, WebAssembly missing": { first: () => delete window.WebAssembly },
});

/** One test for each engine, on a page of its own, which has to be the engine that ran. */
export function everyEngine(title, options, work) {
  for (const [engine, { first = [], ...rest }] of Object.entries(ENGINES)) {
    siteTest(`${title} (${engine})`, { ...options, ...rest, first: [first, options.first ?? []].flat() }, async (site) => {
      await work(site, engine);
      const hasFallback = await site.run(() => !!window.intercomDestinationParts?.fallback);
      assert.equal(hasFallback, engine !== "WebAssembly", "the engine that ran");
    });
  }
}
