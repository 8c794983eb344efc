// Companies, and which contacts are attached to them.
import { missing, notFound, Refusal } from "./answers.mjs";
import { readFields } from "./fields.mjs";
import { companyHasLastRequest } from "./versions.mjs";

const companyNotFound = () => new Refusal(404, "company_not_found", "Company Not Found");

export function createCompanies(workspace) {
  const { options, contacts, attributes, fields, seconds, newId } = workspace;
  const records = new Map();
  const byCompanyId = new Map();
  const attachments = [];

  const table = {
    name: fields.text,
    plan: fields.text,
    size: fields.integer,
    website: fields.text,
    industry: fields.text,
    monthly_spend: fields.integer,
    remote_created_at: fields.time,
  };

  function upsert(body, version) {
    refuseUnknown(body, version);
    const companyId = fields.text(body.company_id ?? null, "company_id");
    if (!companyId) throw missing("company_id not specified", "company_id");
    const id = byCompanyId.get(companyId);
    if (id) return write(open(id), body);
    const made = write({ ...blank, id: newId("company"), company_id: companyId, created_at: seconds() }, body);
    byCompanyId.set(companyId, made.id);
    return made;
  }

  function update(id, body, version) {
    const record = open(id);
    refuseUnknown(body, version);
    return write(record, body);
  }

  // Intercom names the first parameter that it does not have.
  function refuseUnknown(body, version) {
    if (options.switches.unknownCompanyField === "ignore") return;
    const isKnown = (name) =>
      Object.hasOwn(table, name) ||
      name === "company_id" ||
      name === "custom_attributes" ||
      (name === "update_last_request_at" && version >= companyHasLastRequest);
    const unknown = Object.keys(body).find((name) => !isKnown(name));
    if (unknown !== undefined) throw new Refusal(400, "bad_request", `bad '${unknown}' parameter`);
  }

  function write(record, body) {
    const custom = attributes.merge("company", body.custom_attributes, record.custom_attributes);
    const written = { ...record, ...readFields(table, body), custom_attributes: custom, updated_at: seconds() };
    records.set(record.id, written);
    return written;
  }

  function open(id) {
    const record = records.get(id);
    if (!record) throw companyNotFound();
    return record;
  }

  function find(query) {
    const companyId = query.get("company_id");
    if (!companyId) return { type: "list", data: [...records.values()].map(view), total_count: records.size };
    return view(open(byCompanyId.get(companyId)));
  }

  function remove(id) {
    const record = open(id);
    records.delete(id);
    byCompanyId.delete(record.company_id);
    for (const contact of contacts.records.values()) {
      if (contact.companies.includes(id)) detachFrom(contact, id);
    }
    return { id, object: "company", deleted: true };
  }

  function attach(contactId, body, version) {
    if (!body.id) throw missing("company not specified", "id");
    const contact = contacts.open(contactId, version, "User");
    const company = open(body.id);
    // Attaching again is no error, at the limit neither.
    if (contact.companies.includes(company.id)) return company;
    if (contact.companies.length >= options.limits.companiesPerContact) {
      throw new Refusal(
        400,
        "contact_company_limit_exceeded",
        `Contact has reached the maximum of ${options.limits.companiesPerContact} company associations`,
      );
    }
    contacts.save({ ...contact, companies: [...contact.companies, company.id] }, "update", "attach", { company: company.company_id });
    attachments.push({ contact: contact.id, company: company.id, at: options.now() });
    return company;
  }

  function detach(contactId, id, version) {
    const contact = contacts.open(contactId, version, "User");
    const company = open(id);
    if (!contact.companies.includes(id)) throw notFound("Company");
    detachFrom(contact, id);
    return company;
  }

  function detachFrom(contact, id) {
    const companies = contact.companies.filter((one) => one !== id);
    contacts.save({ ...contact, companies }, "update", "detach", { company: id });
  }

  function listOf(contactId, version) {
    const contact = contacts.open(contactId, version, "User");
    const data = contact.companies.map((id) => view(records.get(id)));
    return { type: "list", data, total_count: data.length, pages: { type: "pages", page: 1, per_page: 50, total_pages: 1 } };
  }

  function view(record) {
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
      user_count: contacts.membersOf(record.id),
      tags: { type: "tag.list", tags: tags.map((id) => ({ type: "tag", id })) },
      segments: { type: "segment.list", segments: [] },
    };
  }

  return { records, byCompanyId, attachments, upsert, update, open, find, remove, attach, detach, listOf, view };
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
