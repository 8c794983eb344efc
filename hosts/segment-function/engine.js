// Cloud mode's engine as JavaScript: it takes the place of js/cloud/engine.js where there is no WebAssembly.
import { Cloud, prepare, startWith, workspaceRequest } from "../../pkg/function/engine.js";
import instantiate from "../../pkg/function/wasm2js.js";

export { Cloud, workspaceRequest };

let isStarted = false;

export const start = async () => {
  if (isStarted) return;
  startWith(instantiate);
  prepare({});
  isStarted = true;
};
