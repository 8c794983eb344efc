// What we build with and publish: the checks of it find what is wrong, and the bill of materials is right.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Validation } from "@cyclonedx/cyclonedx-library";
import { root } from "../../scripts/command.mjs";
import { bundled, contents, packageOf, refuseOthers } from "../../scripts/contents.mjs";
import { sbom } from "../../scripts/sbom.mjs";
import { lockFiles, wrongCrates, wrongPackages } from "../../scripts/supply-chain.mjs";

const good = { version: "1.0.0", license: "MIT", integrity: "sha512-AAAA" };
const wrong = (entry, name = "left-pad") => wrongPackages({ packages: { "": {}, [`node_modules/${name}`]: { ...good, ...entry } } });

test("a package that is as it should be is taken", () => {
  assert.deepEqual(wrong({}), []);
  assert.deepEqual(wrong({ license: "(MIT OR GPL-3.0-only)" }), []);
  assert.deepEqual(wrong({ resolved: "https://registry.npmjs.org/left-pad/-/left-pad-1.0.0.tgz" }), []);
});

test("each thing that may be wrong with a package is told", () => {
  assert.deepEqual(wrong({ license: "GPL-3.0-only" }), ["left-pad 1.0.0 has the licence GPL-3.0-only, which is not allowed"]);
  assert.deepEqual(wrong({ license: undefined }), ["left-pad 1.0.0 names no licence"]);
  assert.deepEqual(wrong({ license: "SEE LICENSE IN x" }), ["left-pad 1.0.0 has the licence SEE LICENSE IN x, which is not allowed"]);
  assert.match(wrong({ resolved: "https://registry.npmjs.org.evil.test/left-pad.tgz" })[0], /not from https:\/\/registry\.npmjs\.org\/$/);
  assert.match(wrong({ resolved: "git+ssh://git@example.test/left-pad.git" })[0], /^left-pad 1\.0\.0 comes from git/);
  assert.deepEqual(wrong({ integrity: undefined }), ["left-pad 1.0.0 has no sha512 hash"]);
  assert.deepEqual(wrong({ integrity: "sha1-AAAA" }), ["left-pad 1.0.0 has no sha512 hash"]);
  assert.deepEqual(wrong({ hasInstallScript: true }), ["left-pad 1.0.0 wants to run a script when it is installed"]);
});

test("what is published has to have a stricter licence than a tool", () => {
  assert.deepEqual(wrong({ license: "MPL-2.0" }), []);
  for (const name of bundled) assert.equal(wrong({ license: "MPL-2.0" }, name).length, 1, name);
});

test("crates of another licence or from elsewhere are told", () => {
  const source = "registry+https://github.com/rust-lang/crates.io-index";
  const crate = { name: "itoa", version: "1.0.0", license: "MIT/Apache-2.0", source };
  assert.deepEqual(wrongCrates([crate, { ...crate, source: null, license: null }]), []);
  assert.match(wrongCrates([{ ...crate, license: "GPL-3.0-only" }])[0], /GPL-3\.0-only, which deny\.toml does not allow/);
  assert.match(wrongCrates([{ ...crate, source: "git+https://example.test/itoa" }])[0], /not from crates\.io/);
});

test("the lock files of the tests' projects are looked at, too", () => {
  const files = lockFiles();
  assert.ok(files.includes(join(root, "package-lock.json")));
  assert.ok(files.some((file) => file.includes(join("tests", "package"))));
  assert.ok(!files.some((file) => file.includes("node_modules")));
});

test("a script that holds a package which is not in the table is refused", () => {
  assert.equal(packageOf("/a/node_modules/@hono/node-server/dist/index.mjs"), "@hono/node-server");
  assert.equal(packageOf("C:\\a\\node_modules\\@hono\\node-server\\dist\\index.mjs"), "@hono/node-server");
  assert.equal(packageOf("/a/node_modules/b/node_modules/c/index.js"), "c");
  assert.equal(packageOf("/a/js/web/page.js"), undefined);
  refuseOthers("intercom-destination.umd.js", ["/a/js/web/page.js"]);
  assert.throws(() => refuseOthers("intercom-destination.umd.js", ["/a/node_modules/left-pad/index.js"]), /holds code of left-pad/);
  assert.throws(() => refuseOthers("intercom-destination.liquid.js", []), /names liquidjs/);
});

test("the licences of what a published script holds lie beside it", () => {
  for (const [script, packages] of Object.entries(contents)) {
    const path = join(root, "pkg", `${script}.LICENSE.txt`);
    assert.ok(existsSync(path), path);
    if (packages.length > 1)
      for (const name of packages) assert.ok(readFileSync(path, "utf8").includes(`${name}\n\n`), `${script}: ${name}`);
  }
});

test("the bill of materials is valid CycloneDX and has what the published files hold", async () => {
  const bom = sbom();
  const text = JSON.stringify(bom);
  assert.equal(await new Validation.JsonStrictValidator(bom.specVersion).validate(text), null);
  assert.ok(Number(bom.specVersion) >= 1.5);
  assert.equal(JSON.stringify(sbom()), text, "two runs differ");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.equal(bom.metadata.component.purl, `pkg:npm/intercom-destination@${version}`);
  const published = bom.components.filter(({ scope }) => scope === "required");
  const names = published.map(({ name }) => name);
  for (const name of [...bundled, "wasm-bindgen", "serde", "serde_json", "serde-wasm-bindgen", "rust"])
    assert.ok(names.includes(name), name);
  for (const name of ["proptest", "webpack", "syn", "typescript"]) assert.ok(!names.includes(name), name);
  assert.equal(new Set(names).size, names.length, "a name stands there twice");
  for (const { name, hashes, licenses } of published.filter(({ name }) => name !== "rust")) {
    assert.ok(hashes?.length > 0 && licenses?.length > 0, name);
  }
  const references = new Set([bom.metadata.component, ...bom.components].map((component) => component["bom-ref"]));
  for (const { ref, dependsOn } of bom.dependencies) for (const each of [ref, ...(dependsOn ?? [])]) assert.ok(references.has(each), each);
});
