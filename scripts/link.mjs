// Joins the wasm to js/engine/imports.js. wasm-bindgen writes a shim around each import that takes an unsigned number, `>>> 0` for each; our
// handles and addresses never reach that bit, so the shims are left out, and with them the whole glue file.
import { writeFileSync } from "node:fs";
import { Failure, output, run } from "./command.mjs";

const shim = /\(import "\.\/intercom_destination_bg\.js" "__wbg_(\w+)_[0-9a-f]{16}"/g;
const glue = /\(import "\.\/intercom_destination_bg\.js" "(\w+)"/;
// What only the glue would read.
const internal = /^ *\(export "__\w+" .*\n/gm;

// A panic ends in src/wasm's handler, which is one trap. What stands before it, the words of a message nobody reads, is left
// out: functions that never return, and only make that message, trap at once.
const panics =
  /^ \(func \$"?(?:core|alloc|<core|<alloc)\b[^\s"]*::(?:panic\w*|\w*_fail|slice_error_fail_rt|\w*_failed|capacity_overflow|handle_error|handle_alloc_error)"?[ )]/;

// Their texts stay where they are in the data, as zeros: the files in which Rust may panic, and what it would say.
const files = String.raw`(?:/rustc/\w+/library|src)/[\w/]+\.rs`;
const messages =
  "slice index starts at | but ends at |index out of bounds: the len is | but the index is |range (?:start|end) index " +
  "| out of range for slice of length |memory allocation of | bytes failed|capacity overflow|RefCell already (?:mutably )?borrowed";
export const panicTexts = new RegExp(`${files}|${messages}`, "g");

const withoutTexts = (data) => data.replace(panicTexts, (text) => "\\00".repeat(text.length));

const withoutMessages = (text) =>
  text
    .split(/^(?= \()/m)
    .map((part) => (panics.test(part) ? part.replace(/\n[^]*/, "\n  (unreachable)\n )\n") : part))
    .map((part) => (part.startsWith(" (data ") ? withoutTexts(part) : part))
    .join("");

export function link(from, to, features) {
  const text = output("wasm-dis", [...features, from])
    ?.replace(shim, '(import "host" "$1"')
    .replace(internal, "");
  if (!text) throw new Failure(`wasm-dis could not read ${from}.`);
  const [, name] = text.match(glue) ?? [];
  if (name)
    throw new Failure(`The wasm imports ${name} of wasm-bindgen's glue, which is not shipped: imports and exports pass numbers only.`);
  writeFileSync(`${to}.wat`, withoutMessages(text));
  run("wasm-as", [...features, `${to}.wat`, "-o", to]);
}
