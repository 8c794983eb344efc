// The wasm inside the script: every byte comes back, from a text that no charset can spoil.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { decode } from "../../js/engine/decode.js";
import { unpack } from "../../js/engine/unpack.js";
import { features } from "../../scripts/build.mjs";
import { output, run } from "../../scripts/command.mjs";
import { embed, encode } from "../../scripts/embed.mjs";
import { pack } from "../../scripts/pack.mjs";

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const repeated = (bytes, times) => new Uint8Array(bytes.length * times).map((_, i) => bytes[i % bytes.length]);
const contents = {
  nothing: [],
  "one zero": [0],
  "every byte": everyByte,
  "every byte, backwards": everyByte.toReversed(),
  "printable bytes above all": [...everyByte, ...repeated(everyByte.subarray(32, 127), 50)],
  "high bytes above all": [...everyByte, ...repeated(everyByte.subarray(127), 50)],
  "quotes and backslashes": repeated([34, 92, 39, 96, 36, 123, 124, 125, 126, 127], 20),
  "the engine": readFileSync(new URL("../../pkg/intercom-destination.wasm", import.meta.url)),
};

for (const [name, bytes] of Object.entries(contents)) {
  test(`${name} comes back from the text`, () => {
    const text = encode(Uint8Array.from(bytes));
    assert.match(text, /^[ -~]*$/);
    assert.deepEqual(decode(text), Uint8Array.from(bytes));
  });
}

test("the module holds the text in ASCII", async () => {
  const source = embed(everyByte);
  assert.match(source, /^[\n -~]*$/);
  const { default: text } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  assert.deepEqual(decode(text), everyByte);
});

function inFile(name, content, work) {
  const folder = mkdtempSync(join(tmpdir(), "embedded-"));
  try {
    const file = join(folder, name);
    writeFileSync(file, content);
    return work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A wasm as text, without alignments, which are hints. */
const disassembled = (bytes) => inFile("engine.wasm", bytes, (file) => output("wasm-dis", [...features, file]).replace(/ align=\d+/g, ""));

const assembled = (text) =>
  inFile("engine.wat", text, (file) => {
    run("wasm-as", [...features, file, "-o", `${file}.wasm`]);
    return readFileSync(`${file}.wasm`);
  });

test("the module in pkg holds the wasm beside it", async () => {
  const { default: text } = await import("../../pkg/wasm.js");
  const unpacked = unpack(decode(text));
  assert.ok(WebAssembly.validate(unpacked));
  assert.equal(disassembled(unpacked), disassembled(contents["the engine"]));
});

test("every kind of instruction comes back from the streams", () => {
  const wat = `(module (memory 1) (table 2 funcref) (elem (i32.const 0) $all $all) (global $g (mut i32) (i32.const 300))
    (func $all (param i32 i64 f64) (result i32) (local f32 i32 i32) (local i64)
      (global.set $g (i32.const -70000)) (i64.store offset=200 (local.get 0) (i64.const 0x123456789abcdef0))
      (f64.store (memory.grow (i32.const 1)) (f64.mul (local.get 2) (f64.const -0.1)))
      (memory.copy (local.get 0) (memory.size) (i32.const 3)) (memory.fill (local.get 0) (i32.const 1) (i32.const 200))
      (local.set 4 (i32.trunc_sat_f64_u (local.get 2)))
      (loop $again (block $out (block $in (br_table $in $out $again (local.get 0))) (br_if $again (local.get 4))))
      (if (result i32) (local.get 0) (then (call $all (i32.const 1) (i64.const 2) (f64.const 3)))
        (else (call_indirect (param i32 i64 f64) (result i32) (local.get 0) (i64.const 0) (f64.const 0) (i32.const 1))))))`;
  const bytes = assembled(wat);
  const unpacked = unpack(pack(bytes));
  assert.ok(WebAssembly.validate(unpacked));
  assert.equal(disassembled(unpacked), disassembled(bytes));
});

test("an instruction that is not known is refused", () => {
  const bytes = assembled("(module (func (drop (f32.const 1))))");
  assert.throws(() => pack(bytes), /instruction 67/);
});
