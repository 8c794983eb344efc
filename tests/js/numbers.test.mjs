// Numbers that JavaScript and the engine both count by: each list has the same members in the same order on both sides.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { COMMANDS, FACTS } from "../../js/engine/numbers.js";
import { REPEAT } from "../../js/web/debug-log.js";
import { WORDS } from "../../js/web/forward/asked.js";
import { ACTIONS, TYPES } from "../../js/web/destination.js";
import { NOTICE, NOTICES } from "../../js/web/notices.js";
import { SENTENCES } from "../../js/web/sentences.js";
import { root } from "../../scripts/command.mjs";

/** The body of an enum or a module in Rust, without its comments. */
function bodyOf(file, name, item = "enum") {
  const source = readFileSync(join(root, "src", file), "utf8");
  const [, body] = source.match(new RegExp(`^( *)pub ${item} ${name} \\{\\n([^]*?)\\n\\1\\}`, "m"))?.slice(1) ?? [];
  assert.ok(body, `${file} has no ${item} ${name}`);
  return body.replace(/^ *\/\/.*\n?/gm, "");
}

/** The texts of a `text_enum!`, in the order of their numbers. */
const textsOf = (file, name) =>
  bodyOf(file, name)
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => line.match(/^ +\w+ "(.+)"$/)[1]);

/** The constants of a module in Rust, with names as in JavaScript. */
function constantsOf(file, name) {
  const camelCase = (name) => name.toLowerCase().replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  const constants = [...bodyOf(file, name, "mod").matchAll(/^ +pub const (\w+): \w+ = (\d+);$/gm)];
  return Object.fromEntries(constants.map(([, name, value]) => [camelCase(name), Number(value)]));
}

test("types of events", () => assert.deepEqual(TYPES, textsOf("event_type.rs", "EventType")));
test("actions", () => assert.deepEqual(ACTIONS, textsOf("web/actions/action.rs", "Action")));
test("facts", () => assert.deepEqual(FACTS, constantsOf("wasm/numbers.rs", "fact")));
test("commands", () => assert.deepEqual(COMMANDS, constantsOf("wasm/numbers.rs", "command")));

test("what the Messenger tells", () => assert.deepEqual(WORDS, textsOf("web/forwarding.rs", "Word")));

test("notices", () => {
  const codes = textsOf("web/session/notice.rs", "Notice");
  assert.deepEqual(NOTICES, codes);
  for (const code of codes)
    assert.ok(
      SENTENCES.some(([of]) => of === code),
      code,
    );
  assert.equal(NOTICE.queueFull, codes.indexOf("queue_full"));
  assert.equal(NOTICE.widgetUnavailable, codes.indexOf("widget_unavailable"));
});

test("reasons to skip a call", () => {
  assert.match(bodyOf("web/session/io.rs", "Skip"), new RegExp(`\\bRepeat = ${REPEAT},`));
});
