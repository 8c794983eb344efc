// Made-up days through the published script, on the stand-in: what the workspace holds in the end, and how many calls that took.
import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../intercom/random.mjs";
import { open } from "./workspace.mjs";

const PEOPLE = 200;
const DAY = 24 * 3600 * 1000;
const WINDOW = 5 * 60 * 1000;
const START = Date.UTC(2026, 0, 1);

/**
 * 200 people who come in bursts: a fifth of them leads, a fifth known before, some tracked before they are identified. The site identifies
 * them when they come and on every fifth page.
 */
function plan(seed) {
  const draw = seededRandom(seed);
  const below = (end) => Math.floor(draw() * end);
  const events = [];
  const known = [];
  const wanted = { contacts: new Map(), attachments: new Set(), tracks: new Map() };
  for (let i = 0; i < PEOPLE; i++) {
    const isLead = draw() < 0.2;
    const email = `p${i}@example.com`;
    const userId = isLead ? undefined : `u-${i}`;
    const key = userId ?? email;
    const company = !isLead && draw() < 0.35 ? `c-${below(20)}` : undefined;
    if (draw() < 0.2) known.push(isLead ? { role: "lead", email } : { role: "user", external_id: userId, email });
    let number = 0;
    let name;
    for (let session = 1 + below(3); session > 0; session--) {
      const begin = START + below(DAY - 3600_000);
      const add = (second, parts) => {
        const at = begin + second * 1000;
        const who = isLead ? { anonymousId: `a-${i}` } : { userId };
        events.push({ at, event: { messageId: `m-${i}-${session}-${number++}`, timestamp: new Date(at).toISOString(), ...who, ...parts } });
      };
      name = `Person ${i}`;
      add(draw() < 0.15 ? 20 : 0, { type: "identify", traits: { name, email } });
      if (company) add(2, { type: "group", groupId: company, traits: { name: `Company ${company}` } });
      for (let track = 2 + below(6); track > 0; track--) {
        const revenue = draw() < 0.3 ? below(100_000) / 100 : undefined;
        const event = `Event ${below(8)}`;
        const second = 3 + track * 7;
        if (draw() < 0.2) add(second - 1, { type: "identify", traits: { name, email } });
        add(second, { type: "track", event, properties: { ...(isLead && { email }), ...(revenue !== undefined && { revenue }) } });
        wanted.tracks.set(
          `${key} ${event} ${Math.floor((begin + second * 1000) / 1000)}`,
          revenue === undefined ? undefined : Math.round(revenue * 100),
        );
      }
    }
    wanted.contacts.set(key, { role: isLead ? "lead" : "user", name, email });
    if (company) wanted.attachments.add(`${key} ${company}`);
  }
  return { events: events.toSorted((a, b) => a.at - b.at), known, wanted };
}

/** Hands in each window's events with what is due again, until every event has its last outcome. */
async function live({ clock, deliver }, events) {
  let waiting = [];
  let next = 0;
  const dropped = [];
  while (next < events.length || waiting.length > 0) {
    await clock.advance(WINDOW);
    const now = clock.now();
    const batch = waiting.filter(({ retryAt }) => retryAt <= now);
    waiting = waiting.filter(({ retryAt }) => retryAt > now);
    while (next < events.length && events[next].at <= now) batch.push(events[next++]);
    if (batch.length === 0) continue;
    for (const [i, { status, retryAt, code }] of (await deliver(batch.map(({ event }) => event))).entries()) {
      if (status === "retry") waiting.push({ ...batch[i], retryAt });
      if (status === "dropped") dropped.push(code);
    }
    waiting.sort((a, b) => a.at - b.at);
  }
  return dropped;
}

for (const [title, options, most] of [
  ["a search without lag", { searchLag: 0 }, 1],
  ["a search two minutes behind", { searchLag: 120 }, 1],
  [
    "faults, and answers lost after the write",
    { searchLag: 120, faultRates: { 503: 0.01, "503-after": 0.01, lost: 0.02, reset: 0.01, garbage: 0.01, 429: 0.01, never: 0.005 } },
    1.05,
  ],
]) {
  for (const seed of [1, 2]) {
    test(`a day with ${title} ends right with fewer than ${most} calls an event (seed ${seed})`, async (t) => {
      const { events, known, wanted } = plan(seed);
      const workspace = await open({ random: seed, ...options });
      workspace.intercom.seed({ contacts: known });
      assert.deepEqual(await live(workspace, events), []);

      const { contacts, attachments, counters } = workspace.state();
      const key = ({ external_id, email }) => external_id ?? email;
      const found = new Map(contacts.map((contact) => [key(contact), { role: contact.role, name: contact.name, email: contact.email }]));
      assert.equal(contacts.length, wanted.contacts.size, "nobody is there twice");
      assert.deepEqual([...found].toSorted(), [...wanted.contacts].toSorted());
      assert.equal(attachments.length, wanted.attachments.size);
      for (const contact of contacts)
        for (const company of contact.companies) assert.ok(wanted.attachments.has(`${key(contact)} ${company}`));
      const tracked = contacts.flatMap((contact) =>
        contact.events.map(({ name, created_at, metadata }) => [`${key(contact)} ${name} ${created_at}`, metadata?.price?.amount]),
      );
      assert.deepEqual(tracked.toSorted(), [...wanted.tracks].toSorted());

      const calls = (counters.calls - counters.eaten) / events.length;
      t.diagnostic(`${events.length} events, ${calls.toFixed(3)} calls an event`);
      assert.ok(calls < most, `${calls} calls an event`);
    });
  }
}
