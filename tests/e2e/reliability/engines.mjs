// The same test on every build of the engine: WebAssembly, and JavaScript where a page or a browser has no WebAssembly.
import assert from "node:assert/strict";
import { siteTest } from "../site.mjs";

const ALL = {
  WebAssembly: { name: "wasm" },
  "JavaScript, WebAssembly forbidden": { name: "forbidden", headers: { "content-security-policy": "script-src 'unsafe-inline' https:" } },
  "JavaScript, WebAssembly missing": { name: "missing", first: () => delete window.WebAssembly },
};

// `TEST_ENGINES` names those that are tried.
const only = process.env.TEST_ENGINES?.split(",");
export const ENGINES = Object.fromEntries(Object.entries(ALL).filter(([, { name }]) => !only || only.includes(name)));

/** One test for each engine, on a page of its own, which has to be the engine that ran. */
export function everyEngine(title, options, work) {
  for (const [engine, { name: _name, first = [], ...rest }] of Object.entries(ENGINES)) {
    siteTest(`${title} (${engine})`, { ...options, ...rest, first: [first, options.first ?? []].flat() }, async (site) => {
      await work(site, engine);
      const hasFallback = await site.run(() => !!window.intercomDestinationParts?.fallback);
      assert.equal(hasFallback, engine !== "WebAssembly", "the engine that ran");
    });
  }
}
