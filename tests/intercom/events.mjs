// Events: whose they are, what of their metadata is kept, and that a repeated one counts once.
import { invalid, missing, notFound, Refusal } from "./answers.mjs";

export function createEvents(workspace) {
  const { options, contacts, search, fields, note } = workspace;
  const { limits, switches } = options;
  const received = new Map();
  const keys = new Map();
  const names = new Set();
  let count = 0;
  let duplicates = 0;
  let forgotten = 0;

  function create(body) {
    const { event_name: given, created_at: createdAt } = body;
    if (typeof given !== "string" || given === "") throw missing("event_name not specified", "event_name");
    if (createdAt === undefined || createdAt === null) throw missing("created_at not specified", "created_at");
    const at = fields.time(createdAt, "created_at") ?? workspace.seconds();
    const contact = findContact(body);
    const name = given.replace(/[.$]/g, "-");
    if (!names.has(name) && names.size >= limits.eventNames) {
      throw invalid(`You have reached the limit of ${limits.eventNames} active event names`, "event_name");
    }
    const metadata = readMetadata(body.metadata);
    names.add(name);
    add(contact.id, { name, created_at: at, metadata });
  }

  function add(id, event) {
    if (!keys.has(id)) keys.set(id, new Set());
    const key = `${event.created_at} ${event.name}`;
    if (keys.get(id).has(key)) {
      duplicates += 1;
      return;
    }
    keys.get(id).add(key);
    if (!received.has(id)) received.set(id, []);
    count += 1;
    received.get(id).push({ order: count, received_at: options.now(), ...event });
  }

  function findContact({ id, user_id: userId, email }) {
    if (id) return contacts.open(id, 0, "User");
    if (userId) {
      const user = switches.eventsLag ? search.userByExternalId(String(userId)) : contacts.userByExternalId(String(userId));
      if (user && contacts.records.get(user.id)?.status === "live") return user;
      throw notFound("User");
    }
    if (!email) throw missing("id, user_id or email not specified");
    const users = contacts.usersByEmail(String(email));
    if (users.length > 1) {
      throw new Refusal(409, "conflict", "Multiple existing users match this email address - must be more specific using user_id");
    }
    if (users.length === 0) throw notFound("User");
    return users[0];
  }

  function readMetadata(given) {
    if (given === undefined || given === null) return {};
    if (typeof given !== "object" || Array.isArray(given)) throw invalid("metadata must be an object", "metadata");
    const kept = [];
    const seen = new Set();
    for (const [index, [key, value]] of Object.entries(given).entries()) {
      if (index >= limits.metadataKeys) {
        note("metadata_key_over_limit");
        continue;
      }
      const problem = keyProblem(key, seen);
      const read = problem ? undefined : readValue(key, value);
      if (read !== undefined) kept.push([key, read]);
      else drop(problem ?? `metadata value of ${key} is not valid`);
      seen.add(key.toLowerCase());
    }
    return Object.fromEntries(kept);
  }

  function keyProblem(key, seen) {
    if (/[.$]/.test(key)) return `metadata key ${key} contains . or $`;
    return seen.has(key.toLowerCase()) ? `metadata key ${key} is there twice` : undefined;
  }

  function drop(problem) {
    if (switches.badMetadata === "refuse") throw invalid(problem, "metadata");
    note("metadata_dropped");
  }

  function readValue(key, value) {
    if (typeof value === "string") return fields.text(value, key);
    if (typeof value === "number" || typeof value === "boolean") return value;
    if (value === null || Array.isArray(value)) return undefined;
    if ("amount" in value && "currency" in value) return readPrice(value);
    if (typeof value.url === "string" && "value" in value) return { url: value.url, value: value.value };
    return undefined;
  }

  function readPrice({ amount, currency }) {
    if (typeof currency !== "string" || typeof amount !== "number") return undefined;
    if (Number.isInteger(amount) && amount >= 0) return { amount, currency };
    note("price_not_whole");
    if (switches.badPrice === "refuse") throw invalid("price amount must be a positive integer", "metadata");
    return { amount: switches.badPrice === "keep" ? amount : Math.trunc(amount), currency };
  }

  /** GET /events?type=user with one of user_id, email, intercom_user_id: the newest first. */
  function list(query) {
    if (query.get("type") !== "user") throw missing("type not specified", "type");
    const contact = findContact({ id: query.get("intercom_user_id"), user_id: query.get("user_id"), email: query.get("email") });
    const who = { user_id: contact.external_id, email: contact.email, intercom_user_id: contact.id };
    const newest = [...(received.get(contact.id) ?? [])].sort((one, other) => other.created_at - one.created_at || other.order - one.order);
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
  function move(from, into) {
    const moved = received.get(from) ?? [];
    received.delete(from);
    keys.delete(from);
    if (!keys.has(into)) keys.set(into, new Set());
    const target = received.get(into) ?? [];
    for (const event of moved) {
      const key = `${event.created_at} ${event.name}`;
      if (keys.get(into).has(key)) duplicates += 1;
      else target.push(event);
      keys.get(into).add(key);
    }
    if (target.length > 0)
      received.set(
        into,
        target.sort((one, other) => one.order - other.order),
      );
  }

  function forget(id) {
    forgotten += received.get(id)?.length ?? 0;
    received.delete(id);
    keys.delete(id);
  }

  return {
    create,
    list,
    move,
    forget,
    names,
    of: (id) => received.get(id) ?? [],
    all: () =>
      [...received]
        .flatMap(([contact, events]) => events.map((event) => ({ contact, ...event })))
        .sort((one, other) => one.order - other.order),
    counts: () => ({ duplicates, forgotten }),
  };
}
