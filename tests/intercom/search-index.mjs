// What searches see: the store as it was `searchLag` seconds ago.

export function createSearchIndex({ now, searchLag, switches }) {
  const entries = new Map();
  const by = { external_id: new Map(), email: new Map() };
  const dueOf = new Map();
  // Ordered by when they are due; those before `first` have been taken.
  let pending = [];
  let first = 0;
  let lags = true;
  const keyOf = (field, value) => (field === "email" && switches.emailSearchIgnoresCase ? value.toLowerCase() : value);

  function put(record, change) {
    // An older state of the same contact never comes in after a newer one.
    const due = Math.max(now() + (lags ? searchLag[change] * 1000 : 0), dueOf.get(record.id) ?? 0);
    dueOf.set(record.id, due);
    let place = pending.length;
    while (place > first && pending[place - 1].due > due) place -= 1;
    pending.splice(place, 0, { due, record });
    if (due <= now()) flush();
  }

  function flush() {
    while (first < pending.length && pending[first].due <= now()) {
      take(pending[first].record);
      first += 1;
    }
    if (first < 1000 && first < pending.length) return;
    pending = pending.slice(first);
    first = 0;
  }

  function take(record) {
    const old = entries.get(record.id);
    for (const field of ["external_id", "email"]) {
      if (old && old[field] !== null) by[field].get(keyOf(field, old[field]))?.delete(record.id);
      if (record.status !== "live" || record[field] === null) continue;
      const key = keyOf(field, record[field]);
      if (!by[field].has(key)) by[field].set(key, new Set());
      by[field].get(key).add(record.id);
    }
    if (record.status === "live") entries.set(record.id, record);
    else entries.delete(record.id);
  }

  return {
    put,
    /** Runs `work`, whose writes searches see without a lag. */
    atOnce: (work) => {
      lags = false;
      try {
        return work();
      } finally {
        lags = true;
      }
    },
    all: () => {
      flush();
      return entries;
    },
    /** Those whose field is that text, without going through all. */
    idsBy: (field, value) => {
      flush();
      return by[field].get(keyOf(field, value)) ?? new Set();
    },
    userByExternalId: (externalId) => {
      flush();
      return [...(by.external_id.get(externalId) ?? [])].map((id) => entries.get(id)).find((record) => record.role === "user");
    },
  };
}
