// From the queue to Cloud mode: what becomes of events when one Cloud takes another one's place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPump } from "../../../hosts/receiver/node/pump.js";
import { until } from "../until.mjs";

const stopped = { status: "retry", code: "stopped", retryAt: Date.now() + 60_000, warnings: [] };
const delivered = { status: "delivered", warnings: [] };

/** A pump over a queue of events `"1"`, `"2"` … of one partition; what is settled stays with the ledger, as when the database is down. */
function open(count) {
  const rows = Array.from({ length: count }, (_, i) => ({
    id: `${i + 1}`,
    partition: 0,
    since: Date.now(),
    event: { messageId: `${i + 1}` },
  }));
  const state = {
    holds: true,
    rows,
    jobs: [],
    /** The ids of the jobs that came to the ledger. */
    get settled() {
      return state.jobs.map(({ id }) => id);
    },
  };
  const pump = createPump({
    queue: { fetch: async (_partition, most) => rows.splice(0, most) },
    leases: { held: () => (state.holds ? [0] : []), has: () => state.holds },
    ledger: { settle: (job) => void state.jobs.push(job) },
    retryFor: 1e9,
    metrics: { outcome() {} },
    log() {},
  });
  return { pump, state };
}

/** A Cloud that delivers the events named in `answered`, and has the rest on their way until it is stopped. */
function cloudOf(answered = undefined) {
  const heard = [];
  const open = [];
  return {
    heard,
    async deliver([{ messageId }]) {
      heard.push(messageId);
      if (!answered || answered.includes(messageId)) return [delivered];
      return new Promise((done) => open.push(() => done([stopped])));
    },
    stop: () => open.splice(0).forEach((giveBack) => giveBack()),
  };
}

test("another Cloud gets what the one before it has not delivered, in order and at once", async () => {
  const { pump, state } = open(5);
  const first = cloudOf(["2", "4"]);
  await pump.deliverWith(first, 1000);
  pump.start();
  await until(() => first.heard.length === 5, "the first has all");
  const second = cloudOf();
  await pump.deliverWith(second, 1000);
  await until(() => state.settled.length === 5, "all are delivered");
  assert.deepEqual(second.heard, ["1", "3", "5"]);
  await pump.stop(100);
});

test("what is fetched while there is no Cloud waits for the next one, behind what came before", async () => {
  const { pump, state } = open(2);
  const first = cloudOf([]);
  await pump.deliverWith(first, 1000);
  pump.start();
  await until(() => first.heard.length === 2, "the first has all");
  first.stop = () => {};
  const second = cloudOf();
  const changed = pump.deliverWith(second, 0);
  state.rows.push({ id: "3", partition: 0, since: Date.now(), event: { messageId: "3" } });
  pump.wake();
  await new Promise((done) => setTimeout(done, 300));
  assert.deepEqual([second.heard, first.heard], [[], ["1", "2"]], "none goes to either");
  await changed;
  await until(() => second.heard.length > 0, "the second has the new one");
  await pump.stop(100);
});

test("what a lost partition had waiting is forgotten, for who has it now", async () => {
  const { pump, state } = open(3);
  const first = cloudOf(["1"]);
  await pump.deliverWith(first, 1000);
  pump.start();
  await until(() => first.heard.length === 3, "the first has all");
  state.holds = false;
  pump.lose(1000);
  await until(() => pump.waiting() === 1, "only what is delivered is left");
  const second = cloudOf();
  await pump.deliverWith(second, 1000);
  assert.deepEqual([state.settled, second.heard], [["1"], []]);
  await pump.stop(100);
});

test("a job that was let go of and fetched anew is not forgotten when its old outcome is written", async () => {
  const { pump, state } = open(1);
  const [row] = state.rows;
  await pump.deliverWith(cloudOf(), 1000);
  pump.start();
  await until(() => state.jobs.length === 1, "it is delivered");
  const [old] = state.jobs;
  pump.isDone(old);
  state.rows.push({ ...row });
  pump.wake();
  await until(() => state.jobs.length === 2, "it is delivered again");
  pump.isDone(old);
  assert.equal(pump.waiting(), 1);
  pump.isDone(state.jobs[1]);
  assert.equal(pump.waiting(), 0);
  await pump.stop(100);
});
