// Dead letters that are sent again while a receiver delivers: it may put them aside before the command has removed them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerDead } from "../../../hosts/receiver/node/dead.js";

/** A queue whose receiver puts each event aside as soon as it is there. */
function openQueue(count) {
  let letters = Array.from({ length: count }, (_, i) => ({
    id: `letter-${i}`,
    at: i,
    data: { event: JSON.stringify({ n: i }), code: "nobody" },
  }));
  let inserted = 0;
  return {
    letters: () => letters,
    inserted: () => inserted,
    counts: async () => ({ dead: letters.length }),
    insert: async (events) => {
      for (const event of events)
        letters.push({ id: `again-${inserted++}`, at: 1e6, data: { event: JSON.stringify(event), code: "nobody" } });
    },
    dead: {
      list: async (ids, most) => letters.filter(({ id }) => !ids || ids.includes(id)).slice(0, most),
      remove: async (ids) => {
        letters = letters.filter(({ id }) => !ids.includes(id));
      },
    },
  };
}

const numbers = (letters) => letters.map(({ data }) => JSON.parse(data.event).n).toSorted((one, other) => one - other);

test("what is put aside again while it is sent again is neither lost nor sent without end", { timeout: 10_000 }, async () => {
  const queue = openQueue(1_200);
  assert.equal(await answerDead(queue, { command: "retry" }), 1_200);
  assert.equal(queue.inserted(), 1_200);
  assert.deepEqual(
    numbers(queue.letters()),
    Array.from({ length: 1_200 }, (_, i) => i),
  );
  const ids = queue.letters().map(({ id }) => id);
  assert.equal(await answerDead(queue, { command: "retry", ids: [ids[3], ids[5], "unknown"] }), 2);
  assert.equal(queue.letters().length, 1_200);
  assert.equal(await answerDead(queue, { command: "drop" }), 1_200);
  assert.deepEqual(queue.letters(), []);
});
