// Starting a wasm with wasm-bindgen's glue, for tools and for servers; what visitors download has none (start.js).
import { decode } from "./decode.js";

/** A function that starts it once, whoever calls; `load` and `prepare` are the glue's, `wasm` is its text, or a module where there is one. */
export const starter = (load, prepare, wasm) => {
  let engine;
  return () =>
    (engine ??= load({ module_or_path: typeof wasm === "string" ? decode(wasm) : wasm }).then(
      () => prepare({ liquid: (...args) => globalThis.intercomDestinationParts.liquid(...args) }),
      (error) => {
        engine = undefined;
        throw error;
      },
    ));
};

/** Loads LiquidJS, which only mappings with `@liquid` need. */
export const loadLiquid = async () => {
  if (globalThis.intercomDestinationParts?.liquid) return;
  // @ts-expect-error It is beside the published file.
  await import(/* webpackIgnore: true */ "./intercom-destination.liquid.js");
};
