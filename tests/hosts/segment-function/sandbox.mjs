// Segment's sandbox: a context with the globals that it is known to have, and no others. Objects of outside are of another realm there.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import https from "node:https";
import { join } from "node:path";
import vm from "node:vm";
import { root } from "../../../scripts/command.mjs";

const PATH = join(root, "pkg", "segment-function.js");
export const HANDLERS = ["onIdentify", "onTrack", "onGroup", "onPage", "onScreen", "onAlias", "onDelete", "onBatch"];
export const source = readFileSync(PATH, "utf8");

const classOf = (name) =>
  class extends Error {
    constructor(message) {
      super(message);
      this.name = name;
    }
  };

/** Loads the pasted file, as Segment's own loader does: in a function whose parameters are the handlers' names. */
export function openSandbox({ fetch, code = source, ...more }) {
  const errors = Object.fromEntries(
    ["RetryError", "ValidationError", "EventNotSupported", "InvalidEventPayload"].map((name) => [name, classOf(name)]),
  );
  const logs = [];
  const log = (...parts) => logs.push(parts.join(" "));
  const timers = new Set();
  const globals = {
    ...errors,
    fetch,
    crypto: { createHash },
    https,
    cache: { load: async (_key, _ttl, make) => (await make()).value },
    console: { log, warn: log, error: log, info: log },
    Buffer,
    setTimeout: (work, delay) => {
      const timer = setTimeout(() => (timers.delete(timer), work()), delay);
      timers.add(timer);
      return timer;
    },
    clearTimeout: (timer) => {
      timers.delete(timer);
      clearTimeout(timer);
    },
    ...more,
  };
  vm.createContext(globals);
  vm.runInContext("delete globalThis.WebAssembly", globals);
  const parameters = HANDLERS.join(", ");
  const wrapped = `(function (${parameters}) {\n${code}\n;return { ${parameters} };\n})()`;
  const handlers = vm.runInContext(wrapped, globals, { filename: "function.js" });
  // Its answer is of the sandbox's realm.
  const onBatch = async (...args) => Array.from(await handlers.onBatch(...args), (answer) => ({ ...answer }));
  return { ...handlers, onBatch, errors, logs, timers };
}
