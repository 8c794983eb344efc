// Contacts: the store with its strict uniqueness, and the endpoints for one contact.
import { addressableList, invalid, missing, notFound, Refusal } from "./answers.mjs";
import { readFields } from "./fields.mjs";
import { ownerIsText, readVersion } from "./versions.mjs";

export function createContacts(workspace) {
  const { options, search, attributes, fields, seconds, newId } = workspace;
  const { switches } = options;
  // Records are never changed, only replaced: the search index holds older ones.
  const records = new Map();
  const externalIds = new Map();
  const emails = new Map();
  const mergedIds = new Map();
  const members = new Map();
  const deleted = [];
  const histories = new Map();
  const goneFrom = readVersion(options.mergedGoneFrom);
  const emailKey = (email) => (switches.emailConflictIgnoresCase ? email.toLowerCase() : email);
  const isUnique = (record) => record.role === "user" && (record.status === "live" || record.status === "archived");

  const table = {
    role: (value) => {
      if (value !== "user" && value !== "lead") throw invalid("role must be user or lead", "role");
      return value;
    },
    external_id: (value, name) => fields.text(value, name) || null,
    email: fields.email,
    phone: fields.text,
    name: fields.text,
    avatar: fields.address,
    signed_up_at: fields.time,
    last_seen_at: fields.time,
    owner_id: readOwner,
    unsubscribed_from_emails: fields.boolean,
  };

  function readOwner(value) {
    if (value === null || value === 0 || value === "0") return null;
    if (!options.owners.map(Number).includes(Number(value)))
      throw invalid("The owner specified is not a member of the workspace", "owner_id");
    return Number(value);
  }

  function countMembers(record, change) {
    if (record.status !== "live") return;
    for (const id of record.companies) members.set(id, (members.get(id) ?? 0) + change);
  }

  function leaveIndex(record) {
    if (!record) return;
    countMembers(record, -1);
    if (!isUnique(record)) return;
    if (externalIds.get(record.external_id) === record.id) externalIds.delete(record.external_id);
    if (record.email !== null) emails.get(emailKey(record.email))?.delete(record.id);
  }

  function enterIndex(record) {
    countMembers(record, 1);
    if (record.status === "merged" && record.external_id !== null) mergedIds.set(record.external_id, record);
    if (!isUnique(record)) return;
    if (record.external_id !== null) externalIds.set(record.external_id, record.id);
    if (record.email === null) return;
    const key = emailKey(record.email);
    if (!emails.has(key)) emails.set(key, new Set());
    emails.get(key).add(record.id);
  }

  /** Replaces a record; `change` is create, update or remove, which the search index learns of at different times. */
  function save(record, change, kind = change, given = {}) {
    leaveIndex(records.get(record.id));
    records.set(record.id, record);
    enterIndex(record);
    search.put(record, change);
    if (!options.history) return record;
    if (!histories.has(record.id)) histories.set(record.id, []);
    histories.get(record.id).push({ at: options.now(), kind, fields: given });
    return record;
  }

  function findConflict({ external_id: externalId = null, email = null }, own) {
    const holder = externalId === null ? undefined : externalIds.get(externalId);
    if (holder !== undefined && holder !== own?.id) return records.get(holder);
    if (email === null) return undefined;
    for (const id of emails.get(emailKey(email)) ?? []) {
      if (id === own?.id) continue;
      const other = records.get(id);
      const ownExternalId = externalId ?? own?.external_id ?? null;
      if (switches.sharedEmail === "allowed" && ownExternalId !== null && other.external_id !== null) continue;
      return other;
    }
    return undefined;
  }

  function refuseConflict(changes, own) {
    const other = findConflict(changes, own);
    if (!other) return;
    const article = other.status === "archived" ? "An archived" : "A";
    const id = switches.conflictText === "with id" ? ` with id=${other.id}` : "";
    throw new Refusal(409, "conflict", `${article} contact matching those details already exists${id}`);
  }

  /** A lead that is given an external id: what then happens is told in no source. */
  function settleRole(changes, role) {
    if (role !== "lead" || changes.external_id === undefined || changes.external_id === null) return changes;
    if (switches.externalIdOnLead === "refuse") throw invalid("external_id can't be set on a lead", "external_id");
    if (switches.externalIdOnLead === "convert") return { ...changes, role: "user" };
    if (switches.externalIdOnLead === "store") return changes;
    workspace.note("lead_external_id_ignored");
    const { external_id: _, ...rest } = changes;
    return rest;
  }

  function create(body) {
    let given = readFields(table, body);
    given = settleRole(given, given.role ?? "user");
    const role = given.role ?? "user";
    if (role === "user" && !given.external_id && !given.email) throw missing("email or external_id not specified");
    if (role === "user") refuseConflict(given);
    const custom = attributes.merge("contact", body.custom_attributes, {});
    const at = seconds();
    const generated = role === "lead" && switches.leadExternalId === "generated" ? newId("lead") : null;
    const record = {
      ...blank,
      external_id: generated,
      ...given,
      id: newId("contact"),
      role,
      custom_attributes: custom,
      created_at: at,
      updated_at: at,
    };
    return save(record, "create", "create", { ...given, custom_attributes: body.custom_attributes });
  }

  function update(id, body, version) {
    const record = open(id, version);
    let given = readFields(table, body);
    if (given.role === "lead" && record.role === "user") {
      throw new Refusal(400, "client_error", "Contact with user role can't be converted to a lead");
    }
    given = settleRole(given, given.role ?? record.role);
    const role = given.role ?? record.role;
    if (role === "user") refuseConflict(record.role === "lead" ? { email: record.email, ...given } : given, record);
    const custom = attributes.merge("contact", body.custom_attributes, record.custom_attributes);
    const kind = role === record.role ? "update" : "convert";
    // A generated external id of a lead goes when the lead becomes a user.
    const cleared = kind === "convert" && switches.leadExternalId === "generated" ? { external_id: null } : {};
    const changed = { ...record, ...cleared, ...given, custom_attributes: custom, updated_at: seconds() };
    return save(changed, "update", kind, { ...given, custom_attributes: body.custom_attributes });
  }

  /** The live record with that id; archived ones cannot be fetched, merged ones are gone. */
  function open(id, version, what = "Contact") {
    const record = records.get(id);
    if (record?.status === "merged" && version >= goneFrom) throw gone(record);
    if (record?.status !== "live") throw notFound(what);
    return record;
  }

  function gone(record) {
    const link = `</contacts/${record.merged_into}>; rel="canonical"`;
    return new Refusal(410, "contact_merged", "Contact has been merged", { headers: { link } });
  }

  function find(externalId) {
    const record = switches.findLags ? search.userByExternalId(externalId) : records.get(externalIds.get(externalId));
    if (record && records.get(record.id)?.status === "live") return record;
    if (mergedIds.has(externalId)) throw gone(mergedIds.get(externalId));
    throw notFound("Contact");
  }

  function archive(id, version, extra = {}) {
    const record = records.get(id);
    if (record?.status !== "archived")
      save({ ...open(id, version), status: "archived", updated_at: seconds(), ...extra }, "remove", "archive");
    return records.get(id);
  }

  function unarchive(id) {
    const record = records.get(id);
    if (record?.status === "merged") throw new Refusal(400, "client_error", "User has been merged and is not restorable.");
    if (!record) throw notFound("Contact");
    if (record.status === "archived") save({ ...record, status: "live", updated_at: seconds() }, "update", "unarchive");
    return records.get(id);
  }

  function remove(id, version) {
    const record = records.get(id)?.status === "archived" ? records.get(id) : open(id, version);
    leaveIndex(record);
    records.delete(id);
    search.put({ ...record, status: "deleted" }, "remove");
    deleted.push({ id, external_id: record.external_id, email: record.email, role: record.role, at: options.now() });
    workspace.events.forget(id);
    return record;
  }

  /** Users with that e-mail, for events; leads are reached by id alone. */
  function usersByEmail(email) {
    const key = emailKey(email);
    return [...(emails.get(key) ?? [])].map((id) => records.get(id)).filter((record) => record.status === "live");
  }

  const userByExternalId = (externalId) => records.get(externalIds.get(externalId));

  return {
    records,
    deleted,
    histories,
    save,
    create,
    update,
    open,
    find,
    archive,
    unarchive,
    remove,
    refuseConflict,
    usersByEmail,
    userByExternalId,
    membersOf: (companyId) => members.get(companyId) ?? 0,
  };
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

export function reference(record, extra) {
  return { type: "contact", id: record.id, external_id: record.external_id, ...extra };
}

// What a contact has from the Messenger, e-mails and phones, which the stand-in does not have.
const neverSet = {
  last_replied_at: null,
  last_contacted_at: null,
  last_email_opened_at: null,
  last_email_clicked_at: null,
  language_override: null,
  browser: null,
  browser_version: null,
  browser_language: null,
  os: null,
  location: { type: "location", country: null, region: null, city: null, country_code: null, continent_code: null },
  social_profiles: { type: "list", data: [] },
};

/** A contact as the API shows it. */
export function viewContact(record, version) {
  const owner = record.owner_id;
  const at = `/contacts/${record.id}`;
  return {
    ...reference(record),
    workspace_id: "standin0",
    role: record.role,
    email: record.email,
    email_domain: record.email?.split("@").at(-1) ?? null,
    phone: record.phone,
    name: record.name,
    avatar: record.avatar,
    owner_id: owner !== null && version >= ownerIsText ? String(owner) : owner,
    has_hard_bounced: false,
    marked_email_as_spam: false,
    unsubscribed_from_emails: record.unsubscribed_from_emails,
    created_at: record.created_at,
    updated_at: record.updated_at,
    signed_up_at: record.signed_up_at,
    last_seen_at: record.last_seen_at,
    ...neverSet,
    custom_attributes: record.custom_attributes,
    tags: addressableList(`${at}/tags`, record.tags, "tag"),
    notes: { type: "list", data: [], url: `${at}/notes`, total_count: 0, has_more: false },
    companies: addressableList(`${at}/companies`, record.companies, "company"),
  };
}
