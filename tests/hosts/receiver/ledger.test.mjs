// What became of jobs, written into the queue: what the cache knows of people comes before, and both are let go of together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLedger } from "../../../hosts/receiver/node/ledger.js";
import { until } from "../until.mjs";

const job = (id) => ({ id, partition: 0, event: {} });

function open(flushCache = async () => {}, remove = async () => {}) {
  const state = { removed: [], done: [] };
  const queue = {
    async remove(_partition, ids) {
      await remove();
      state.removed.push(...ids);
    },
    putBack: async () => {},
    bury: async () => {},
  };
  const ledger = createLedger({ queue, flushCache, isDone: ({ id }) => state.done.push(id), log() {} });
  return { ledger, state };
}

test("jobs are removed after the cache is written", async () => {
  let write;
  const { ledger, state } = open(() => new Promise((done) => (write = done)));
  ledger.settle(job("1"));
  await until(() => write, "the cache is being written");
  assert.deepEqual(state.removed, []);
  write();
  await until(() => state.done.length === 1, "the job is done");
  assert.deepEqual(state.removed, ["1"]);
});

test("jobs that are let go of stay in the queue, also while the cache is being written", async () => {
  let write;
  const { ledger, state } = open(() => new Promise((done) => (write = done)));
  ledger.settle(job("1"));
  await until(() => write, "the cache is being written");
  ledger.settle(job("2"));
  ledger.forget();
  write();
  await ledger.flush();
  assert.deepEqual([state.removed, state.done.toSorted()], [[], ["1", "2"]]);
});

for (const [what, end] of [
  ["fails", (_done, fail) => fail(new Error("The database restarts"))],
  ["succeeds", (done) => done()],
])
  test(`jobs that are let go of while they are written may be given out again, and a write that ${what} later is not about those`, async () => {
    let write;
    const { ledger, state } = open(undefined, () => new Promise((done, fail) => (write = () => end(done, fail))));
    ledger.settle(job("1"));
    await until(() => write, "the job is being removed");
    ledger.forget();
    assert.deepEqual(state.done, ["1"], "let go of at once");
    write();
    await ledger.flush();
    assert.deepEqual(state.done, ["1"]);
  });
