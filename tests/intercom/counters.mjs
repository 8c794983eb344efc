// How many calls came, what they got, and what was taken although it was not right.

export function createCounters({ onCall }) {
  const totals = { calls: 0, eaten: 0, limited: 0 };
  const endpoints = {};
  const statuses = {};
  const faults = {};
  const versions = {};
  const notes = {};
  const add = (table, name) => {
    table[name] = (table[name] ?? 0) + 1;
  };

  return {
    note: (name) => add(notes, name),
    countVersion: (version) => add(versions, version ?? "none"),

    /** `fault` is what went wrong on the way; an answer is eaten when the caller cannot know from it what was done. */
    count({ call, fault, sent, written }) {
      const status = sent.status ?? sent;
      const isEaten = fault !== undefined && fault.kind !== "slow";
      totals.calls += 1;
      if (isEaten) totals.eaten += 1;
      if (!fault && status === 429) totals.limited += 1;
      endpoints[call.endpoint] ??= { calls: 0, eaten: 0 };
      endpoints[call.endpoint].calls += 1;
      if (isEaten) endpoints[call.endpoint].eaten += 1;
      add(statuses, status);
      if (fault) add(faults, fault.name);
      onCall?.({ ...call, status, fault: fault?.name, isWritten: written !== undefined && written.status < 300, answer: sent.body });
    },

    read: () => structuredClone({ ...totals, endpoints, statuses, faults, versions, notes }),
  };
}
