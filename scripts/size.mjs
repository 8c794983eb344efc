// `npm run size`: fails when the drop-in script is over its budget, and says where the bytes are.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { Failure, main, output, root, run } from "./command.mjs";
import { sizes } from "./sizes.mjs";
import { readerOf, sectionsOf } from "./wasm-sections.mjs";

// The goal is 16,384 bytes. Until the wasm is small enough for that, the budget only keeps what has been reached.
const BUDGET = 28190;

const LARGEST = 25;
const dropIn = join(root, "pkg", "intercom-destination.umd.js");
const wasm = join(root, "pkg", "intercom-destination.wasm");
const text = join(root, "pkg", "wasm.js");
const target = "wasm32v1-none";

const number = (value) => value.toLocaleString("en");
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join("  "))
    .join("\n");
}

const CODE = 10;
const DATA = 11;
const IMPORT = 2;

function importedFunctions(bytes, section) {
  if (!section) return 0;
  const reader = readerOf(bytes, section.start);
  let functions = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.text();
    reader.text();
    const kind = bytes[reader.at++];
    if (kind === 0) functions += 1;
    // A table's element type, or a global's type, stands before its limits or its mutability.
    if (kind === 1 || kind === 3) reader.at++;
    if (kind === 1 || kind === 2) {
      const hasMaximum = bytes[reader.at++] & 1;
      reader.number();
      if (hasMaximum) reader.number();
    } else if (kind === 3) reader.at++;
    else reader.number();
  }
  return functions;
}

function namesOf(bytes, section) {
  const names = new Map();
  if (!section) return names;
  const reader = readerOf(bytes, section.start);
  while (reader.at < section.end) {
    const id = bytes[reader.at++];
    const end = reader.number() + reader.at;
    if (id === 1) for (let left = reader.number(); left > 0; left--) names.set(reader.number(), reader.text());
    reader.at = end;
  }
  return names;
}

/** `[name, bytes]` of each function, the largest first. */
function functionsOf(bytes) {
  const sections = sectionsOf(bytes);
  const find = (id, name) => sections.find((section) => section.id === id && section.name === name);
  const names = namesOf(bytes, find(0, "name"));
  const first = importedFunctions(bytes, find(IMPORT));
  const reader = readerOf(bytes, find(CODE).start);
  const count = reader.number();
  const functions = Array.from({ length: count }, (_, i) => {
    const size = reader.number();
    reader.at += size;
    return [names.get(first + i) ?? `function ${first + i}`, size];
  });
  return functions.sort(([, a], [, b]) => b - a);
}

// As much of Rust's two manglings as a reader needs: the names, each behind its length.
function readable(mangled) {
  if (!/^_(ZN|R)/.test(mangled)) return mangled;
  const text = mangled.startsWith("_R") ? mangled.replace(/Cs[0-9a-zA-Z]+_|B[0-9a-zA-Z]?_|s[0-9a-zA-Z]?_/g, "") : mangled;
  const names = [];
  for (let at = text.search(/\d/); at >= 0 && at < text.length; ) {
    const [digits] = text.slice(at).match(/\d+/);
    const start = text.indexOf(digits, at) + digits.length;
    names.push(text.slice(start, start + Number(digits)));
    const next = text.slice(start + Number(digits)).search(/\d/);
    at = next < 0 ? -1 : start + Number(digits) + next;
  }
  const path = names.filter((name) => !/^h[0-9a-f]{16}$/.test(name) && name !== "intercom_destination").join("::");
  const marks = { LT: "<", GT: ">", RF: "&", C: ",", u20: " ", u7b: "{", u7d: "}" };
  return path
    .replace(/\$(\w+?)\$/g, (whole, mark) => marks[mark] ?? whole)
    .replaceAll("..", "::")
    .replace(/_(?=<)/g, "")
    .replaceAll("intercom_destination::", "");
}

function compiled() {
  const metadata = output("cargo", ["metadata", "--no-deps", "--format-version", "1", "--offline"]);
  const path = metadata && join(JSON.parse(metadata).target_directory, target, "release", "intercom_destination.wasm");
  return path && existsSync(path) ? path : undefined;
}

async function split() {
  const script = readFileSync(dropIn);
  const bytes = readFileSync(wasm);
  const sections = sectionsOf(bytes);
  const part = (id) =>
    sections
      .filter((section) => section.id === id)
      .reduce((all, { start, end }) => Buffer.concat([all, bytes.subarray(start, end)]), Buffer.alloc(0));
  const { default: embedded } = await import(pathToFileURL(text));
  // Terser takes the quotes that need fewer escapes.
  const double = JSON.stringify(embedded);
  const single = `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  const literal = [double, single].find((each) => script.includes(each));
  if (!literal) throw new Failure("The drop-in script does not hold pkg/wasm.js: please run `npm run build` again.");
  const shell = Buffer.from(script.toString().replace(literal, () => '""'));
  const row = (name, part) => [name, number(part.length), number(brotli(part))];
  const overhead = [literal.length - bytes.length, brotli(script) - brotli(shell) - brotli(bytes)];
  return [
    ["part, compressed by itself", "raw", "brotli"],
    row("JavaScript", shell),
    row("wasm", bytes),
    row("  code", part(CODE)),
    row("  data", part(DATA)),
    ["packing the wasm, as text", ...overhead.map(number)],
    row("drop-in script", script),
  ];
}

await main(import.meta.url, async () => {
  if (!existsSync(dropIn)) run(process.execPath, [join(root, "scripts", "build.mjs")]);
  console.log(`${table(await split())}\n`);
  const path = compiled();
  if (path) {
    const functions = functionsOf(readFileSync(path));
    const all = functions.reduce((sum, [, size]) => sum + size, 0);
    const rows = functions
      .slice(0, LARGEST)
      .map(([name, size]) => [readable(name).slice(0, 100), number(size), `${((100 * size) / all).toFixed(1)} %`]);
    console.log(`The largest of ${functions.length} functions, before wasm-opt\n${table(rows)}\n`);
  }
  const size = sizes(dropIn).brotli;
  const verdict = `The drop-in script takes ${number(size)} bytes under brotli; its budget is ${number(BUDGET)}.`;
  if (size > BUDGET) throw new Failure(verdict);
  console.log(verdict);
});
