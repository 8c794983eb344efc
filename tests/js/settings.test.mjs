// One list of each mode's settings: the README, the types and the playground name those that the engine knows; and Cloud mode's fields.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { createInspector } from "../../pkg/intercom-destination.inspect.js";
import { ACTIONS, fieldsOf } from "../../www/cloud/words.js";

const read = (path) => readFileSync(join(root, path), "utf8");
const section = (text, heading) => text.split(`\n## ${heading}\n`)[1].split("\n## ")[0];
const keys = (text, pattern) => [...text.matchAll(pattern)].map(([, key]) => key).toSorted();

const [, settings] = read("js/types/index.d.ts").match(/export interface Settings \{([\s\S]+?)\n\}/);
const typed = keys(settings, /^ {2}(\w+)\??:/gm);

test("the README's table and the types name the same", () => {
  assert.deepEqual(keys(section(read("README.md"), "Settings"), /^\| `(\w+)`/gm), typed);
});

test("the engine knows each of them, and no slip in one", async () => {
  const unknown = async (key) => {
    const { check } = await createInspector({ appId: "abc123", [key]: { a: 1 } });
    return check.problems.some(({ code, path }) => code === "setting_unknown" && path.length === 1);
  };
  for (const key of typed) assert.equal(await unknown(key), false, key);
  for (const key of typed) assert.equal(await unknown(`${key}s`), true, `${key}s`);
});

test("the playground has a place for each that is text, a number or a switch", () => {
  const page = read("www/settings.js").replace(/KEYS = .*/, "") + read("www/visit.js");
  // Subscriptions have an editor of their own, and a page's link can hold no function.
  for (const key of typed.filter((key) => !["subscriptions", "onError", "userJwt"].includes(key))) {
    assert.ok(page.includes(`"${key}"`) || page.includes(`"${key}.`), key);
  }
});

const [, messenger] = read("js/types/index.d.ts").match(/export interface MessengerSettings \{([\s\S]+?)\n\}/);
const messengerKeys = keys(messenger, /^ {2}(\w+)\?:/gm);

test("the engine knows each key of the setting messenger, and its page and the playground name it", async () => {
  const [page, playground] = [read("docs/messenger.md"), read("www/settings.js")];
  assert.deepEqual(keys(page, /^\| `(\w+)` \|/gm), messengerKeys);
  for (const key of messengerKeys) {
    const { check } = await createInspector({ appId: "abc123", messenger: { [key]: {} } });
    assert.deepEqual(
      check.problems.map(({ severity, path }) => [severity, path]),
      [["fault", ["messenger", key]]],
    );
    assert.ok(playground.includes(`"messenger.${key}"`), key);
  }
});

test("the playground has a place for each setting of Cloud mode that is not the stand-in's", () => {
  const page = read("www/cloud/settings.js");
  const [, settings] = read("js/types/cloud.d.ts").match(/export interface CloudSettings \{([\s\S]+?)\n\}/);
  const elsewhere = ["subscriptions", "accessToken", "baseUrl", "dryRun", "fetch", "clock", "cache", "onError", "onRequest"];
  const own = keys(settings, /^ {2}(\w+)\??:/gm).filter((key) => !elsewhere.includes(key));
  assert.ok(own.length > 10);
  for (const key of own) assert.ok(page.includes(`"${key}"`), key);
});

test("the playground offers the fields of Cloud mode's actions", () => {
  const [, ...rows] = [...section(read("docs/cloud.md"), "Actions").matchAll(/^\| `(\w+)` \| (.*?) \|/gm)];
  assert.deepEqual(
    rows.map(([, action]) => action),
    Object.keys(ACTIONS),
  );
  for (const [, action, fields] of rows) assert.deepEqual(fieldsOf(action, []), fields.replaceAll("`", "").split(", "), action);
});
