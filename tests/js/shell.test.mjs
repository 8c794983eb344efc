// The built package where there is no browser: on a server, in a build, in someone else's tests.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { version } from "../../js/version.js";

const read = (...path) => readFileSync(join(root, ...path), "utf8");

/** What a Node of its own prints, so that nothing an import did here is missed. */
const node = (code, ...flags) =>
  execFileSync(process.execPath, [...flags, "--input-type=module", "-e", code], { cwd: root, encoding: "utf8" });

const watch = `
  const globals = () => Reflect.ownKeys(globalThis).map(String).sort().join();
  const before = globals();
  const touched = [];
  const compile = WebAssembly.instantiate;
  WebAssembly.instantiate = (...args) => (touched.push("WebAssembly"), compile(...args));
  for (const name of ["fetch", "setTimeout", "setInterval", "addEventListener"]) {
    const own = globalThis[name];
    globalThis[name] = (...args) => (touched.push(name), own?.(...args));
  }
  const after = () => globals().replace(",addEventListener", "");
  const { log } = console;
  for (const name of Object.keys(console)) console[name] = () => touched.push("console." + name);
`;

test("importing the package on a server does nothing", () => {
  const printed = node(`${watch}
    const module = await import("intercom-destination");
    log(JSON.stringify({ touched, same: before === after(), name: module.default.pluginName }));
  `);
  assert.deepEqual(JSON.parse(printed), {
    touched: [],
    same: true,
    name: "Intercom Web (Actions)",
  });
});

test("the default export is the named one", async () => {
  const module = await import("intercom-destination");
  assert.equal(typeof module.default, "function");
  assert.equal(module.default, module.intercomDestination);
});

test("the factory on a server checks its settings and keeps what it is told, without a window", async () => {
  const { default: factory } = await import("intercom-destination");
  await assert.rejects(factory({}), {
    name: "IntercomDestinationError",
    code: "setting_app_id",
    message: /^appId: expected .*, found nothing$/,
  });
  const plugins = await factory({ appId: "abc123" });
  assert.deepEqual(
    plugins.map(({ name }) => name),
    ["trackEvent", "identifyUser", "identifyCompany"].map((action) => `Intercom Web (Actions) ${action}`),
  );
  const context = { event: { type: "track", event: "Seen" } };
  assert.equal(await plugins[0].track(context), context);
  assert.equal(plugins[0].isLoaded(), false);
});

test("the version is the same wherever it is written", () => {
  const { version: ofPackage } = JSON.parse(read("package.json"));
  const [, ofCrate] = read("Cargo.toml").match(/^version = "(.+)"$/m);
  const lock = JSON.parse(read("package-lock.json"));
  assert.deepEqual(
    { js: version, crate: ofCrate, lock: lock.version, ofLocked: lock.packages[""].version },
    {
      js: ofPackage,
      crate: ofPackage,
      lock: ofPackage,
      ofLocked: ofPackage,
    },
  );
});
