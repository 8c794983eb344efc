// The engine as JavaScript, for pages that forbid WebAssembly.
import engine from "../../pkg/wasm2js.js";

(globalThis.intercomDestinationParts ??= {}).fallback = engine;
