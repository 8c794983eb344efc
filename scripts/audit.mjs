// Known vulnerabilities in what is published: our own dependencies, and what is bundled from the packages we build with.
import { spawnSync } from "node:child_process";
import { Failure, find, main, output, root, run } from "./command.mjs";
import { bundled } from "./contents.mjs";
import { invocation } from "./programs.mjs";

export function audit() {
  packages();
  crates();
}

function packages() {
  const { stdout } = spawnSync(...invocation("npm", ["audit", "--json"]), {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: 60_000,
  });
  const report = read(stdout);
  if (!report?.vulnerabilities) return console.log("The npm registry tells nothing of vulnerabilities here: the packages are not checked.");
  const dependencies = Object.keys(read(output("npm", ["pkg", "get", "dependencies"])) ?? {});
  const shipped = [...bundled, ...dependencies];
  const found = shipped.filter((name) => report.vulnerabilities[name]);
  if (found.length > 0) throw new Failure(`There are known vulnerabilities in ${found.join(", ")}: see \`npm audit\`.`);
  console.log(`npm: ${shipped.join(", ")} without known vulnerabilities.`);
}

function crates() {
  if (!find("cargo-audit")) return console.log("cargo-audit is not installed: the crates are not checked.");
  run("cargo", ["audit", "--quiet"]);
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

await main(import.meta.url, audit);
