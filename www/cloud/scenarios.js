// What can go wrong: how the workspace starts, and what happens to the requests of each event.

const PERSON = { role: "user", external_id: "u-1815", email: "ada@engines.example", name: "Ada" };

/** `options` are the stand-in's, `start(intercom)` puts things there, `faults(now)` are set anew for each event. */
export const SCENARIOS = [
  {
    id: "none",
    label: "Nothing",
    about: "The workspace starts empty, and Intercom answers everything.",
  },
  {
    id: "lag",
    label: "Search lags behind",
    about: "Another program made the contact u-1815 just now. Searches show it two minutes later.",
    options: { searchLag: 120 },
    start: (intercom) => intercom.create(PERSON),
  },
  {
    id: "archived",
    label: "The contact is archived",
    about: "The contact u-1815 was archived. The setting “unarchive” decides what becomes of it.",
    start: (intercom) => intercom.seed({ contacts: [{ ...PERSON, archived: true }] }),
  },
  {
    id: "attribute",
    label: "An attribute is unknown",
    about: "The workspace has no custom attributes. The presets write none; this subscription does:",
    addition: "Plan as a custom attribute",
    options: { attributes: [] },
  },
  {
    id: "limit",
    label: "The rate limit is reached",
    about: "The first request of each event is answered with 429: the limit’s window is full.",
    faults: () => [{ kind: 429, nth: 1 }],
  },
  {
    id: "lost",
    label: "An answer is lost after the write",
    about: "The first write of each event reaches Intercom, and the connection breaks before the answer.",
    faults: () => [{ kind: "lost", nth: 1, match: /^(POST \/(contacts|companies|events)|(PUT|DELETE) \/contacts\/\w+)$/ }],
  },
  {
    id: "down",
    label: "Intercom is down",
    about: "From each event on, Intercom answers 503 for a minute.",
    faults: (now) => [{ kind: 503, until: now + 60_000 }],
  },
];
