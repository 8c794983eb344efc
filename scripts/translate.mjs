// wasm → JavaScript, for pages that forbid WebAssembly: a module whose default export takes the imports and gives the exports, as
// instantiating the wasm would.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { Failure, run } from "./command.mjs";

export function translate(wasm, to, features) {
  const lowered = `${to}.wasm`;
  run("wasm-opt", [
    ...features,
    "--llvm-memory-copy-fill-lowering",
    "--llvm-nontrapping-fptoint-lowering",
    "--signext-lowering",
    wasm,
    "-o",
    lowered,
  ]);
  run("wasm2js", ["-Oz", ...features, lowered, "-o", to]);
  rmSync(lowered);
  const text = readFileSync(to, "utf8");
  const body = text.slice(0, text.indexOf("\nvar retasmFunc")).replace(/^import .*\n/gm, "");
  if (!body.includes("function asmFunc(")) throw new Failure("wasm2js writes another shape of module than scripts/translate.mjs knows.");
  writeFileSync(to, `// @ts-nocheck\n${body}\nexport default asmFunc;\n`);
}
