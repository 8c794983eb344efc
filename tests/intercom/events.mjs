// Events: whose they are, what of their metadata is kept, and that a repeated one counts once.
import { invalid, missing, notFound, Refusal } from "./answers.mjs";
import { readObject } from "./fields.mjs";

export class Events {
  names = new Set();
  #received = new Map();
  #keys = new Map();
  #counts = { received: 0, duplicates: 0, forgotten: 0 };
  #workspace;
  #limits;
  #switches;

  constructor(workspace) {
    this.#workspace = workspace;
    this.#limits = workspace.options.limits;
    this.#switches = workspace.options.switches;
  }

  create(body) {
    const { event_name: given, created_at: createdAt } = body;
    if (typeof given !== "string" || given === "") throw missing("event_name not specified", "event_name");
    if (createdAt === undefined || createdAt === null) throw missing("created_at not specified", "created_at");
    const at = this.#workspace.fields.time(createdAt, "created_at") ?? this.#workspace.seconds();
    const contact = this.#findContact(body);
    const name = given.replace(/[.$]/g, "-");
    if (!this.names.has(name) && this.names.size >= this.#limits.eventNames) {
      throw invalid(`You have reached the limit of ${this.#limits.eventNames} active event names`, "event_name");
    }
    const metadata = this.#readMetadata(body.metadata);
    this.names.add(name);
    this.#add(contact.id, { name, created_at: at, metadata });
  }

  #add(id, event) {
    if (!this.#keys.has(id)) this.#keys.set(id, new Set());
    const key = `${event.created_at} ${event.name}`;
    if (this.#keys.get(id).has(key)) {
      this.#counts.duplicates += 1;
      return;
    }
    this.#keys.get(id).add(key);
    if (!this.#received.has(id)) this.#received.set(id, []);
    this.#counts.received += 1;
    this.#received.get(id).push({ order: this.#counts.received, received_at: this.#workspace.options.now(), ...event });
  }

  #findContact({ id, user_id: userId, email }) {
    const { contacts, store, search } = this.#workspace;
    if (id) return contacts.open(id, 0, "User");
    if (userId) {
      const user = (this.#switches.eventsLag ? search : store).userByExternalId(String(userId));
      if (user && store.records.get(user.id)?.status === "live") return user;
      throw notFound("User");
    }
    if (!email) throw missing("id, user_id or email not specified");
    const users = store.usersByEmail(String(email));
    if (users.length > 1) {
      throw new Refusal(409, "conflict", "Multiple existing users match this email address - must be more specific using user_id");
    }
    if (users.length === 0) throw notFound("User");
    return users[0];
  }

  #readMetadata(given) {
    const kept = [];
    const seen = new Set();
    for (const [index, [key, value]] of Object.entries(readObject(given, "metadata")).entries()) {
      if (index >= this.#limits.metadataKeys) {
        this.#workspace.note("metadata_key_over_limit");
        continue;
      }
      const problem = this.#keyProblem(key, seen);
      const read = problem ? undefined : this.#readValue(key, value);
      if (read !== undefined) kept.push([key, read]);
      else this.#drop(problem ?? `metadata value of ${key} is not valid`);
      seen.add(key.toLowerCase());
    }
    return Object.fromEntries(kept);
  }

  #keyProblem(key, seen) {
    if (/[.$]/.test(key)) return `metadata key ${key} contains . or $`;
    return seen.has(key.toLowerCase()) ? `metadata key ${key} is there twice` : undefined;
  }

  #drop(problem) {
    if (this.#switches.badMetadata === "refuse") throw invalid(problem, "metadata");
    this.#workspace.note("metadata_dropped");
  }

  #readValue(key, value) {
    if (typeof value === "string") return this.#workspace.fields.text(value, key);
    if (typeof value === "number" || typeof value === "boolean") return value;
    if (value === null || Array.isArray(value)) return undefined;
    if ("amount" in value && "currency" in value) return this.#readPrice(value);
    if (typeof value.url === "string" && "value" in value) return { url: value.url, value: value.value };
    return undefined;
  }

  #readPrice({ amount, currency }) {
    if (typeof currency !== "string" || typeof amount !== "number") return undefined;
    if (Number.isInteger(amount) && amount >= 0) return { amount, currency };
    this.#workspace.note("price_not_whole");
    if (this.#switches.badPrice === "refuse") throw invalid("price amount must be a positive integer", "metadata");
    return { amount: this.#switches.badPrice === "keep" ? amount : Math.trunc(amount), currency };
  }

  /** GET /events?type=user with one of user_id, email, intercom_user_id: the newest first. */
  list(query) {
    if (query.get("type") !== "user") throw missing("type not specified", "type");
    const contact = this.#findContact({ id: query.get("intercom_user_id"), user_id: query.get("user_id"), email: query.get("email") });
    const who = { user_id: contact.external_id, email: contact.email, intercom_user_id: contact.id };
    const newest = [...(this.#received.get(contact.id) ?? [])].sort(
      (one, other) => other.created_at - one.created_at || other.order - one.order,
    );
    const view = ({ name, created_at, metadata, order }) => ({
      type: "event",
      id: `event-${order}`,
      event_name: name,
      created_at,
      metadata,
      ...who,
    });
    return { type: "event.list", events: newest.map(view), pages: {} };
  }

  /** What a merged contact had received is the other's from then on. */
  move(from, into) {
    const moved = this.#received.get(from) ?? [];
    this.#received.delete(from);
    this.#keys.delete(from);
    if (!this.#keys.has(into)) this.#keys.set(into, new Set());
    const target = this.#received.get(into) ?? [];
    for (const event of moved) {
      const key = `${event.created_at} ${event.name}`;
      if (this.#keys.get(into).has(key)) this.#counts.duplicates += 1;
      else target.push(event);
      this.#keys.get(into).add(key);
    }
    if (target.length > 0)
      this.#received.set(
        into,
        target.sort((one, other) => one.order - other.order),
      );
  }

  forget(id) {
    this.#counts.forgotten += this.#received.get(id)?.length ?? 0;
    this.#received.delete(id);
    this.#keys.delete(id);
  }

  of(id) {
    return this.#received.get(id) ?? [];
  }

  all() {
    const events = [...this.#received].flatMap(([contact, list]) => list.map((event) => ({ contact, ...event })));
    return events.sort((one, other) => one.order - other.order);
  }

  counts() {
    const { duplicates, forgotten } = this.#counts;
    return { duplicates, forgotten };
  }
}
