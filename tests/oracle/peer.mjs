// Segment's own two languages: the packages as they are, and the same with the mends of mends.mjs built in.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { sep } from "node:path";
import { FAILED } from "./engine.mjs";
import { mend } from "./mends.mjs";
import { modules, patch } from "./patches.mjs";

const require = createRequire(import.meta.url);

/** Loads a CommonJS package's file and those beside it with the mends; other packages are loaded as usual. */
function loader() {
  const cache = new Map();
  const load = (path) => {
    if (cache.has(path)) return cache.get(path).exports;
    const own = createRequire(path);
    const module = { exports: {} };
    cache.set(path, module);
    const name = Object.keys(modules).find((end) => path.split(sep).join("/").endsWith(`/${end}`));
    const text = patch(readFileSync(path, "utf8"), modules[name] ?? [], name);
    const run = new Function("exports", "require", "module", "mend", text);
    run(module.exports, (id) => (id.startsWith(".") ? load(own.resolve(id)) : own(id)), module, mend);
    return module.exports;
  };
  return load;
}

function languages(load) {
  const { parseFql, validate } = load("@segment/destination-subscriptions");
  const { transform } = load("@segment/actions-core/mapping-kit");
  return {
    matches: (filter, event) => attempt(() => validate(parseFql(filter), event)),
    resolve: (mapping, event) => attempt(() => transform(mapping, event)),
  };
}

function attempt(step) {
  try {
    return step();
  } catch {
    return FAILED;
  }
}

export const peer = languages(require);
const mended = loader();
export const mendedPeer = languages((name) => mended(require.resolve(name)));
