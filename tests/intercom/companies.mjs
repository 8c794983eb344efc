// Companies, and which contacts are attached to them.
import { missing, notFound, Refusal } from "./answers.mjs";
import { readFields } from "./fields.mjs";
import { companyHasLastRequest } from "./versions.mjs";

export class Companies {
  records = new Map();
  byCompanyId = new Map();
  attachments = [];
  #workspace;
  #fields;

  constructor(workspace) {
    const { fields } = workspace;
    this.#workspace = workspace;
    this.#fields = {
      name: fields.text,
      plan: fields.text,
      size: fields.integer,
      website: fields.text,
      industry: fields.text,
      monthly_spend: fields.integer,
      remote_created_at: fields.time,
    };
  }

  upsert(body, version) {
    const { fields, newId, seconds } = this.#workspace;
    this.#refuseUnknown(body, version);
    const companyId = fields.text(body.company_id ?? null, "company_id");
    if (!companyId) throw missing("company_id not specified", "company_id");
    const id = this.byCompanyId.get(companyId);
    if (id) return this.#write(this.open(id), body);
    const made = this.#write({ ...blank, id: newId("company"), company_id: companyId, created_at: seconds() }, body);
    this.byCompanyId.set(companyId, made.id);
    return made;
  }

  update(id, body, version) {
    const record = this.open(id);
    this.#refuseUnknown(body, version);
    return this.#write(record, body);
  }

  // Intercom names the first parameter that it does not have.
  #refuseUnknown(body, version) {
    if (this.#workspace.options.switches.unknownCompanyField === "ignore") return;
    const known = [...Object.keys(this.#fields), "company_id", "custom_attributes"];
    if (version >= companyHasLastRequest) known.push("update_last_request_at");
    const unknown = Object.keys(body).find((name) => !known.includes(name));
    if (unknown !== undefined) throw new Refusal(400, "bad_request", `bad '${unknown}' parameter`);
  }

  #write(record, body) {
    const { attributes, seconds } = this.#workspace;
    const written = {
      ...record,
      ...readFields(this.#fields, body),
      custom_attributes: attributes.merge("company", body.custom_attributes, record.custom_attributes),
      updated_at: seconds(),
    };
    this.records.set(record.id, written);
    return written;
  }

  open(id) {
    const record = this.records.get(id);
    if (!record) throw new Refusal(404, "company_not_found", "Company Not Found");
    return record;
  }

  find(query) {
    const companyId = query.get("company_id");
    if (companyId) return this.view(this.open(this.byCompanyId.get(companyId)));
    return { type: "list", data: [...this.records.values()].map((record) => this.view(record)), total_count: this.records.size };
  }

  remove(id) {
    const record = this.open(id);
    this.records.delete(id);
    this.byCompanyId.delete(record.company_id);
    for (const contact of this.#workspace.store.records.values()) {
      if (contact.companies.includes(id)) this.#detachFrom(contact, id);
    }
    return { id, object: "company", deleted: true };
  }

  attach(contactId, body, version) {
    const { contacts, store, options } = this.#workspace;
    if (!body.id) throw missing("company not specified", "id");
    const contact = contacts.open(contactId, version, "User");
    const company = this.open(body.id);
    // Attaching again is no error, at the limit neither.
    if (contact.companies.includes(company.id)) return company;
    const most = options.limits.companiesPerContact;
    if (contact.companies.length >= most) {
      throw new Refusal(400, "contact_company_limit_exceeded", `Contact has reached the maximum of ${most} company associations`);
    }
    store.save({ ...contact, companies: [...contact.companies, company.id] }, "update", "attach", { company: company.company_id });
    this.attachments.push({ contact: contact.id, company: company.id, at: options.now() });
    return company;
  }

  detach(contactId, id, version) {
    const contact = this.#workspace.contacts.open(contactId, version, "User");
    const company = this.open(id);
    if (!contact.companies.includes(id)) throw notFound("Company");
    this.#detachFrom(contact, id);
    return company;
  }

  #detachFrom(contact, id) {
    const companies = contact.companies.filter((one) => one !== id);
    this.#workspace.store.save({ ...contact, companies }, "update", "detach", { company: id });
  }

  listOf(contactId, version) {
    const contact = this.#workspace.contacts.open(contactId, version, "User");
    const data = contact.companies.map((id) => this.view(this.records.get(id)));
    return { type: "list", data, total_count: data.length, pages: { type: "pages", page: 1, per_page: 50, total_pages: 1 } };
  }

  view(record) {
    const { plan, tags, ...rest } = record;
    // Fields without a value are left out.
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
    return {
      type: "company",
      ...given,
      app_id: "standin0",
      plan: plan === null ? {} : { type: "plan", id: "1", name: plan },
      monthly_spend: record.monthly_spend ?? 0,
      session_count: 0,
      user_count: this.#workspace.store.membersOf(record.id),
      tags: { type: "tag.list", tags: tags.map((id) => ({ type: "tag", id })) },
      segments: { type: "segment.list", segments: [] },
    };
  }
}

const blank = {
  company_id: null,
  name: null,
  plan: null,
  size: null,
  website: null,
  industry: null,
  monthly_spend: null,
  remote_created_at: null,
  custom_attributes: {},
  tags: [],
};
