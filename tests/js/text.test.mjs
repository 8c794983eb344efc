// The engine's functions on texts, where a browser shows only now and then what they spare it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fill, millis, template, to_json } from "../../js/engine/text.js";
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

for (const name of ["dates_written_as_digits", "dates_that_no_calendar_has"]) {
  test(`${name}, as the native tests read them`, () => {
    const { event, expect } = JSON.parse(readFileSync(new URL(`../fixtures/actions/${name}.json`, import.meta.url), "utf8"));
    const [[, { created_at, companies }]] = expect;
    const expected = [created_at, ...companies.map((company) => company.created_at)];
    const given = [event.traits, ...event.traits.companies];
    const seconds = (date) => Math.floor(millis(add(date)) / 1000);
    assert.deepEqual(
      given.map(({ createdAt }) => seconds(createdAt)),
      expected.map((date) => date ?? NaN),
    );
  });
}

test("a date's digits at its end are no zone, so the visitor's own does not matter", () => {
  for (const date of ["12-01-2020", "12/01/2020", "Dec 1 2020"]) assert.equal(millis(add(date)), Date.UTC(2020, 11, 1), date);
  assert.equal(millis(add("Wed, 02 Dec 2020 03:04:05 -0500")), Date.UTC(2020, 11, 2, 8, 4, 5));
  assert.equal(millis(add("2020-12-02T03:04:05.678+01:00")), Date.UTC(2020, 11, 2, 2, 4, 5, 678));
});

test("a text that nearly is a date is given up in time", () => {
  const start = performance.now();
  for (const text of [":", "Z(", " Z", "0 ", "+"]) assert.ok(Number.isNaN(millis(add(text.repeat(1e5)))));
  assert.ok(performance.now() - start < 1000);
});
