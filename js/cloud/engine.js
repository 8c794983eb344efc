// Cloud mode's wasm, started once for all destinations of a program.
import load, { Cloud, CloudInspection, isRateShare, prepare, presets, workspaceRequest } from "../../pkg/cloud/engine.js";
import text from "../../pkg/cloud/wasm.js";
import { starter } from "../engine/glue.js";

export { Cloud, CloudInspection, isRateShare, presets, workspaceRequest };

/** Resolves when the wasm runs. */
export const start = starter(load, prepare, text);
