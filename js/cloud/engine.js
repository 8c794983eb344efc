// Cloud mode's wasm, started once for all destinations of a program.
import load, { Cloud, prepare, workspaceRequest } from "../../pkg/cloud/engine.js";
import text from "../../pkg/cloud/wasm.js";
import { decode } from "../engine/decode.js";

export { Cloud, workspaceRequest };

let engine;

/** Resolves when the wasm runs. */
export const start = () =>
  (engine ??= load({ module_or_path: decode(text) }).then(
    () => prepare({ liquid: (...args) => globalThis.intercomDestinationParts.liquid(...args) }),
    (error) => {
      engine = undefined;
      throw error;
    },
  ));

/** Loads LiquidJS, which only mappings with `@liquid` need. */
export const loadLiquid = async () => {
  if (globalThis.intercomDestinationParts?.liquid) return;
  // @ts-expect-error It is beside the published file.
  await import(/* webpackIgnore: true */ "./intercom-destination.liquid.js");
};
