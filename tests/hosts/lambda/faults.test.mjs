// Lambda and SQS in virtual time, with everything that goes wrong: nothing is lost, no contact doubled, and a FIFO queue keeps the order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { group, identify, lead, track } from "../../cloud/workspace.mjs";
import { seededRandom } from "../../intercom/random.mjs";
import { open } from "./function.mjs";

const PEOPLE = 60;
const TRACKS = ["a", "b", "c"];

function fill(queue, isFifo) {
  let events = 0;
  const send = (event, name) => {
    events += 1;
    queue.send(event, isFifo ? name : undefined);
  };
  for (let step = -2; step < TRACKS.length; step++) {
    for (let i = 0; i < PEOPLE; i++) {
      const name = `u-${i}`;
      if (step === -2) send(identify(name, { email: `u${i}@example.com`, name: `User ${i}` }), name);
      else if (step === -1) send(group(name, `c-${i % 7}`, { name: `Company ${i % 7}` }, 1), name);
      else send(track(name, TRACKS[step], { step }, 10 + step), name);
    }
  }
  for (let i = 0; i < 10; i++) send(lead(`l${i}@example.com`), `l${i}`);
  return events;
}

function check({ queue, state, lost }, isFifo) {
  const { contacts, events, attachments } = state();
  assert.deepEqual([queue.messages.length, queue.dead.length, lost.length], [0, 0, 0]);
  assert.equal(contacts.filter(({ role }) => role === "user").length, PEOPLE);
  assert.equal(contacts.filter(({ role }) => role === "lead").length, 10);
  assert.deepEqual([events.length, attachments.length], [PEOPLE * TRACKS.length, PEOPLE]);
  for (const contact of contacts.filter(({ role }) => role === "user")) {
    const names = contact.events.toSorted((one, other) => one.received_at - other.received_at).map(({ name }) => name);
    assert.deepEqual(isFifo ? names : names.toSorted(), TRACKS, contact.external_id);
  }
}

const MINUTE = 60_000;
const start = Date.UTC(2026, 0, 1);
const faults = {
  "nothing goes wrong": {},
  "Intercom is down for ten minutes": { intercom: ({ now }) => ({ faults: [{ kind: "503", from: now, until: now + 10 * MINUTE }] }) },
  "Intercom answers nothing for two minutes": {
    intercom: ({ now }) => ({ faults: [{ kind: "never", from: now, until: now + 2 * MINUTE }] }),
  },
  "the rate limit is 20 calls and others use some": { intercom: () => ({ rate: { limit: 20, others: 5 } }) },
  "every tenth answer is 429": { intercom: () => ({ random: 5, faultRates: { 429: 0.1 } }) },
  "answers are lost after the write": { intercom: () => ({ random: 7, faultRates: { lost: 0.1, cut: 0.05, "503-after": 0.05 } }) },
};

for (const isFifo of [true, false]) {
  const kind = isFifo ? "FIFO" : "standard";
  for (const [name, { intercom }] of Object.entries(faults)) {
    test(`${kind}: ${name}`, async (t) => {
      const world = open({ intercom: { searchLag: 60, ...intercom?.({ now: start }) }, queue: { isFifo } });
      const events = fill(world.queue, isFifo);
      await world.drain();
      check(world, isFifo);
      const { counters } = world.state();
      const minutes = ((world.clock.now() - start) / MINUTE).toFixed(1);
      t.diagnostic(`${events} events, ${counters.calls} calls, ${minutes} virtual minutes, 0 lost, 0 doubled`);
    });
  }

  test(`${kind}: the process is killed at a random call, again and again`, async (t) => {
    const cache = new Map();
    const shared = {
      get: async (key) => cache.get(key),
      put: async (key, value) => cache.set(key, value),
      delete: async (key) => cache.delete(key),
    };
    const random = seededRandom(11);
    const world = open({
      intercom: { searchLag: 60 },
      queue: { isFifo },
      settings: { cache: shared },
      kill: () => random() < 0.05,
    });
    fill(world.queue, isFifo);
    await world.drain(2);
    check(world, isFifo);
    assert.ok(world.kills() >= 20);
    t.diagnostic(`killed ${world.kills()} times`);
  });
}
