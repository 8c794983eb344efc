// `npm run mutants -- filter`: which changes of a folder of `src/` its tests do not notice, by cargo-mutants. `-- cloud 0/8` tries an eighth
// of them. What cannot be noticed is in `.cargo/mutants.toml`.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Failure, main, output, root } from "./command.mjs";
import { invocation } from "./programs.mjs";

// The tests that hold a folder; each mutant is built with these alone.
const TESTS = {
  filter: ["--test=filter", "--test=language", "--test=docs"],
  web: ["--test=actions", "--test=session", "--test=forwarding"],
  cloud: ["--lib", "--test=cloud", "--test=cloud_delivery"],
};

await main(import.meta.url, async ([folder, shard, ...rest]) => {
  const tests = TESTS[folder];
  if (!tests) throw new Failure(`There is no folder "${folder ?? ""}": choose one of ${Object.keys(TESTS).join(", ")}.`);
  if (!output("cargo", ["mutants", "--version"])) {
    throw new Failure("cargo-mutants is not installed: please run `cargo install cargo-mutants --locked`.");
  }
  const found = join(root, "target", `mutants-${folder}`);
  mkdirSync(found, { recursive: true });
  const part = shard ? ["--shard", shard, "--sharding", "round-robin"] : [];
  const built = ["--locked", ...tests].map((arg) => `--cargo-arg=${arg}`);
  const args = ["mutants", "--file", `src/${folder}/**`, "--output", found, ...part, ...built, ...rest];
  // The same few cases for each mutant: `npm test` draws many more, and others every time.
  const env = { PROPTEST_CASES: "20", PROPTEST_RNG_SEED: "1", ...process.env };
  const { status } = spawnSync(...invocation("cargo", args), { cwd: root, stdio: ["ignore", "inherit", "inherit"], env });
  if (status === 2) throw new Failure(`No test notices what is in ${join(found, "mutants.out", "missed.txt")}.`);
  // 3: tests that do not end have noticed, too.
  if (status !== 0 && status !== 3) throw new Failure(`\`cargo mutants\` ended with exit code ${status}.`);
});
