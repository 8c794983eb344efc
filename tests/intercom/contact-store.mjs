// Contacts as they are stored, with users' external ids and e-mails kept unique.
import { Refusal } from "./answers.mjs";

export class ContactStore {
  // Records are never changed, only replaced: the search index holds older ones.
  records = new Map();
  deleted = [];
  histories = new Map();
  #externalIds = new Map();
  #emails = new Map();
  #mergedIds = new Map();
  #members = new Map();
  #options;
  #search;

  constructor({ options, search }) {
    this.#options = options;
    this.#search = search;
  }

  /** Replaces a record; `change` is create, update or remove, which the search index learns of at different times. */
  save(record, change, kind = change, given = {}) {
    this.#leaveIndex(this.records.get(record.id));
    this.records.set(record.id, record);
    this.#enterIndex(record);
    this.#search.put(record, change);
    if (!this.#options.history) return record;
    if (!this.histories.has(record.id)) this.histories.set(record.id, []);
    this.histories.get(record.id).push({ at: this.#options.now(), kind, fields: given });
    return record;
  }

  remove(record) {
    this.#leaveIndex(record);
    this.records.delete(record.id);
    this.#search.put({ ...record, status: "deleted" }, "remove");
    const { id, external_id, email, role } = record;
    this.deleted.push({ id, external_id, email, role, at: this.#options.now() });
  }

  /** `changes` are what a user (`own`, absent for a new one) is about to be given. */
  refuseConflict(changes, own) {
    const other = this.#findConflict(changes, own);
    if (!other) return;
    const article = other.status === "archived" ? "An archived" : "A";
    const id = this.#options.switches.conflictText === "with id" ? ` with id=${other.id}` : "";
    throw new Refusal(409, "conflict", `${article} contact matching those details already exists${id}`);
  }

  userByExternalId(externalId) {
    return this.records.get(this.#externalIds.get(externalId));
  }

  /** Users with that e-mail, for events; leads are reached by id alone. */
  usersByEmail(email) {
    const ids = this.#emails.get(this.#emailKey(email)) ?? [];
    return [...ids].map((id) => this.records.get(id)).filter((record) => record.status === "live");
  }

  mergedByExternalId(externalId) {
    return this.#mergedIds.get(externalId);
  }

  membersOf(companyId) {
    return this.#members.get(companyId) ?? 0;
  }

  #findConflict({ external_id: externalId = null, email = null }, own) {
    const holder = externalId === null ? undefined : this.#externalIds.get(externalId);
    if (holder !== undefined && holder !== own?.id) return this.records.get(holder);
    if (email === null) return undefined;
    const ownExternalId = externalId ?? own?.external_id ?? null;
    for (const id of this.#emails.get(this.#emailKey(email)) ?? []) {
      if (id === own?.id) continue;
      const other = this.records.get(id);
      if (this.#options.switches.sharedEmail === "allowed" && ownExternalId !== null && other.external_id !== null) continue;
      return other;
    }
    return undefined;
  }

  #emailKey(email) {
    return this.#options.switches.emailConflictIgnoresCase ? email.toLowerCase() : email;
  }

  #countMembers(record, change) {
    if (record.status !== "live") return;
    for (const id of record.companies) this.#members.set(id, (this.#members.get(id) ?? 0) + change);
  }

  #leaveIndex(record) {
    if (!record) return;
    this.#countMembers(record, -1);
    if (!isUnique(record)) return;
    if (this.#externalIds.get(record.external_id) === record.id) this.#externalIds.delete(record.external_id);
    if (record.email !== null) this.#emails.get(this.#emailKey(record.email))?.delete(record.id);
  }

  #enterIndex(record) {
    this.#countMembers(record, 1);
    if (record.status === "merged" && record.external_id !== null) this.#mergedIds.set(record.external_id, record);
    if (!isUnique(record)) return;
    if (record.external_id !== null) this.#externalIds.set(record.external_id, record.id);
    if (record.email === null) return;
    const key = this.#emailKey(record.email);
    if (!this.#emails.has(key)) this.#emails.set(key, new Set());
    this.#emails.get(key).add(record.id);
  }
}

const isUnique = (record) => record.role === "user" && (record.status === "live" || record.status === "archived");
