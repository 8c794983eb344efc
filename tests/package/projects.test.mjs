// The packed package in projects of others: installed, built for production, opened with the real loader.
import assert from "node:assert/strict";
import { copyFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { pack } from "../../scripts/package.mjs";
import { integrity } from "../../scripts/sizes.mjs";
import { openSite } from "../e2e/site.mjs";
import { Project } from "./project.mjs";

const { path: tarball } = pack();

// A promise that never settles is one of the faults looked for.
const visit = { timeout: 60_000 };

const built = (project) => project.serve();

// One row for each folder here: what it does beside installing, and the page of it that imports the package without using it.
const projects = [
  { name: "page", build: page, serve: built, check: ["a script with other bytes than the page pins does not run", changedBytes] },
  { name: "esbuild", serve: built, unused: "unused.html" },
  { name: "rollup", serve: built, unused: "unused.html" },
  {
    name: "vite",
    serve: built,
    unused: "unused.html",
    develop: (project) => project.start("npx", "vite", "--host", "127.0.0.1"),
    check: ["its types compile, whichever way modules are found", types],
  },
  { name: "webpack", serve: built, unused: "unused.html" },
  {
    name: "next",
    serve: (project) => project.start("npx", "next", "start", "--hostname", "127.0.0.1", "--port", "0"),
    unused: "unused",
    check: ["the server renders with it", serverRender],
  },
];

/** The drop-in in a script tag that pins its bytes. */
function page({ folder }) {
  const dist = join(folder, "dist");
  cpSync(join(folder, "node_modules", "intercom-destination", "pkg"), dist, { recursive: true });
  copyFileSync(join(root, "tests", "e2e", "snippet.js"), join(dist, "snippet.js"));
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const hash = integrity(join(root, "pkg", "intercom-destination.umd.js"));
  writeFileSync(join(dist, "index.html"), html.replace("{integrity}", hash));
  writeFileSync(join(dist, "changed.html"), html.replace("{integrity}", hash.replace(/.{4}$/, "AAAA")));
}

async function changedBytes(_project, url) {
  const site = await open(`${url}changed.html`);
  assert.equal(await site.run(() => typeof intercomDestination), "undefined");
  assert.match(faults(site)[0], /'integrity' attribute/);
  assert.equal(site.errors.splice(0).length, 1);
  await site.close();
}

/** The types, as the compiler finds them in a project of its own. */
function types(project) {
  copyFileSync(join(root, "tests", "types", "paths.ts"), join(project.folder, "paths.ts"));
  const options = ["--ignoreConfig", "--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom"];
  project.run("npx", "tsc", ...options, "--module", "nodenext", "--moduleResolution", "nodenext", "paths.ts");
  project.run("npx", "tsc", ...options, "--module", "esnext", "--moduleResolution", "bundler", "paths.ts");
}

async function serverRender(_project, url) {
  assert.match(await (await fetch(url)).text(), /<h1>Shop of (<!-- -->)?Intercom Web \(Actions\)<\/h1>/);
}

const boot = ["boot", { app_id: "abc123", api_base: "https://api-iam.intercom.io", installation_type: "s" }];

const greeting = {
  partnerAction: "trackEvent",
  name: "Greeting",
  enabled: true,
  subscribe: 'type = "track"',
  mapping: { event_name: { "@liquid": "Hello {{ properties.name | upcase }}" } },
};

/** Opens a page of the project; `policy` is its Content-Security-Policy, `scripts` hears the text of each script. */
async function open(url, { settings = { appId: "abc123" }, policy, scripts } = {}) {
  const answer = async (route) => {
    const kind = route.request().resourceType();
    const response = await route.fetch();
    if (kind === "script") scripts?.push(await response.text());
    return route.fulfill({ response, headers: { ...response.headers(), ...(policy && { "content-security-policy": policy }) } });
  };
  const address = `${url}?settings=${encodeURIComponent(JSON.stringify(settings))}`;
  // The page of the other tests comes first, empty.
  const site = await openSite({
    html: "<!doctype html><title>Shop</title>",
    isEnabled: false,
    waits: false,
    routes: [[new RegExp(`^${new URL(url).origin}/`), answer]],
  });
  // A development server's socket, which a page that was answered here may not open.
  await site.page.routeWebSocket(/./, () => {});
  await site.page.goto(address);
  return site;
}

/** Waits until it is so, or long enough; Playwright's own way evaluates text on the page, which a policy forbids. */
async function until(site, isSo, argument) {
  const end = performance.now() + 15_000;
  while (performance.now() < end && !(await site.run(isSo, argument))) await site.page.waitForTimeout(20);
}

const faults = (site) => site.console.filter(({ type }) => type === "error" || type === "warning").map(({ text }) => text);
const parts = (site) => site.run(() => Object.keys(window.intercomDestinationParts ?? {}).sort());

/** Sends events and compares all that Intercom hears. */
async function expectCalls(site, events, expected) {
  await until(site, () => !!window.analytics);
  await site.ready();
  await site.run(events);
  await until(site, (count) => window.__calls?.length >= count, expected.length);
  assert.deepEqual({ calls: await site.run(() => window.__calls), faults: faults(site) }, { calls: expected, faults: [] });
}

async function eventsArrive(url) {
  const site = await open(url);
  const events = async () => {
    await analytics.identify("u-1", { name: "Ada", email: "ada@example.com" });
    await analytics.track("Order Completed", { revenue: 19.99, coupon: "SPRING" });
    await analytics.page("Pricing");
    await analytics.group("g-1", { name: "Acme" });
  };
  await expectCalls(site, events, [
    boot,
    ["update", { user_id: "u-1", name: "Ada", email: "ada@example.com" }],
    ["trackEvent", "Order Completed", { price: { amount: 1999, currency: "USD" }, coupon: "SPRING" }],
    ["update", { user_id: "u-1" }],
    ["update", { company: { company_id: "g-1", name: "Acme" } }],
  ]);
  assert.deepEqual(await parts(site), []);
  await site.close();
}

// It allows all that the sites need but WebAssembly.
const withoutWasm = "script-src 'self' 'unsafe-inline' https://widget.intercom.io https://cdn.segment.com";

async function partsArrive(url) {
  const site = await open(url, { settings: { appId: "abc123", subscriptions: [greeting] }, policy: withoutWasm });
  await expectCalls(site, () => analytics.track("Seen", { name: "Ada" }), [boot, ["trackEvent", "Hello ADA", {}]]);
  assert.deepEqual(await parts(site), ["fallback", "liquid"]);
  await site.close();
}

async function nothingIsLeft(url) {
  const scripts = [];
  const site = await open(url, { scripts });
  assert.ok(scripts.length > 0);
  assert.deepEqual(
    scripts.filter((text) => text.includes("Intercom")),
    [],
  );
  assert.deepEqual(faults(site), []);
  await site.close();
}

for (const { name, build, serve, unused, develop, check } of projects) {
  describe(name, () => {
    let project;
    let url;

    before(() => void (project = new Project(name)));
    after(() => project?.close());

    test("installs", () => project.install(tarball));
    test("builds", () => (build ? build(project) : void project.run("npm", "run", "build")));
    test("serves", async () => void (url = await serve(project)));
    test("events arrive as calls", visit, () => eventsArrive(url));
    test("without WebAssembly the engine and Liquid come from beside the script", visit, () => partsArrive(url));
    if (unused) test("nothing is left of it where it is not used", visit, () => nothingIsLeft(url + unused));
    if (check) test(check[0], visit, () => check[1](project, url));
    if (!develop) return;

    test("serves in development", async () => {
      await project.stop();
      url = await develop(project);
    });
    test("events arrive as calls in development", visit, () => eventsArrive(url));
    test("the engine and Liquid come in development, too", visit, () => partsArrive(url));
  });
}
