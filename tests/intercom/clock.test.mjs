import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "./clock.mjs";

test("timers run in the order in which they are due, at their time", async () => {
  const clock = createClock({ start: 0 });
  const seen = [];
  const note = (name) => seen.push([name, clock.now()]);
  clock.setTimeout(note, 20, "b");
  clock.setTimeout(note, 10, "a");
  clock.setTimeout(note, 20, "c");
  clock.clearTimeout(clock.setTimeout(note, 15, "never"));
  await clock.advance(15);
  assert.deepEqual(seen, [["a", 10]]);
  assert.equal(clock.now(), 15);
  await clock.advance(10);
  assert.deepEqual(seen.slice(1), [
    ["b", 20],
    ["c", 20],
  ]);
  assert.equal(clock.pending(), 0);
});

test("run goes from timer to timer until the promise is settled", async () => {
  const clock = createClock({ start: 0 });
  const work = async () => {
    await clock.sleep(3_600_000);
    await Promise.all([clock.sleep(5), clock.sleep(10)]);
    return clock.now();
  };
  assert.equal(await clock.run(work()), 3_600_010);
  await assert.rejects(clock.run(Promise.reject(new Error("no"))), /^Error: no$/);
});

test("run tells when nothing can settle the promise", async () => {
  const clock = createClock();
  await assert.rejects(clock.run(new Promise(() => {})), /nothing is left that could go on/);
  const again = () => clock.setTimeout(again, 1);
  again();
  await assert.rejects(clock.run(new Promise(() => {}), { limit: 10 }), /not settled after 10 timers/);
});
