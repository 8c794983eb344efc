// Running other programs. It is used before `npm ci`, so it stands on Node alone.
import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { findOn, invocation } from "./programs.mjs";

export const root = resolve(fileURLToPath(import.meta.url), "..", "..");
export const tools = join(root, ".tools");

// Ours first, so that a tool of another version elsewhere on the machine never takes part. Cargo's folder comes last for shells that
// were opened before rustup was installed.
process.env.PATH = [
  join(tools, "bin"),
  join(root, "node_modules", ".bin"),
  process.env.PATH,
  join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin"),
].join(delimiter);

/** What went wrong, said in one sentence: shown without a stack. */
export class Failure extends Error {}

export const find = (program) => findOn(program);

export function run(program, args, options = {}) {
  const { status, signal, error } = spawnSync(...invocation(program, args), {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    ...options,
  });
  if (error) throw new Failure(`${program} could not be started: ${error.message}.`);
  if (status !== 0) throw new Failure(`\`${[program, ...args].join(" ")}\` ended with ${signal ?? `exit code ${status}`}.`);
}

/** What the program printed, or undefined when it is missing or failed. */
export function output(program, args) {
  const { status, stdout } = spawnSync(...invocation(program, args), { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  return status === 0 ? stdout.trim() : undefined;
}

/** The name of a nightly toolchain of Rust, or undefined. */
export function nightly() {
  return output("rustup", ["toolchain", "list"])?.match(/^nightly\S*/m)?.[0];
}

export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Runs `work` if the file at `url` is the one Node was started with. */
export async function main(url, work) {
  if (!process.argv[1] || fileURLToPath(url) !== realpathSync(process.argv[1])) return;
  try {
    await work(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
