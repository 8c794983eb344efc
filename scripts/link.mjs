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
  "| out of range for slice of length |memory allocation of | bytes failed|capacity overflow|RefCell already (?:mutably )?borrowed|mid > len";
export const panicTexts = new RegExp(`${files}|${messages}`, "g");

// Where each panic stands: the address of its file's name, the name's length, the line and the column, 16 bytes that compress badly.
const PLACE = 16;

// The arena takes nothing back (src/wasm/arena.rs), and nothing in this wasm has a `Drop` of its own but what RefCell lends.
const drops =
  /^ \(func \$"?(?:core::ptr::drop_in_place<(?!core::cell)|<+alloc::[^"]* as core::ops::drop::Drop>::drop|alloc::raw_vec::RawVecInner<A>::deallocate)[^\n]*/;

const escaped = /\\([0-9a-f]{2}|.)/g;
const special = { t: 9, n: 10, r: 13 };

/** The bytes of a text in a `(data …)`. */
function bytesOf(text) {
  const bytes = [];
  let from = 0;
  const add = (part) => bytes.push(...Buffer.from(part));
  for (const { 0: whole, 1: code, index } of text.matchAll(escaped)) {
    add(text.slice(from, index));
    bytes.push(code.length === 2 ? Number.parseInt(code, 16) : (special[code] ?? code.charCodeAt(0)));
    from = index + whole.length;
  }
  add(text.slice(from));
  return Buffer.from(bytes);
}

function withoutTexts(data) {
  const [, head, offset, text] = data.match(/^( \(data \S+ \(i32\.const (\d+)\) )"(.*)"\)\n/) ?? [];
  if (text === undefined) throw new Failure("wasm-dis writes another shape of data than scripts/link.mjs knows.");
  const bytes = bytesOf(text);
  const found = Array.from(bytes.toString("latin1").matchAll(panicTexts));
  const names = new Map(
    found.filter(({ 0: name }) => name.endsWith(".rs")).map(({ 0: name, index }) => [index + Number(offset), name.length]),
  );
  for (let at = 0; at + PLACE <= bytes.length; at += 4) {
    if (names.get(bytes.readUInt32LE(at)) === bytes.readUInt32LE(at + 4)) bytes.fill(0, at, at + PLACE);
  }
  for (const { 0: name, index } of found) bytes.fill(0, index, index + name.length);
  return `${head}"${Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}")\n`;
}

const withoutMessages = (text) =>
  text
    .split(/^(?= \()/m)
    .map((part) => (panics.test(part) ? part.replace(/\n[^]*?\n \)\n/, "\n  (unreachable)\n )\n") : part))
    .map((part) => (drops.test(part) ? part.replace(/\n[^]*?\n \)\n/, "\n )\n") : part))
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
