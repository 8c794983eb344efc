// POST /tags: makes a tag, and puts it on contacts and companies or takes it off.
import { missing } from "./answers.mjs";

export function createTags(workspace) {
  const { contacts, companies } = workspace;
  const byName = new Map();

  function create({ name, users = [], companies: firms = [] }, version) {
    if (!name || typeof name !== "string") throw missing("name not specified", "name");
    const targets = users.map(({ id, untag }) => ({ record: contacts.open(id, version, "User"), untag }));
    const firmTargets = firms.map(({ id, company_id: companyId, untag }) => ({
      record: companies.open(id ?? companies.byCompanyId.get(companyId)),
      untag,
    }));
    if (!byName.has(name)) byName.set(name, { type: "tag", id: String(byName.size + 1), name });
    const tag = byName.get(name);
    for (const { record, untag } of targets)
      contacts.save({ ...record, tags: changed(record.tags, tag.id, untag) }, "update", untag ? "untag" : "tag", { name });
    for (const { record, untag } of firmTargets) companies.records.set(record.id, { ...record, tags: changed(record.tags, tag.id, untag) });
    return tag;
  }

  return { create, all: () => [...byName.values()] };
}

function changed(tags, id, untag) {
  const others = tags.filter((one) => one !== id);
  return untag ? others : [...others, id];
}
