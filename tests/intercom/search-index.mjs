// What searches see: the store as it was `searchLag` seconds ago.

export class SearchIndex {
  #entries = new Map();
  #by = { external_id: new Map(), email: new Map() };
  #dueOf = new Map();
  // Ordered by when they are due; those before `#first` have been taken.
  #pending = [];
  #first = 0;
  #lags = true;
  #options;

  constructor({ options }) {
    this.#options = options;
  }

  put(record, change) {
    // An older state of the same contact never comes in after a newer one.
    const lag = this.#lags ? this.#options.searchLag[change] * 1000 : 0;
    const due = Math.max(this.#options.now() + lag, this.#dueOf.get(record.id) ?? 0);
    this.#dueOf.set(record.id, due);
    let place = this.#pending.length;
    while (place > this.#first && this.#pending[place - 1].due > due) place -= 1;
    this.#pending.splice(place, 0, { due, record });
    this.#flush();
  }

  #flush() {
    while (this.#first < this.#pending.length && this.#pending[this.#first].due <= this.#options.now()) {
      this.#take(this.#pending[this.#first].record);
      this.#first += 1;
    }
    // Dropping what was taken copies the rest, so it waits until it pays.
    if (this.#first < 1000 && this.#first < this.#pending.length) return;
    this.#pending = this.#pending.slice(this.#first);
    this.#first = 0;
  }

  #take(record) {
    const old = this.#entries.get(record.id);
    for (const field of ["external_id", "email"]) {
      if (old && old[field] !== null) this.#by[field].get(this.#keyOf(field, old[field]))?.delete(record.id);
      if (record.status !== "live" || record[field] === null) continue;
      const key = this.#keyOf(field, record[field]);
      if (!this.#by[field].has(key)) this.#by[field].set(key, new Set());
      this.#by[field].get(key).add(record.id);
    }
    if (record.status === "live") this.#entries.set(record.id, record);
    else this.#entries.delete(record.id);
  }

  /** Runs `work`, whose writes searches see without a lag. */
  atOnce(work) {
    this.#lags = false;
    try {
      return work();
    } finally {
      this.#lags = true;
    }
  }

  all() {
    this.#flush();
    return this.#entries;
  }

  /** Those whose field is that text, without going through all. */
  idsBy(field, value) {
    this.#flush();
    return this.#by[field].get(this.#keyOf(field, value)) ?? new Set();
  }

  userByExternalId(externalId) {
    const records = [...this.idsBy("external_id", externalId)].map((id) => this.#entries.get(id));
    return records.find((record) => record.role === "user");
  }

  #keyOf(field, value) {
    return field === "email" && this.#options.switches.emailSearchIgnoresCase ? value.toLowerCase() : value;
  }
}
