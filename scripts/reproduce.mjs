// Builds a second time, from nothing, in another place, and compares every byte with what is in pkg/.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Failure, main, output, root, run, tools } from "./command.mjs";

// What is made or fetched, and what the build does not read.
const left = new Set([".git", ".tools", "node_modules", "pkg", "target"]);

// A machine elsewhere has another clock and language.
const elsewhere = { TZ: "Pacific/Auckland", LC_ALL: "C" };

export function reproduce() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "again-")));
  const copy = join(folder, "of", "the sources");
  try {
    mkdirSync(copy, { recursive: true });
    cpSync(root, copy, { recursive: true, filter: (path) => path === root || !left.has(basename(path)) });
    symlinkSync(realpathSync(tools), join(copy, ".tools"));
    const env = { ...process.env, ...elsewhere, npm_config_prefer_offline: "true" };
    delete env.CARGO_TARGET_DIR;
    run(process.execPath, [join(copy, "scripts", "build.mjs")], { cwd: copy, env });
    compare(join(root, "pkg"), join(copy, "pkg"));
    compareTarballs(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(first, second) {
  const names = readdirSync(second, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  for (const name of names) {
    if (!readFileSync(join(first, name)).equals(readFileSync(join(second, name)))) {
      throw new Failure(`pkg/${name} differs when it is built again elsewhere: something of the machine, the path or the time is in it.`);
    }
  }
  console.log(`${names.length} files have the same bytes: ${names.join(", ")}.`);
}

function compareTarballs(copy) {
  const [here, there] = [root, copy].map((place) => JSON.parse(output("npm", ["pack", "--dry-run", "--json", place]))[0].integrity);
  if (here !== there) throw new Failure("The tarball differs when it is built again elsewhere, though its files do not.");
  console.log(`The tarball is the same: ${here}`);
}

await main(import.meta.url, reproduce);
