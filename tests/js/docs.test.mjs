// The examples of docs/mappings.md that need Liquid, which tests/docs.rs cannot render.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "../../js/entries/liquid.js";

const { liquid } = globalThis.intercomDestinationParts;
const text = readFileSync(new URL("../../docs/mappings.md", import.meta.url), "utf8");
const examples = [...text.matchAll(/^```json\n([^]*?)^```/gm)].map(([, example]) => JSON.parse(example));

test("examples of @liquid render as they say", () => {
  let count = 0;
  for (const { mapping = {}, event, result } of examples) {
    for (const [key, value] of Object.entries(mapping)) {
      if (!value?.["@liquid"]) continue;
      assert.equal(liquid(value["@liquid"], event), result[key]);
      count++;
    }
  }
  assert.ok(count > 0);
});
