// Where our Cloud mode differs from Segment's on purpose, and it takes whole destinations to see it: lists of events, compared by what `of`
// names (see scene.mjs).

const at = (second) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const about = (kind, second, parts) => ({ type: kind, messageId: `${kind}-${second}`, timestamp: at(second), ...parts });
const identified = (second, traits) => about("identify", second, { userId: "u-1", traits });
const tracked = (second, properties = {}) => about("track", second, { userId: "u-1", event: "Order", properties });
const lead = (second) => about("identify", second, { anonymousId: "a-1", traits: { email: "a@example.com" } });
const leadTracked = (second) => about("track", second, { anonymousId: "a-1", event: "Order", properties: { email: "a@example.com" } });

const known = { role: "user", external_id: "u-1" };

export const scenes = [
  {
    id: "one-name",
    title: "An event names its contact once",
    why: "Segment sends id, user id and e-mail together, and Intercom says nothing of which counts.",
    scene: { of: "bodies", contacts: [known], events: [tracked(0, { email: "a@example.com" })] },
    segment: [{ event_name: "Order", created_at: 1767225600, user_id: "u-1", email: "a@example.com", metadata: {} }],
    ours: [{ event_name: "Order", created_at: 1767225600, user_id: "u-1" }],
  },
  {
    id: "fewer-calls",
    title: "A user is created without a search, and updated without another one",
    why: "Intercom counts calls; its conflict says who is there already.",
    scene: { of: "calls", events: [identified(0, { name: "Ada" }), identified(1, { name: "Bea" })] },
    segment: ["POST /contacts/search", "POST /contacts", "POST /contacts/search", "PUT /contacts/{id}"],
    ours: ["POST /contacts", "PUT /contacts/{id}"],
  },
  {
    id: "equal-updates",
    title: "An update that changes nothing is not sent",
    why: "Sites identify on every page.",
    scene: { of: "calls", contacts: [known], events: [identified(0, { name: "Ada" }), identified(1, { name: "Ada" })] },
    segment: ["POST /contacts/search", "PUT /contacts/{id}", "POST /contacts/search", "PUT /contacts/{id}"],
    ours: ["POST /contacts", "GET /contacts/{id}", "PUT /contacts/{id}"],
  },
  {
    id: "doubled-lead",
    title: "A lead that comes again before the search shows it is there once",
    why: "Segment makes another one each time.",
    scene: {
      of: "contacts",
      standIn: { searchLag: 120 },
      events: [lead(0), lead(1)],
    },
    segment: [
      { role: "lead", external_id: null, email: "a@example.com", last_seen_at: 1767225600, custom_attributes: {}, events: 0 },
      { role: "lead", external_id: null, email: "a@example.com", last_seen_at: 1767225601, custom_attributes: {}, events: 0 },
    ],
    ours: [{ role: "lead", external_id: null, email: "a@example.com", last_seen_at: 1767225600, custom_attributes: {}, events: 0 }],
  },
  {
    id: "lost-answer",
    title: "A lead whose answer was lost is not made again",
    why: "Segment tries again before the search shows it.",
    scene: {
      of: "contacts",
      standIn: { searchLag: 120, faults: [{ match: "POST /contacts", nth: 1, kind: "lost" }] },
      events: [lead(0)],
    },
    segment: [
      { role: "lead", external_id: null, email: "a@example.com", last_seen_at: 1767225600, custom_attributes: {}, events: 0 },
      { role: "lead", external_id: null, email: "a@example.com", last_seen_at: 1767225600, custom_attributes: {}, events: 0 },
    ],
    ours: [{ role: "lead", external_id: null, email: "a@example.com", last_seen_at: 1767225600, custom_attributes: {}, events: 0 }],
  },
  {
    id: "lead-by-email",
    title: "An event by e-mail is given to the lead that was made a moment before",
    why: "Segment looks for it in the search, which does not show it yet, and drops the event.",
    scene: {
      of: "statuses",
      standIn: { searchLag: 120 },
      events: [lead(0), leadTracked(1)],
    },
    segment: ["delivered", "dropped"],
    ours: ["delivered", "delivered"],
  },
  {
    id: "early-track",
    title: "An event before its identify waits for it",
    why: "Segment's is lost.",
    scene: { of: "statuses", events: [tracked(0), identified(1, {})] },
    segment: ["dropped", "delivered"],
    ours: ["delivered", "delivered"],
  },
  {
    id: "replay",
    title: "An event that comes again by the same message id is not sent again",
    why: "Segment's replays resend history.",
    scene: { of: "calls", contacts: [known], events: [tracked(0), tracked(0)] },
    segment: ["POST /events", "POST /events"],
    ours: ["POST /events"],
  },
  {
    id: "last-seen",
    title: "The time a contact was last seen never goes back",
    why: "Late and repeated events are told by Segment as news.",
    scene: { of: "contacts", events: [identified(100, { name: "Ada" }), identified(0, { name: "Bea" })] },
    segment: [{ role: "user", external_id: "u-1", email: null, last_seen_at: 1767225600, custom_attributes: {}, events: 0 }],
    ours: [{ role: "user", external_id: "u-1", email: null, last_seen_at: 1767225700, custom_attributes: {}, events: 0 }],
  },
  {
    id: "archived",
    title: "An archived contact is reported at once",
    why: "Segment tries for hours, then drops the event.",
    scene: { of: "statuses", contacts: [{ ...known, archived: true }], events: [identified(0, { name: "Ada" })] },
    segment: ["retry"],
    ours: ["dropped"],
  },
  {
    id: "unarchive",
    title: "An archived contact is brought back where the site wants it",
    why: "Segment never can.",
    scene: { of: "contacts", settings: { unarchive: true }, contacts: [{ ...known, archived: true }], events: [identified(0, {})] },
    segment: [],
    ours: [{ role: "user", external_id: "u-1", email: null, last_seen_at: 1767225600, custom_attributes: {}, events: 0 }],
  },
  {
    id: "delete",
    title: "A delete deletes the contact",
    why: "Segment gives Intercom the site's id where Intercom wants its own, and only where `onDelete` is called.",
    scene: { of: "contacts", contacts: [known], events: [{ type: "delete", messageId: "d-1", userId: "u-1" }] },
    segment: [{ role: "user", external_id: "u-1", email: null, last_seen_at: null, custom_attributes: {}, events: 0 }],
    ours: [],
  },
  {
    id: "region",
    title: "A workspace may be in Europe or Australia",
    why: "Segment knows the United States' host only.",
    scene: { of: "hosts", settings: { region: "eu" }, contacts: [known], events: [tracked(0)] },
    segment: ["api.intercom.io"],
    ours: ["api.eu.intercom.io"],
  },
  {
    id: "version",
    title: "Requests name the version of the API",
    why: "Without it, the workspace's own setting applies and may change what fields mean.",
    scene: { of: "versions", contacts: [known], events: [tracked(0)] },
    segment: ["none"],
    ours: ["2.14"],
  },
];
