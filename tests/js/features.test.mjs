// The wasm that sites run holds the names and error codes of web mode, and none of another mode or a tool, nor what a panic would say.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as host from "../../js/engine/imports.js";
import { root } from "../../scripts/command.mjs";
import { panicTexts } from "../../scripts/link.mjs";

const bytes = readFileSync(join(root, "pkg", "intercom-destination.wasm"));

/** The rows of a table in Rust: what each says, and whether what visitors download has it. */
function rows(file, pattern) {
  const source = readFileSync(join(root, "src", file), "utf8");
  const found = [...source.matchAll(pattern)].map(([, condition, text]) => ({
    text,
    isWeb: !condition || (condition.includes('feature = "web"') && !condition.includes("target_os")),
  }));
  assert.ok(found.length > 40, file);
  return found;
}

const CONDITION = String.raw`(?:#\[cfg\((.*)\)\]\s+)?`;
const texts = (rows, isWeb) => rows.filter((row) => row.isWeb === isWeb).map((row) => row.text);

test("names", async () => {
  const interned = [];
  const intern = (at, length) => {
    interned.push(
      Buffer.from(new Uint8Array(instance.exports.memory.buffer, at, length))
        .toString()
        .split("\n"),
    );
  };
  const { instance } = await WebAssembly.instantiate(bytes, { host: { ...host, intern } });
  instance.exports.start();
  const names = rows("name.rs", new RegExp(`^ +${CONDITION}\\w+ "(.*)"$`, "gm"));
  const [own, directives] = interned;
  assert.deepEqual(own, texts(names, true));
  assert.ok(directives.every((key) => key.startsWith("@")));
});

test("error codes", () => {
  const kinds = rows("error.rs", new RegExp(`^ +${CONDITION}(?:fault|warning) \\w+ "(.*?)"`, "gm"));
  for (const code of texts(kinds, true)) assert.ok(bytes.includes(`${code}\n`), `${code} is missing`);
  for (const code of texts(kinds, false)) assert.ok(!bytes.includes(`${code}\n`), `${code} is not for web mode`);
});

test("no text of a panic", () => {
  const text = bytes.toString("latin1");
  assert.deepEqual(text.match(panicTexts), null);
  assert.doesNotMatch(text, /\.rs\b|panicked|out of range|overflow/);
});
