// Our filter and mapping languages by themselves: the crate built with its `oracle` feature, run on real JavaScript values.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as host from "../../js/engine/imports.js";
import "../../js/entries/liquid.js";
import { features } from "../../scripts/build.mjs";
import { root, run } from "../../scripts/command.mjs";
import { sentenceOf } from "../../js/web/sentences.js";
import { link } from "../../scripts/link.mjs";

// A folder of its own, so that neither build makes the other compile again.
const folder = join(root, "target", "oracle");

function build() {
  const target = "wasm32v1-none";
  run("cargo", ["build", "--quiet", "--release", "--locked", "--lib", "--target", target, "--features", "oracle", "--target-dir", folder]);
  const compiled = join(folder, target, "release", "intercom_destination.wasm");
  run("wasm-bindgen", ["--target", "bundler", "--no-typescript", "--out-dir", folder, "--out-name", "intercom_destination", compiled]);
  const linked = join(folder, "linked.wasm");
  link(join(folder, "intercom_destination_bg.wasm"), linked, features);
  return linked;
}

/** What stands for a filter or mapping that is refused, or a mapping that fails for the event. */
export const FAILED = Symbol("failed");

/** `{ matches(filter, event), resolve(mapping, event), errors }`; `errors` holds what the last call reported, as sentences. */
export async function startEngine() {
  const module = new WebAssembly.Module(readFileSync(build()));
  const errors = [];
  const { exports } = await WebAssembly.instantiate(module, { host });
  const report = (_isWarning, code, ...values) => errors.push(`${sentenceOf(code, values)} (${code})`);
  host.attach(exports.memory, { sites: [{ report }], liquid: globalThis.intercomDestinationParts.liquid });
  exports.start();

  const within = (step) => {
    const from = host.mark();
    errors.length = 0;
    try {
      return step();
    } finally {
      host.release(from);
    }
  };
  return {
    errors,
    matches: (filter, event) => within(() => exports.filter_matches(host.add(filter), host.add(event)) === 1),
    resolve: (mapping, event) =>
      within(() => {
        const handle = exports.resolve(host.add(mapping), host.add(event));
        return handle === 0 ? FAILED : host.value(handle);
      }),
  };
}
