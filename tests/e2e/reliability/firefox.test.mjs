// The built scripts in Firefox, when there is one: hostile events and a policy that forbids WebAssembly. It needs no driver, as the page
// itself does the work and posts what it found.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { executablePath } from "../../../scripts/browser.mjs";
import { root } from "../../../scripts/command.mjs";
import { defineHostile, greedy } from "./hostile.mjs";
import { lookAtCalls, sendRandom } from "./random.mjs";
import { tally } from "./tally.mjs";

const firefox = executablePath("firefox");
const EVENTS = 5000;
const SEED = 20261121;
const engines = { "WebAssembly": "script-src 'unsafe-inline' 'self' 'wasm-unsafe-eval'", "JavaScript, WebAssembly forbidden": "script-src 'unsafe-inline' 'self'" };
const preferences = { "browser.shell.checkDefaultBrowser": false, "datareporting.policy.dataSubmissionEnabled": false, "app.update.enabled": false, "browser.startup.homepage_override.mstone": "ignore", "network.captive-portal-service.enabled": false, "network.connectivity-service.enabled": false };

const page = `<!doctype html><title>Shop</title><script>
  window.errors = []
  addEventListener("error", ({ message }) => errors.push(message))
  addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)))
  ;(${defineHostile})()
  ;(${lookAtCalls})()
</script><script src="/intercom-destination.umd.js"></script><script>
  ;(${sendRandom})(${JSON.stringify([greedy, SEED, EVENTS])}).catch((error) => ({ failed: String(error) })).then((found) =>
    fetch("/found", { method: "POST", body: JSON.stringify({ ...found, errors, fallback: !!window.intercomDestinationParts?.fallback }) }))
</script>`;

for (const [engine, policy] of Object.entries(engines)) {
  test(`random hostile events in Firefox (${engine})`, { timeout: 240_000, skip: !firefox && "there is no Firefox here" }, async () => {
    const profile = mkdtempSync(join(tmpdir(), "firefox-"));
    writeFileSync(join(profile, "user.js"), Object.entries(preferences).map(([key, value]) => `user_pref("${key}", ${JSON.stringify(value)});`).join("\n"));
    let browser;
    let server;
    try {
      const found = await new Promise((done, fail) => {
        server = createServer(async (request, response) => {
          if (request.method === "POST") {
            let body = "";
            for await (const chunk of request) body += chunk;
            response.end();
            return done(JSON.parse(body));
          }
          const file = /^\/(intercom-destination\.\w+\.js)$/.exec(request.url)?.[1];
          response.setHeader("content-type", file ? "text/javascript" : "text/html");
          response.setHeader("content-security-policy", policy);
          response.end(file ? readFileSync(join(root, "pkg", file)) : page);
        }).listen(0, "127.0.0.1", () => {
          browser = spawn(firefox, ["--headless", "--no-remote", "--profile", profile, `http://127.0.0.1:${server.address().port}/`], { stdio: "ignore" });
          browser.once("error", fail);
          browser.once("exit", (code) => fail(new Error(`Firefox ended with ${code}`)));
        });
      });
      const { thrown, lostNext, unsendable, polluted, errors, fallback, failed, nested, calls } = found;
      assert.deepEqual({ failed, thrown, lostNext, unsendable, polluted, errors }, { failed: undefined, thrown: [], lostNext: 0, unsendable: 0, polluted: false, errors: [] });
      assert.equal(fallback, engine !== "WebAssembly");
      tally(`random events in Firefox (${engine})`, { "bad inputs tried": EVENTS, "events within events": nested, "next events lost": lostNext, calls, "uncaught errors": errors.length });
    } finally {
      browser?.removeAllListeners("exit").kill();
      await new Promise((done) => (browser && browser.exitCode === null ? browser.once("exit", done) : done()));
      server?.closeAllConnections();
      server?.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}
