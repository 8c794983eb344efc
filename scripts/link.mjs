// Joins the wasm to js/host.js. wasm-bindgen writes a shim around each import that takes an unsigned number, `>>> 0` for each; our
// handles and addresses never reach that bit, so the shims are left out, and with them the whole glue file.
import { writeFileSync } from "node:fs";
import { Failure, output, run } from "./command.mjs";

const shim = /\(import "\.\/intercom_destination_bg\.js" "__wbg_(\w+)_[0-9a-f]{16}"/g;
const glue = /\(import "\.\/intercom_destination_bg\.js" "(\w+)"/;
// What only the glue would read.
const internal = /^ *\(export "__\w+" .*\n/gm;

export function link(from, to) {
  const text = output("wasm-dis", [from])?.replace(shim, '(import "host" "$1"').replace(internal, "");
  if (!text) throw new Failure(`wasm-dis could not read ${from}.`);
  const [, name] = text.match(glue) ?? [];
  if (name) throw new Failure(`The wasm imports ${name} of wasm-bindgen's glue, which is not shipped: imports and exports pass numbers only.`);
  writeFileSync(`${to}.wat`, text);
  run("wasm-as", ["--mvp-features", "--enable-mutable-globals", `${to}.wat`, "-o", to]);
}
