import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openWorkspace, user } from "./client.mjs";

/** A module and all it imports, with their texts. */
function withImports(name, texts = new Map()) {
  if (texts.has(name)) return texts;
  const text = readFileSync(new URL(name, import.meta.url), "utf8");
  texts.set(name, text);
  for (const [, imported] of text.matchAll(/^import .* from "(.+)";$/gm)) {
    assert.match(imported, /^\.\//, `${name} imports ${imported}`);
    withImports(imported, texts);
  }
  return texts;
}

test("the playground can run it: no module of Node's, and no clock or chance of its own", () => {
  for (const [name, text] of withImports("./intercom.mjs")) {
    assert.doesNotMatch(text, /\bDate\b|performance\.|Math\.random|process\.|setTimeout|\bfetch\(/, name);
  }
  withImports("./fetch.mjs");
  withImports("./clock.mjs");
});

test("the same calls at the same times give the same answers", async () => {
  const run = async () => {
    const { call, clock, intercom } = openWorkspace({
      random: 3,
      searchLag: 1,
      faultRates: { 503: 0.2, garbage: 0.2 },
      rate: { headersAbsent: 0.5 },
    });
    const answers = [];
    for (let step = 0; step < 200; step += 1) {
      answers.push(call("POST", "/contacts", user(`u-${step % 20}`)));
      answers.push(call("POST", "/contacts/search", { query: { field: "role", operator: "=", value: "user" } }));
      await clock.advance(100);
    }
    return { answers, state: intercom.state() };
  };
  assert.deepEqual(await run(), await run());
});
