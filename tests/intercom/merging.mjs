// A lead that becomes part of a user, and a visitor of the web that becomes a contact.
import { invalid, missing, notFound, Refusal } from "./answers.mjs";
import { readObject } from "./fields.mjs";
import { mergeNeedsSamePerson } from "./versions.mjs";

const copied = ["email", "phone", "name", "avatar", "owner_id", "signed_up_at", "last_seen_at"];

export class Merging {
  merges = [];
  visitors;
  #workspace;

  constructor(workspace) {
    this.#workspace = workspace;
    this.visitors = new Map(workspace.options.visitors.map((visitor, index) => [visitor.id ?? `visitor-${index}`, visitor]));
  }

  merge({ from, into, skip_duplicate_validation: skips }, version) {
    if (!from) throw missing("from not specified", "from");
    if (!into) throw missing("into not specified", "into");
    const lead = this.#workspace.contacts.open(from, version);
    const user = this.#workspace.contacts.open(into, version);
    if (lead.role !== "lead" || user.role !== "user")
      throw new Refusal(400, "invalid_merge", "Merging can only be performed on a lead into a user");
    if (version >= mergeNeedsSamePerson && !skips && !isSamePerson(lead, user)) {
      throw new Refusal(400, "invalid_merge", "The contacts share neither an email nor a phone number");
    }
    return this.#join(lead, user);
  }

  #join(lead, user) {
    const fields = {};
    for (const name of copied) {
      const isTaken = lead[name] !== null && (user[name] === null || this.#workspace.options.switches.mergeFields === "overwrite");
      // The user's own e-mail stays, for it is unique.
      if (isTaken && !(name === "email" && user.email !== null)) fields[name] = lead[name];
    }
    this.#workspace.store.save(
      { ...lead, status: "merged", merged_into: user.id, companies: [], updated_at: this.#workspace.seconds() },
      "remove",
      "merged",
    );
    const custom =
      this.#workspace.options.switches.mergeFields === "overwrite"
        ? { ...user.custom_attributes, ...lead.custom_attributes }
        : { ...lead.custom_attributes, ...user.custom_attributes };
    const merged = {
      ...user,
      ...fields,
      custom_attributes: custom,
      companies: [...new Set([...user.companies, ...lead.companies])],
      tags: [...new Set([...user.tags, ...lead.tags])],
      updated_at: this.#workspace.seconds(),
    };
    this.#workspace.store.save(merged, "update", "merge", { from: lead.id });
    this.#workspace.events.move(lead.id, user.id);
    this.merges.push({ from: lead.id, into: user.id, at: this.#workspace.options.now() });
    return merged;
  }

  /** POST /visitors/convert: the visitor goes, a contact is there. */
  convert(body, version) {
    const { type } = body;
    const given = readObject(body.visitor, "visitor");
    const user = readObject(body.user, "user");
    if (type !== "user" && type !== "lead") throw invalid("type must be user or lead", "type");
    const [id, visitor] =
      [...this.visitors].find(([key, one]) => given.id === key || (given.user_id && given.user_id === one.user_id)) ?? [];
    if (!visitor) throw notFound("Visitor");
    const target = type === "user" ? this.#findTarget(user, version) : undefined;
    const made = target ?? this.#workspace.contacts.create({ role: type, ...readTarget(user, type), name: visitor.name ?? undefined });
    this.visitors.delete(id);
    this.#workspace.events.move(id, made.id);
    return this.#workspace.store.records.get(made.id);
  }

  #findTarget({ id, user_id: userId, email }, version) {
    if (id) return this.#workspace.contacts.open(id, version);
    if (userId) return this.#workspace.store.userByExternalId(userId);
    return email ? this.#workspace.store.usersByEmail(email)[0] : undefined;
  }
}

function readTarget({ user_id: userId, email }, type) {
  return { ...(type === "user" && userId && { external_id: userId }), ...(email && { email }) };
}

function isSamePerson(one, other) {
  const sameEmail = one.email !== null && one.email.toLowerCase() === other.email?.toLowerCase();
  return sameEmail || (one.phone !== null && one.phone === other.phone);
}
