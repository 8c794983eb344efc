// docs/limits.md says what the limits in Rust and JavaScript are, and so does every other text that names one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as limits from "../../js/limits.js";
import { root } from "../../scripts/command.mjs";

const js = { ...limits };
const read = (file) => readFileSync(join(root, file), "utf8");

/** The product or the shifted number that a constant is. */
const numberIn = (expression) =>
  expression
    .replaceAll("_", "")
    .split("*")
    .map((factor) => factor.split("<<").map(Number))
    .reduce((product, [factor, shift = 0]) => product * factor * 2 ** shift, 1);

const inRust = (file) =>
  [...read(file).matchAll(/^\/\/\/ (.+)\npub const (\w+): \w+ = (.+);$/gm)].map(([, text, name, value]) => ({
    text,
    name,
    value: numberIn(value),
  }));
const shared = inRust("src/limits.rs");
const web = inRust("src/web/limits.rs");
const cloud = inRust("src/cloud/limits.rs");
const inJavaScript = [...read("js/limits.js").matchAll(/^\/\*\* (.+) \*\/\nexport const (\w+) = /gm)].map(([, text, name]) => ({
  text,
  name,
  value: js[name],
}));

const UNITS = { "": 1, ms: 1, s: 1000, min: 60_000, h: 3_600_000, MiB: 2 ** 20 };
const rows = new Map(
  [...read("docs/limits.md").matchAll(/^\| (.+?) \| (?:[^|\d]+ )?([\d,]+)(?: (ms|s|min|h|MiB))? \|/gm)].map(
    ([, text, value, unit = ""]) => [text, Number(value.replaceAll(",", "")) * UNITS[unit]],
  ),
);

test("each limit has a row with its value, and each row is a limit", () => {
  const all = [...shared, ...web, ...cloud, ...inJavaScript];
  assert.equal(inJavaScript.length, Object.keys(js).length);
  for (const { text, name, value } of all) assert.equal(rows.get(text), value, name);
  assert.deepEqual(
    [...rows.keys()].filter((text) => !all.some((limit) => limit.text === text)),
    [],
  );
  for (const file of ["src/limits.rs", "src/web/limits.rs", "src/cloud/limits.rs"]) {
    assert.equal(inRust(file).length, read(file).match(/^pub const/gm).length, `${file}: a limit without a comment`);
  }
});

test("JavaScript cuts where Rust does", () => {
  const known = Object.fromEntries(shared.map(({ name, value }) => [name, value]));
  const { DEPTH, ITEMS, CONTAINERS, DEEP, DEEP_COST } = known;
  assert.deepEqual({ ...js, DEPTH, ITEMS, CONTAINERS, DEEP, DEEP_COST, WAITING: web.find(({ name }) => name === "QUEUE").value }, js);
});

/** Where a limit is named elsewhere: `#` stands for its number, with or without a comma. */
const SENTENCES = [
  [
    "README.md",
    "| `widgetTimeout` | milliseconds until a widget that has not loaded is reported as unavailable and queued calls are dropped | # |",
    web,
    "WIDGET_TIMEOUT",
  ],
  ["README.md", "up to # calls wait, in order", web, "QUEUE"],
  ["README.md", "`shutdown` is held for them, # ms at most", web, "RESET_HOLD"],
  ["README.md", "more than # ms after `reset()`", web, "RESET_HOLD"],
  ["js/types/index.d.ts", "Default: #. */\n  widgetTimeout", web, "WIDGET_TIMEOUT"],
  ["js/web/sentences.js", "More than # events wait", web, "QUEUE"],
  ["js/web/sentences.js", "has over # characters", web, "VALUE"],
  ["js/web/forward/forward.js", "told of over # events", web, "FORWARDS"],
  ["docs/forwarding.md", "At most # events", web, "FORWARDS"],
  ["js/web/sentences.js", "keeps at most # metadata keys", web, "METADATA"],
  ["js/web/sentences.js", "Intercom accepts # updates per page in 30 minutes", web, "QUOTA"],
  ["docs/session.md", "up to #. Then tracks are dropped", web, "QUEUE"],
  ["docs/session.md", "`shutdown` is held for up to # ms", web, "RESET_HOLD"],
  ["docs/troubleshooting.md", "`widgetTimeout` is in milliseconds, # by default", web, "WIDGET_TIMEOUT"],
  ["docs/troubleshooting.md", "Queued calls (up to #) are dropped", web, "QUEUE"],
  ["docs/filters.md", "Parentheses nest up to # levels", shared, "FILTER_DEPTH"],
  ["docs/mappings.md", "Mappings nest up to # levels", shared, "DEPTH"],
  ["docs/mappings.md", "read up to # entries wide", shared, "ITEMS"],
  ["docs/mappings.md", "A Liquid template of at most # characters", shared, "LIQUID"],
  ["docs/mappings.md", "pattern and replacement has at most # characters", shared, "PATTERN"],
  ["docs/errors.md", "up to # letters, digits", web, "APP_ID"],
  ["src/error.rs", "more than # subscriptions", shared, "SUBSCRIPTIONS"],
  ["src/error.rs", "expected fewer than # characters", shared, "FILTER_WORD"],
  ["src/error.rs", "expected at most # nested parentheses", shared, "FILTER_DEPTH"],
  ["src/error.rs", "expected at most # levels of nesting", shared, "DEPTH"],
  ["src/error.rs", "expected at most # characters, and a pattern", shared, "PATTERN"],
  ["src/error.rs", 'expected at most # characters"', shared, "LIQUID"],
  ["src/error.rs", "a whole number from 1 to #", cloud, "COUNT"],
  ["src/cloud/code.rs", "cut to # characters", cloud, "TEXT"],
];

test("other texts name the same numbers", () => {
  for (const [file, sentence, limits, name] of SENTENCES) {
    const { value } = limits.find((limit) => limit.name === name);
    const isSaid = [String(value), value.toLocaleString("en")].some((number) => read(file).includes(sentence.replace("#", number)));
    assert.ok(isSaid, `${file} does not say "${sentence}" with ${value}`);
  }
});
