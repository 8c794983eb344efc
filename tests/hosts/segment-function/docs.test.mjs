// docs/segment-function.md: its example, its settings and its figures.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { OWN, readSettings } from "../../../hosts/segment-function/settings.js";
import { root } from "../../../scripts/command.mjs";
import { sizes } from "../../../scripts/sizes.mjs";
import { standInFetch } from "../../intercom/fetch.mjs";
import { createIntercom } from "../../intercom/intercom.mjs";
import { openSandbox } from "./sandbox.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const page = read("docs/segment-function.md");

test("the example's events get the answers of the page", async () => {
  const [events, answers] = [...page.matchAll(/```json\n([^]+?)```/g)].map(([, block]) => JSON.parse(block));
  const intercom = createIntercom({ now: Date.now });
  const { onBatch } = openSandbox({ fetch: standInFetch(intercom) });
  assert.deepEqual(await onBatch(events, { accessToken: "any", region: "", subscriptions: "" }), answers);
  assert.deepEqual(
    intercom.state().events.map(({ name }) => name),
    ["Order Completed"],
  );
});

test("the table has every setting that a function takes", () => {
  const section = page.split("## Settings")[1].split("\n## ")[0];
  const documented = [...section.matchAll(/^\| (`[^|]+`) \|/gm)]
    .flatMap(([, names]) => [...names.matchAll(/`(\w+)`/g)])
    .map(([, name]) => name);
  const [, settings] = read("js/types/cloud.d.ts").match(/export interface CloudSettings \{([\s\S]+?)\n\}/);
  const known = [...settings.matchAll(/^ {2}(\w+)\?:/gm)].map(([, key]) => key);
  assert.deepEqual(documented.toSorted(), known.filter((key) => !OWN.includes(key)).toSorted());
  for (const key of OWN) assert.throws(() => readSettings({ [key]: "x" }), { code: "setting_invalid" });
});

test("the sizes are those of the file", () => {
  const { raw, gzip } = sizes(join(root, "pkg", "segment-function.js"));
  const [, rawSaid, gzipSaid] = page.match(/\((\d+) KB, (\d+) KB under gzip\)/).map(Number);
  assert.ok(Math.abs(raw / 1000 - rawSaid) < rawSaid / 50 && Math.abs(gzip / 1000 - gzipSaid) < gzipSaid / 50, `${raw}, ${gzip}`);
});
