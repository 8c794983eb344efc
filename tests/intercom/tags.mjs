// POST /tags: makes a tag, and puts it on contacts and companies or takes it off.
import { missing } from "./answers.mjs";
import { readObjects } from "./fields.mjs";

export class Tags {
  #byName = new Map();
  #workspace;

  constructor(workspace) {
    this.#workspace = workspace;
  }

  create(body, version) {
    const { name } = body;
    const { contacts, companies, store } = this.#workspace;
    if (!name || typeof name !== "string") throw missing("name not specified", "name");
    // All are looked up first, so that a missing one leaves the others untouched.
    const people = readObjects(body.users, "users").map(({ id, untag }) => ({ record: contacts.open(id, version, "User"), untag }));
    const organizations = readObjects(body.companies, "companies").map(({ id, company_id: companyId, untag }) => ({
      record: companies.open(id ?? companies.byCompanyId.get(companyId)),
      untag,
    }));
    if (!this.#byName.has(name)) this.#byName.set(name, { type: "tag", id: String(this.#byName.size + 1), name });
    const tag = this.#byName.get(name);
    for (const { record, untag } of people) {
      store.save({ ...record, tags: changed(record.tags, tag.id, untag) }, "update", untag ? "untag" : "tag", { name });
    }
    for (const { record, untag } of organizations) {
      companies.records.set(record.id, { ...record, tags: changed(record.tags, tag.id, untag) });
    }
    return tag;
  }

  all() {
    return [...this.#byName.values()];
  }
}

function changed(tags, id, untag) {
  const others = tags.filter((one) => one !== id);
  return untag ? others : [...others, id];
}
