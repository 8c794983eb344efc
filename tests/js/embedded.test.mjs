// The wasm inside the script: every byte comes back, from a text that no charset can spoil.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decode } from "../../js/engine/decode.js";
import { embed, encode } from "../../scripts/embed.mjs";

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

test("the module in pkg holds the wasm beside it", async () => {
  const { default: text } = await import("../../pkg/wasm.js");
  assert.deepEqual(decode(text), Uint8Array.from(contents["the engine"]));
});
