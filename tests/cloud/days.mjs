// Made-up days: what people do, what the workspace should hold of it in the evening, and what is wrong with what it holds.
import { seededRandom } from "../intercom/random.mjs";

const PEOPLE = 200;
const DAY = 24 * 3600 * 1000;
const WINDOW = 5 * 60 * 1000;
const START = Date.UTC(2026, 0, 1);

/**
 * People who come in bursts: a fifth of them leads, a fifth known before, some tracked before they are identified. The site identifies
 * them when they come and on every fifth page.
 */
export function plan(seed, people = PEOPLE) {
  const draw = seededRandom(seed);
  const below = (end) => Math.floor(draw() * end);
  const events = [];
  const known = [];
  const wanted = { contacts: new Map(), attachments: new Set(), tracks: new Map() };
  for (let i = 0; i < people; i++) {
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

/** Hands in each window's events with what is due again, until every event has its last outcome. Gives the codes of those dropped. */
export async function live({ clock, deliver }, events) {
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

/** How much is wrong with what the workspace holds, each kind by itself; and how many calls an event took, but for those that a fault ate. */
export function judge({ contacts, counters }, { wanted, events }) {
  const found = new Map();
  for (const contact of contacts.filter(({ status }) => status === "live")) {
    const key = contact.external_id ?? contact.email;
    found.set(key, [...(found.get(key) ?? []), contact]);
  }
  const all = [...found.values()].flat();
  const keyOf = ({ external_id, email }) => external_id ?? email;
  const attached = new Set(all.flatMap((contact) => contact.companies.map((company) => `${keyOf(contact)} ${company}`)));
  const tracked = new Map(
    all.flatMap((contact) =>
      contact.events.map(({ name, created_at, metadata }) => [`${keyOf(contact)} ${name} ${created_at}`, metadata?.price?.amount]),
    ),
  );
  const isWrong = ([key, { role, name, email }]) => {
    const [contact] = found.get(key) ?? [];
    return !contact || contact.role !== role || contact.name !== name || contact.email !== email;
  };
  const isUnordered = ({ events }) => events.some(({ created_at }, i) => i > 0 && created_at < events[i - 1].created_at);
  const tracks = [...wanted.tracks];
  const extra = (given, expected) => [...given.keys()].filter((key) => !expected.has(key)).length;
  return {
    doubled: all.length - found.size,
    lost: tracks.filter(([key]) => !tracked.has(key)).length,
    unattached: [...wanted.attachments].filter((key) => !attached.has(key)).length,
    wrong: [...wanted.contacts].filter(isWrong).length,
    cents: tracks.filter(([key, amount]) => tracked.has(key) && tracked.get(key) !== amount).length,
    unordered: all.filter(isUnordered).length,
    unasked: extra(found, wanted.contacts) + extra(attached, wanted.attachments) + extra(tracked, wanted.tracks),
    calls: (counters.calls - counters.eaten) / events.length,
  };
}

/** The days that are compared: what they are called, what the stand-in is told, and below how many calls an event ours stays. */
export const days = [
  { title: "a search without lag", options: { searchLag: 0 }, most: 1 },
  { title: "a search two minutes behind", options: { searchLag: 120 }, most: 1 },
  {
    title: "faults, and answers lost after the write",
    options: {
      searchLag: 120,
      faultRates: { 503: 0.01, "503-after": 0.01, lost: 0.02, reset: 0.01, garbage: 0.01, 429: 0.01, never: 0.005 },
    },
    most: 1.05,
  },
];
