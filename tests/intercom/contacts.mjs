// The endpoints for one contact.
import { invalid, missing, notFound, Refusal } from "./answers.mjs";
import { readFields } from "./fields.mjs";
import { findByExternalId, readVersion } from "./versions.mjs";

const roles = ["user", "lead"];

export class Contacts {
  #workspace;
  #store;
  #goneFrom;
  #fields;

  constructor(workspace) {
    const { options, store, fields } = workspace;
    this.#workspace = workspace;
    this.#store = store;
    this.#goneFrom = readVersion(options.mergedGoneFrom);
    this.#fields = {
      role: (value) => {
        if (!roles.includes(value)) throw invalid("role must be user or lead", "role");
        return value;
      },
      external_id: (value, name) => fields.text(value, name) || null,
      email: fields.email,
      phone: fields.text,
      name: fields.text,
      avatar: fields.address,
      signed_up_at: fields.time,
      last_seen_at: fields.time,
      owner_id: (value) => readOwner(value, options.owners),
      unsubscribed_from_emails: fields.boolean,
    };
  }

  create(body) {
    const { attributes, newId, seconds, options } = this.#workspace;
    const read = readFields(this.#fields, body);
    const given = this.#settleRole(read, read.role ?? "user");
    const role = given.role ?? "user";
    if (role === "user" && !given.external_id && !given.email) throw missing("email or external_id not specified");
    if (role === "user") this.#store.refuseConflict(given);
    const record = {
      ...blank,
      external_id: role === "lead" && options.switches.leadExternalId === "generated" ? newId("lead") : null,
      ...given,
      id: newId("contact"),
      role,
      custom_attributes: attributes.merge("contact", body.custom_attributes, {}),
      created_at: seconds(),
      updated_at: seconds(),
    };
    return this.#store.save(record, "create", "create", { ...given, custom_attributes: body.custom_attributes });
  }

  update(id, body, version) {
    const record = this.open(id, version);
    const read = readFields(this.#fields, body);
    if (read.role === "lead" && record.role === "user") {
      throw new Refusal(400, "client_error", "Contact with user role can't be converted to a lead");
    }
    const given = this.#settleRole(read, read.role ?? record.role);
    const changed = this.#change(record, given, body.custom_attributes);
    const kind = changed.role === record.role ? "update" : "convert";
    return this.#store.save(changed, "update", kind, { ...given, custom_attributes: body.custom_attributes });
  }

  #change(record, given, custom) {
    const { attributes, options, seconds } = this.#workspace;
    const isUser = (given.role ?? record.role) === "user";
    const isConverted = isUser && record.role === "lead";
    if (isUser) this.#store.refuseConflict(isConverted ? { email: record.email, ...given } : given, record);
    return {
      ...record,
      // A generated external id of a lead goes when the lead becomes a user.
      ...(isConverted && options.switches.leadExternalId === "generated" && { external_id: null }),
      ...given,
      custom_attributes: attributes.merge("contact", custom, record.custom_attributes),
      updated_at: seconds(),
    };
  }

  /** A lead that is given an external id: no source says what happens then. */
  #settleRole(changes, role) {
    const { options, note } = this.#workspace;
    const { externalIdOnLead } = options.switches;
    if (role !== "lead" || changes.external_id === undefined || changes.external_id === null) return changes;
    if (externalIdOnLead === "refuse") throw invalid("external_id can't be set on a lead", "external_id");
    if (externalIdOnLead === "convert") return { ...changes, role: "user" };
    if (externalIdOnLead === "store") return changes;
    note("lead_external_id_ignored");
    const { external_id: _, ...rest } = changes;
    return rest;
  }

  /** The live record with that id; archived ones cannot be fetched, merged ones are gone. */
  open(id, version, what = "Contact") {
    const record = this.#store.records.get(id);
    if (record?.status === "merged" && version >= this.#goneFrom) throw gone(record);
    if (record?.status !== "live") throw notFound(what);
    return record;
  }

  find(externalId, version) {
    const { options, search } = this.#workspace;
    if (version < findByExternalId) throw notFound("Resource");
    const record = options.switches.findLags ? search.userByExternalId(externalId) : this.#store.userByExternalId(externalId);
    if (record && this.#store.records.get(record.id)?.status === "live") return record;
    const merged = this.#store.mergedByExternalId(externalId);
    throw merged ? gone(merged) : notFound("Contact");
  }

  archive(id, version, extra = {}) {
    const known = this.#store.records.get(id);
    if (known?.status === "archived") return known;
    const archived = { ...this.open(id, version), ...extra, status: "archived", updated_at: this.#workspace.seconds() };
    return this.#store.save(archived, "remove", "archive");
  }

  unarchive(id) {
    const record = this.#store.records.get(id);
    if (!record) throw notFound("Contact");
    if (record.status === "merged") throw new Refusal(400, "client_error", "User has been merged and is not restorable.");
    if (record.status === "live") return record;
    return this.#store.save({ ...record, status: "live", updated_at: this.#workspace.seconds() }, "update", "unarchive");
  }

  remove(id, version) {
    const known = this.#store.records.get(id);
    const record = known?.status === "archived" ? known : this.open(id, version);
    this.#store.remove(record);
    this.#workspace.events.forget(id);
    return record;
  }
}

const blank = {
  status: "live",
  merged_into: null,
  role: "user",
  external_id: null,
  email: null,
  phone: null,
  name: null,
  avatar: null,
  owner_id: null,
  signed_up_at: null,
  last_seen_at: null,
  unsubscribed_from_emails: false,
  companies: [],
  tags: [],
};

function readOwner(value, owners) {
  if (value === null || value === 0 || value === "0") return null;
  if (!owners.map(Number).includes(Number(value))) {
    throw invalid("The owner specified is not a member of the workspace", "owner_id");
  }
  return Number(value);
}

function gone(record) {
  const link = `</contacts/${record.merged_into}>; rel="canonical"`;
  return new Refusal(410, "contact_merged", "Contact has been merged", { headers: { link } });
}
