// The crates that Cargo.lock names, and which of them are compiled into what is published.
import { Failure, output } from "./command.mjs";

// Together they have every dependency of the published builds.
const FEATURES = "web,inspect,cloud";

/** A licence as SPDX has it: Cargo.toml may write a slash for "or". */
export const spdxOf = (license) => license.replace(/(?<! )\/(?! )/g, " OR ");

/** Cargo's own account of all crates, or of those that `options` selects. */
export function metadata(options = ["--all-features"]) {
  const told = output("cargo", ["metadata", "--format-version", "1", "--locked", ...options]);
  if (!told) throw new Failure("`cargo metadata --locked` failed: please run it by itself to see why.");
  return JSON.parse(told);
}

/** The names of the crates whose code is in the published wasm. Macros and build scripts run while it is compiled, and stay behind. */
export function compiledIn() {
  const { packages, resolve } = metadata(["--filter-platform", "wasm32-unknown-unknown", "--features", FEATURES]);
  const crates = new Map(packages.map((crate) => [crate.id, crate]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const isMacro = (id) => crates.get(id).targets.some(({ kind }) => kind.includes("proc-macro"));
  const found = new Set();
  const follow = (id) => {
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
      if (found.has(pkg) || isMacro(pkg) || !kinds.some(({ kind }) => kind === null)) continue;
      found.add(pkg);
      follow(pkg);
    }
  };
  follow(resolve.root);
  return [...found].map((id) => crates.get(id).name).sort();
}
