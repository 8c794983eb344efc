// Starts the engine: the wasm inside this script, with no request and no glue between it and js/engine/imports.js, or, where a page
// forbids WebAssembly, the same code as JavaScript.
import * as host from "./imports.js";
import text from "../../pkg/wasm.js";
import { decode } from "./decode.js";
import { unpack } from "./unpack.js";
import { part } from "./lazy-files.js";
import { raised } from "../errors.js";

/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;

/** Lets the page do what waits: each of the steps between takes milliseconds on a slow device. */
export const turn = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

const compile = async () => {
  const packed = decode(text);
  await turn();
  const bytes = unpack(packed);
  await turn();
  return WebAssembly.compile(bytes);
};

const instantiate = async (nonce) => {
  try {
    return (await WebAssembly.instantiate(await (compiled ??= compile()), { host })).exports;
  } catch (error) {
    // Whatever the reason, a policy, a browser mode or a lack of memory, the other build may still run.
    try {
      return (await part("fallback", nonce))({ host });
    } catch {
      // Said in whole: where this is so, the file with the sentences is most likely blocked as well.
      throw raised(
        "engine_blocked",
        `This page forbids WebAssembly: add 'wasm-unsafe-eval' to the script-src of its Content-Security-Policy, or let ` +
          `intercom-destination.fallback.js load from beside this script (${error?.name})`,
      );
    }
  }
};

/** A fresh instance; resolves to its exports. Handles made for an earlier one are void. `nonce` is that of a part. */
export const start = async (listener, nonce) => {
  const exports = await instantiate(nonce);
  host.attach(exports.memory, listener);
  exports.start();
  return exports;
};
