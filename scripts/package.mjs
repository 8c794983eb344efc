// The package as npm publishes it, and what two linters say of it.
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure, main, output, root, run } from "./command.mjs";

// Plain scripts: a page or a bundler takes them as they are, and they export nothing that could have a type.
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const untyped = Object.keys(exports).filter((path) => /^\.\/intercom-destination\..+\.js$/.test(path));

const number = (value) => value.toLocaleString("en");

/** Packs what is built; gives the tarball's path and npm's own account of it. */
export function pack() {
  const folder = join(root, "target", "package");
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.endsWith(".tgz")) rmSync(join(folder, file));
  const told = output("npm", ["pack", "--json", "--pack-destination", folder]);
  if (!told) throw new Failure("`npm pack` failed: please run it by itself to see why.");
  const [account] = JSON.parse(told);
  return { ...account, path: join(folder, account.filename) };
}

export function checkPackage() {
  const { path, size, unpackedSize, entryCount } = pack();
  console.log(`${entryCount} files, ${number(size)} bytes packed, ${number(unpackedSize)} unpacked.`);
  run("publint", ["run", path, "--strict"]);
  // There are modules only: `require` finds them in Node 20.19 and later, and resolvers without "exports" are not served.
  run("attw", [
    path,
    "--profile",
    "esm-only",
    "--no-definitely-typed",
    "--format",
    "table-flipped",
    "--no-emoji",
    "--exclude-entrypoints",
    ...untyped,
  ]);
}

await main(import.meta.url, checkPackage);
