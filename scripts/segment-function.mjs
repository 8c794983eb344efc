// pkg/segment-function.js: one plain script for Segment's editor, Cloud mode's core as JavaScript and the handlers around it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, root, run } from "./command.mjs";
import { refuseOthers } from "./contents.mjs";
import { translate } from "./translate.mjs";

const host = (name) => join(root, "hosts", "segment-function", name);
const HANDLERS = ["onIdentify", "onTrack", "onGroup", "onPage", "onScreen", "onAlias", "onDelete"];

/** Cloud mode's wasm as JavaScript, with wasm-bindgen's glue: `folder` gets engine.js and wasm2js.js. */
export function translateWithGlue(compiled, folder, { features, stripped, writeGlue }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [plain, small, reachable, graph] = ["plain.wasm", "small.wasm", "reachable.wasm", "exports.json"].map((name) => join(folder, name));
  writeFileSync(plain, withoutReferenceTypes(readFileSync(compiled)));
  writeGlue(plain, folder);
  run("wasm-opt", ["-Oz", ...features, ...stripped, join(folder, "engine_bg.wasm"), "-o", small]);
  writeFileSync(graph, JSON.stringify(wantedExports(readFileSync(small))));
  run("wasm-metadce", [...features, "--graph-file", graph, small, "-o", reachable], { stdio: ["ignore", "ignore", "inherit"] });
  const script = join(folder, "wasm2js.js");
  translate(reachable, script, features);
  // JavaScript does not detach an old memory when it grows, which is how the boundary would notice.
  edit(script, [["buffer = newBuffer;", "buffer = newBuffer; imports.grown();"]]);
  adaptGlue(join(folder, "engine.js"));
  for (const made of [plain, small, reachable, graph, join(folder, "engine_bg.wasm")]) rmSync(made);
}

// wasm-bindgen goes by the names of features that the compiler left. Without reference types it keeps JavaScript's values in a list.
function withoutReferenceTypes(bytes) {
  const kept = ["bulk-memory", "mutable-globals", "nontrapping-fptoint", "sign-ext"];
  const text = (value) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
  const named = Buffer.concat([
    text("target_features"),
    Buffer.from([kept.length]),
    ...kept.map((name) => Buffer.concat([Buffer.from("+"), text(name)])),
  ]);
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length; ) {
    const start = at;
    const id = bytes[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      size |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    const isReplaced = id === 0 && bytes.toString("latin1", at + 1, at + 1 + bytes[at]) === "target_features";
    parts.push(isReplaced ? Buffer.concat([Buffer.from([0, named.length]), named]) : bytes.subarray(start, at + size));
    at += size;
  }
  return Buffer.concat(parts);
}

// What only the playground and the command line use is left out.
function wantedExports(wasm) {
  const names = WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);
  const wanted = names.filter((name) => !/inspection|^presets$/.test(name));
  return [{ name: "outside", root: true, reaches: wanted }, ...wanted.map((name) => ({ name, export: name }))];
}

function adaptGlue(path) {
  const text = readFileSync(path, "utf8");
  const [, values] = text.match(/from '(\.\/snippets\/[^']+\/values\.js)'/) ?? [];
  const isOld = (view) => `${view} === null || ${view}.buffer !== wasm.memory.buffer`;
  edit(path, [
    [/cachedDataViewMemory0 === null \|\| .*(?=\) \{\n)/, isOld("cachedDataViewMemory0")],
    [/cachedUint8ArrayMemory0 === null \|\| .*(?=\) \{\n)/, isOld("cachedUint8ArrayMemory0")],
    [/^import \* as (\w+) from "__wbindgen_externref_xform__"/m, "const $1 = { __wbindgen_externref_statics_end: () => firstFree };"],
    ["let heap_next = heap.length;", "let heap_next = heap.length;\n\nconst firstFree = heap.length;"],
    [
      /^export \{ initSync, __wbg_init as default \};/m,
      `import { grown } from ${JSON.stringify(values)};\n` +
        "export const startWith = (instantiate) => __wbg_finalize_init({ exports: instantiate({ ...__wbg_get_imports(), grown }) });",
    ],
  ]);
}

function edit(path, replacements) {
  let text = readFileSync(path, "utf8");
  for (const [from, to] of replacements) {
    if (text.search(from) < 0 && !text.includes(from))
      throw new Failure(`${path} has another shape than scripts/segment-function.mjs knows: ${from}`);
    text = text.replace(from, to);
  }
  writeFileSync(path, text);
}

const bundle = async (entry, globalName, options) => {
  // On a fresh checkout the build installs it first.
  const { build } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    entryPoints: [host(entry)],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    globalName,
    target: "es2020",
    // Editors and copying must not change a character.
    charset: "ascii",
    legalComments: "none",
    logLevel: "error",
    metafile: true,
    ...options,
  });
  refuseOthers("segment-function.js", Object.keys(metafile.inputs));
  return outputFiles[0].text.trim();
};

/** Files of js/cloud that a pasted file has others for. */
function replacements(replaced) {
  const table = { "./engine.js": "engine.js", "../engine/glue.js": "liquid.js" };
  return {
    name: "replacements",
    setup({ onResolve }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
        if (!Object.hasOwn(table, path) || !importer.startsWith(join(root, "js", "cloud"))) return undefined;
        replaced.add(path);
        return { path: host(table[path]) };
      });
    },
  };
}

export async function writeFunction(to, version) {
  const replaced = new Set();
  const engine = await bundle("open.js", "engine", { inject: [host("text-coding.js")], plugins: [replacements(replaced)] });
  if (replaced.size !== 2) throw new Failure("js/cloud imports its engine otherwise than scripts/segment-function.mjs knows.");
  const handlers = await bundle("handlers.js", "intercomHandlers");
  const single = HANDLERS.map(
    (name) => `async function ${name}(event, settings) {\n  return intercomHandlers.onEvent(event, settings);\n}`,
  );
  const lines = [
    `// Intercom's Cloud mode as a Segment destination function, intercom-destination ${version}, MIT. Paste all of it; docs/segment-function.md explains the settings.`,
    `function intercomEngine() {\n${engine}\nreturn engine;\n}`,
    handlers,
    ...single,
    "async function onBatch(events, settings) {\n  return intercomHandlers.onBatch(events, settings);\n}\n",
  ];
  writeFileSync(to, lines.join("\n"));
}
