// Made-up people, what they do in order, and what is wrong with what Intercom has of it in the end.

const START = Date.UTC(2026, 0, 1);
const time = (second) => new Date(START + second * 1000).toISOString();

/** People with `each` events: users, who are identified now and then, and leads, if `withLeads`. Their events are in order. */
export function makePeople({ count, each, withLeads = false }) {
  return Array.from({ length: count }, (_, i) => {
    const isLead = withLeads && i % 5 === 0;
    const email = `p${i}@example.com`;
    const who = isLead ? { anonymousId: `a-${i}` } : { userId: `u-${i}` };
    const events = Array.from({ length: each }, (_, n) => {
      const base = { messageId: `m-${i}-${n}`, timestamp: time(n * 10 + (i % 10)), ...who };
      if (n % 7 === 0) return { ...base, type: "identify", traits: { email, name: `Person ${i} ${n}` } };
      return { ...base, type: "track", event: "Done", properties: { number: n, ...(isLead && { email }) } };
    });
    return { email, isLead, events };
  });
}

/** Counts of what is wrong: events lost, contacts doubled or missing, people whose events came in another order, wrong names. */
export function findFaults(people, { contacts }) {
  const live = contacts.filter(({ status }) => status === "live");
  const faults = { lost: 0, doubled: 0, disordered: 0, wrong: 0 };
  for (const { email, isLead, events } of people) {
    const own = live.filter((contact) => contact.email === email && contact.role === (isLead ? "lead" : "user"));
    if (own.length > 1) faults.doubled++;
    const tracks = events.filter(({ type }) => type === "track").map(({ properties }) => properties.number);
    const arrived = own.flatMap((contact) => contact.events.map(({ metadata }) => metadata.number));
    faults.lost += tracks.filter((number) => !arrived.includes(number)).length + (own.length === 0 ? 1 : 0);
    if (arrived.some((number, at) => at > 0 && number < arrived[at - 1])) faults.disordered++;
    const last = events.findLast(({ type }) => type === "identify");
    if (own.length === 1 && own[0].name !== last.traits.name) faults.wrong++;
  }
  return faults;
}
