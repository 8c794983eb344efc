// What we build with and publish: licences, where it comes from, that it cannot be exchanged unnoticed, and that nothing runs on being
// installed. All of it is in the two lock files and in what cargo has, so it needs no network. Known vulnerabilities: scripts/audit.mjs.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parse } from "smol-toml";
import satisfies from "spdx-satisfies";
import { Failure, main, root } from "./command.mjs";
import { bundled } from "./contents.mjs";
import { metadata, spdxOf } from "./crates.mjs";

const CRATES = "registry+https://github.com/rust-lang/crates.io-index";
const PACKAGES = "https://registry.npmjs.org/";

export const allowed = parse(readFileSync(join(root, "deny.toml"), "utf8")).licenses.allow;

// What only builds or tests here is given to nobody, and may also have licences that ask something of those who pass the code on.
export const allowedForTools = [...allowed, "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "LGPL-3.0-or-later", "MPL-2.0", "WTFPL"];

// Tools without such a licence in their package.json: a name, or a scope, and what it has.
const tools = {
  "@cspell/": "CC BY-SA 4.0, written otherwise than SPDX has it: dictionaries",
  // Vendors' scripts and what they stand on, to be compared and loaded in tests. Most of them name a file instead of a licence.
  "@braze/": "the vendor's own: named by Segment's package, loaded by nothing here",
  "@segment/": "the vendor's own, or a file: what is compared with",
  "customerio-gist-web": "a file: named by Customer.io's loader",
  "segmentio-facade": "a file: in Segment's classic loader",
  "new-date": "a file: in Segment's classic loader",
  "bind-all": "a file: in Segment's classic loader",
  "analytics-events": "none in its package.json: in Segment's classic loader",
  "component-bind": "none in its package.json: in Segment's classic loader",
  "component-event": "none in its package.json: in Segment's classic loader",
  "component-url": "none in its package.json: in Segment's classic loader",
  "is-email": "none in its package.json: in Segment's classic loader",
  jsonp: "none in its package.json: in Segment's classic loader",
  "script-onload": "none in its package.json: in Segment's classic loader",
  "type-component": "none in its package.json: in Segment's classic loader",
  ssh2: "a list of licences in the old form, MIT: for Segment's Cloud mode, which is compared with",
  "cpu-features": "as ssh2",
  buildcheck: "as ssh2",
  "utf8-encode": "none in its package.json: in Segment's classic loader",
};

// Install scripts do not run (.npmrc says `ignore-scripts`); one that is new may be an attack all the same.
const withScripts = ["bun", "deno", "esbuild", "sharp", "workerd", "ssh2", "cpu-features"];

const isAllowed = (license, list = allowed) => {
  try {
    return satisfies(spdxOf(license), list);
  } catch {
    return false;
  }
};

/** What is wrong with the crates of `packages`, as `cargo metadata` lists them. */
export function wrongCrates(packages) {
  return packages
    .filter(({ source }) => source !== null)
    .flatMap(({ name, version, license, source }) => [
      ...(isAllowed(license ?? "") ? [] : [`${name} ${version} has the licence ${license}, which deny.toml does not allow`]),
      ...(source === CRATES ? [] : [`${name} ${version} comes from ${source}, not from crates.io`]),
    ]);
}

/** What is wrong with the npm packages of a lock file. */
export function wrongPackages({ packages }) {
  return Object.entries(packages)
    .filter(([path, { link }]) => path && !link)
    .flatMap(([path, entry]) => wrongPackage(path.split("node_modules/").at(-1), entry));
}

function wrongPackage(name, { version, license, resolved, integrity, hasInstallScript }) {
  const wrong = [];
  const isNamed = Object.keys(tools).some((tool) => (tool.endsWith("/") ? name.startsWith(tool) : name === tool));
  const isFine = bundled.includes(name) ? isAllowed(license ?? "") : isNamed || isAllowed(license ?? "", allowedForTools);
  if (!isFine) wrong.push(license ? `has the licence ${license}, which is not allowed` : "names no licence");
  if (resolved !== undefined && !resolved.startsWith(PACKAGES)) wrong.push(`comes from ${resolved}, not from ${PACKAGES}`);
  if (!/^sha512-/.test(integrity ?? "")) wrong.push("has no sha512 hash");
  if (hasInstallScript && !withScripts.includes(name)) wrong.push("wants to run a script when it is installed");
  return wrong.map((what) => `${name} ${version} ${what}`);
}

/** The lock files of the tests' projects are the registry's, too. */
export function lockFiles() {
  const skipped = new Set(["node_modules", "target", "pkg", ".tools", ".git"]);
  const within = (folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : within(path);
      return entry.name === "package-lock.json" ? [path] : [];
    });
  return within(root);
}

export function checkSupplyChain() {
  const crates = metadata().packages;
  const locks = lockFiles().map((path) => [relative(root, path), JSON.parse(readFileSync(path, "utf8"))]);
  const wrong = [...wrongCrates(crates), ...locks.flatMap(([path, lock]) => wrongPackages(lock).map((what) => `${path}: ${what}`))];
  if (wrong.length > 0) throw new Failure(`${wrong.join("\n")}\nWhat may be here is in deny.toml and scripts/supply-chain.mjs.`);
  const packages = locks.reduce((sum, [, lock]) => sum + Object.keys(lock.packages).length - 1, 0);
  console.log(
    `${crates.length - 1} crates and ${packages} packages of ${locks.length} lock files: licences, sources, hashes and install scripts are as allowed.`,
  );
}

await main(import.meta.url, checkSupplyChain);
