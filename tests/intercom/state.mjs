// What a test compares at the end, and what it puts there at the start.

export function readState({ store, companies, events, attributes, merging, tags, counters }, peak) {
  return {
    contacts: [...store.records.values()].map((record) => ({
      ...record,
      companies: record.companies.map((id) => companies.records.get(id)?.company_id ?? id),
      tags: record.tags.map((id) => tags.all().find((tag) => tag.id === id).name),
      events: [...events.of(record.id)],
      history: store.histories.get(record.id),
    })),
    companies: [...companies.records.values()],
    events: events.all(),
    attachments: [...companies.attachments],
    merges: [...merging.merges],
    deleted: [...store.deleted],
    visitors: [...merging.visitors.keys()],
    attributes: attributes.all(),
    tags: tags.all(),
    eventNames: [...events.names],
    counters: { ...counters.read(), ...events.counts(), peakWindow: peak },
  };
}

/** `contacts` are bodies of POST /contacts, with `archived: true` and `companies` (company ids) if wanted; `companies` are bodies of POST /companies. */
export function seed({ contacts, companies, search }, { contacts: people = [], companies: firms = [] }) {
  return search.atOnce(() => {
    const made = firms.map((body) => companies.upsert(body, Infinity));
    const ids = people.map(({ archived, companies: attached = [], ...body }) => {
      const { id } = contacts.create(body);
      for (const companyId of attached) companies.attach(id, { id: companies.byCompanyId.get(companyId) }, 0);
      if (archived) contacts.archive(id, 0);
      return id;
    });
    return { contacts: ids, companies: made.map(({ id }) => id) };
  });
}
