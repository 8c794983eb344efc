// The cache in the database: what is read and written when, and that a kill cannot come between what belongs together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCache } from "../../../hosts/receiver/node/cache.js";
import { openEmbedded } from "../../../hosts/receiver/node/embedded.js";
import { openQueue } from "../../../hosts/receiver/node/queue.js";
import { until } from "../until.mjs";
import { openQueueFolder } from "./program.mjs";

/** A cache whose database is a map; `fails` makes writes fail. */
function open() {
  const rows = new Map();
  const state = { reads: [], writes: [], fails: false };
  const { open, flush, forget } = createCache({
    async read(keys) {
      state.reads.push(keys);
      return keys.filter((key) => rows.has(key)).map((key) => ({ key, value: rows.get(key) }));
    },
    async write(entries) {
      state.writes.push(entries.map(([key, value]) => [key, value]));
      await state.pause;
      if (state.fails) throw new Error("down");
      for (const [key, value] of entries) value === undefined ? rows.delete(key) : rows.set(key, value);
    },
  });
  return { cache: open(), open, flush, forget, rows, state };
}

test("questions of one moment are one, and so are writes", async () => {
  const { cache, rows, state } = open();
  rows.set("a", "1").set("b", "2");
  assert.deepEqual(await Promise.all([cache.get("a"), cache.get("b"), cache.get("c"), cache.get("a")]), ["1", "2", undefined, "1"]);
  assert.deepEqual(state.reads, [["a", "b", "c"]]);
  await Promise.all([cache.put("c", "3", 1000), cache.delete("a"), cache.put("c", "4", 1000)]);
  assert.deepEqual(state.writes, [
    [
      ["c", "4"],
      ["a", undefined],
    ],
  ]);
  assert.deepEqual(
    [...rows],
    [
      ["b", "2"],
      ["c", "4"],
    ],
  );
});

test("what is not written yet is known, and a put resolves when it is written", async () => {
  const { cache, flush, rows, state } = open();
  const put = cache.put("a", "1", 1000);
  assert.deepEqual([await cache.get("a"), rows.size], ["1", 0]);
  let write;
  state.pause = new Promise((done) => (write = done));
  flush();
  await until(() => state.writes.length === 1, "the write has begun");
  assert.deepEqual([await cache.get("a"), rows.size], ["1", 0]);
  write();
  await put;
  assert.equal(rows.get("a"), "1");
});

test("what could not be written is written later, unless it is another by then", async () => {
  const { cache, flush, rows, state } = open();
  state.fails = true;
  const puts = [cache.put("a", "1", 1000), cache.put("b", "1", 1000)];
  await assert.rejects(flush());
  for (const put of puts) await assert.rejects(put);
  state.fails = false;
  await Promise.all([cache.put("a", "2", 1000), flush()]);
  assert.deepEqual([rows.get("a"), rows.get("b")], ["2", "1"]);
});

test("what is let go of is neither written nor known, and nothing more is taken from who put it", async () => {
  const { cache, open: openCache, flush, forget, rows, state } = open();
  let fail;
  state.pause = new Promise((_, reject) => (fail = reject));
  const put = cache.put("a", "1", 1000);
  flush();
  await until(() => state.writes.length === 1, "the write has begun");
  const waiting = cache.put("b", "1", 1000);
  forget();
  await waiting;
  fail(new Error("down"));
  await assert.rejects(put);
  state.pause = undefined;
  await cache.put("c", "1", 1000);
  await flush();
  rows.set("a", "2");
  const next = openCache();
  assert.deepEqual(
    [await cache.get("a"), await next.get("a"), await next.get("b"), await next.get("c")],
    [undefined, "2", undefined, undefined],
  );
  await next.put("b", "2", 1000);
  assert.deepEqual(
    [...rows],
    [
      ["a", "2"],
      ["b", "2"],
    ],
  );
});

test("the database takes removals and entries in one statement", async () => {
  const folder = await openQueueFolder("cache");
  const database = await openEmbedded(`${folder}/data/pg`);
  let statements = 0;
  const counted = { executeSql: (...given) => ++statements && database.executeSql(...given), close: database.close };
  const { cache, close } = await openQueue({ database: counted, url: undefined, partitions: 1, onError: assert.fail });
  const later = Date.now() + 60_000;
  await cache.write([["unclear", "1", later]]);
  statements = 0;
  await cache.write([
    ["unclear", undefined, 0],
    ["lead", "id", later],
    ["old", "x", 1],
  ]);
  assert.equal(statements, 1);
  assert.deepEqual(await cache.read(["unclear", "lead", "old"], Date.now()), [{ key: "lead", value: "id" }]);
  await close();
});
