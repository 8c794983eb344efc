// Cloud mode's wasm, started once for all destinations of a program.
import load, { Cloud, CloudInspection, prepare, presets, workspaceRequest } from "../../pkg/cloud/engine.js";
import text from "../../pkg/cloud/wasm.js";
import { starter } from "../engine/glue.js";

export { Cloud, CloudInspection, presets, workspaceRequest };

/** Resolves when the wasm runs. */
export const start = starter(load, prepare, text);
