// Made-up people, what they do in order, and what is wrong with what Intercom has of it in the end.

const START = Date.UTC(2026, 0, 1);
const time = (second) => new Date(START + second * 1000).toISOString();

// Two values by turns: whoever takes a value that was written before for the last one leaves the wrong one.
const byTurns = (n, values) => values[n % values.length];

/**
 * People with `each` events: users, who are identified and bring their own company now and then, and leads, if `withLeads`. Their events are in
 * order.
 */
export function makePeople({ count, each, withLeads = false }) {
  return Array.from({ length: count }, (_, i) => {
    const isLead = withLeads && i % 5 === 0;
    const email = `p${i}@example.com`;
    const who = isLead ? { anonymousId: `a-${i}` } : { userId: `u-${i}` };
    const events = Array.from({ length: each }, (_, n) => {
      const base = { messageId: `m-${i}-${n}`, timestamp: time(n * 10 + (i % 10)), ...who };
      if (n % 7 === 0) return { ...base, type: "identify", traits: { email, name: `Person ${i} ${byTurns(n, ["Ada", "Bea"])}` } };
      if (n % 7 === 3) return { ...base, type: "group", groupId: `c-${i}`, traits: { plan: byTurns(n, ["free", "pro"]) } };
      return { ...base, type: "track", event: "Done", properties: { number: n, ...(isLead && { email }) } };
    });
    return { email, isLead, events };
  });
}

/** Counts of what is wrong: events lost, contacts doubled or missing, people whose events came in another order, wrong names and companies. */
export function findFaults(people, { contacts, companies }) {
  const live = contacts.filter(({ status }) => status === "live");
  const faults = { lost: 0, doubled: 0, disordered: 0, wrong: 0 };
  const plans = new Map(companies.map(({ company_id, plan }) => [company_id, plan]));
  for (const { email, isLead, events } of people) {
    const own = live.filter((contact) => contact.email === email && contact.role === (isLead ? "lead" : "user"));
    if (own.length > 1) faults.doubled++;
    const tracks = events.filter(({ type }) => type === "track").map(({ properties }) => properties.number);
    const arrived = own.flatMap((contact) => contact.events.map(({ metadata }) => metadata.number));
    faults.lost += tracks.filter((number) => !arrived.includes(number)).length + (own.length === 0 ? 1 : 0);
    if (arrived.some((number, at) => at > 0 && number < arrived[at - 1])) faults.disordered++;
    const last = events.findLast(({ type }) => type === "identify");
    if (own.length === 1 && own[0].name !== last.traits.name) faults.wrong++;
    const { groupId, traits } = events.findLast(({ type }) => type === "group");
    const isAttached = isLead || own.every((contact) => contact.companies.includes(groupId));
    if (plans.get(groupId) !== traits.plan || !isAttached) faults.wrong++;
  }
  return faults;
}
