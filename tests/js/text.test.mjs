// The engine's functions on texts, where a browser shows only now and then what they spare it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fill, template, to_json } from "../../js/engine/text.js";
import { add, equals_empty_string, useMemory, value } from "../../js/engine/values.js";

useMemory({ buffer: new ArrayBuffer(8) });

// Some versions of V8 take a minute to find that there is no room for its text.
const sparse = new Array(4e9);
sparse[3.9e9] = "last";

const filled = (text, event) => value(fill(template(add(text)), add(event)));

for (const [title, list] of [
  ["a sparse array of 4,000,000,000 items", sparse],
  ["a list of one", [[sparse]]],
]) {
  test(`${title} has no text`, () => {
    const start = performance.now();
    assert.equal(filled("v: {{value}}", { value: list }), undefined);
    assert.equal(value(to_json(add({ value: list, fine: 1 }))), list === sparse ? '{"fine":1}' : '{"value":[[null]],"fine":1}');
    assert.equal(equals_empty_string(add(list)), false);
    assert.ok(performance.now() - start < 1000);
  });
}

test("an empty list is an empty text", () => {
  for (const list of [[], [[]], [undefined]]) assert.equal(equals_empty_string(add(list)), true);
  assert.equal(equals_empty_string(add([1])), false);
});

test("a list within bounds is written with commas", () => {
  assert.equal(filled("v: {{value}}", { value: [1, [2, 3]] }), "v: 1,2,3");
  const cycle = [1];
  cycle.push(cycle);
  assert.equal(filled("v: {{value}}", { value: cycle }), "v: 1,");
});
