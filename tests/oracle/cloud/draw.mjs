// Cases: an action's mapping, an event with values of all kinds in its fields, and a workspace in which somebody is or is not there already.
import { random } from "../random.mjs";

/** Dates, and the seconds that ours sends for them; undefined where ours leaves them out. */
export const DATES = [
  ["2026-01-02T03:04:05.678Z", 1767323045],
  ["2026-01-02T03:04:05+01:00", 1767319445],
  ["2026-01-02", 1767312000],
  ["2026-01-02T03:04:05", 1767323045],
  [1767323045, 1767323045],
  [1767323045678, 1767323045],
  ["1767323045", 1767323045],
  ["1767323045678", 1767323045],
  [1767323045.9, 1767323045],
  ["2026-13-45", undefined],
  ["soon", undefined],
  [true, undefined],
  [["2026-01-02"], 1767312000],
  [{ at: 1 }, undefined],
];

/** Addresses, and what ours takes them for. */
export const EMAILS = [
  ["a@example.com", "a@example.com"],
  ["b@example.com", "b@example.com"],
  ["new@example.com", "new@example.com"],
  [" a@example.com ", "a@example.com"],
  [["a@example.com"], "a@example.com"],
  ["a@b", undefined],
  ["a..b@example.com", undefined],
  ["nobody", undefined],
  [5, undefined],
  [{ at: 1 }, undefined],
];

const LONG = "long ".repeat(60);
const TEXTS = ["Ada", "x y", "é", 5, 19.99, 1e21, true, ["one"], [1, 2], { a: 1 }, "", null, " ", LONG];
const NUMBERS = [19.99, 0, 5, 49.5, -1.5, 1.005, 1e12, "19.99", " 7 ", "0x10", "abc", "1,000", true, [7], [7, 8], {}, null];
const OWNERS = [1, 5, "5", 5.5, "x", null];
const BOOLEANS = [true, false, "true", "false", 0, 1, "yes", "TRUE", 2, [true], null];
const URLS = ["https://example.com/a.png", "data:image/png;base64,AA==", "/a.png", "a b", 5, null];
const ROLES = ["user", "lead", ["user"], "User", 1, null];

const single = (r) => r.pick(["gold", 1, 2.5, true, false, "", LONG]);
const nested = (r) => r.pick([{ a: 1 }, [1, "x"], { url: "https://example.com", value: "link" }, { amount: 12.4, currency: "EUR" }]);
const KEYS = ["plan", "n", "Plan", "a.b", "a$b", "a_b", "email", "revenue", "currency", "price", "k1", "k2", "k3", "k4", "k5", "k6"];

function drawObject(r, keys) {
  if (r.chance(0.1)) return r.pick([{}, [], ["x"], "text", 5, null]);
  const entries = r.many(0, r.chance(0.2) ? 14 : 4, () => {
    const value = r.weighed([
      [8, () => single(r)],
      [1, () => null],
      [1, () => nested(r)],
    ]);
    return [r.pick(keys), value];
  });
  return Object.fromEntries(entries);
}

const text = (r) => r.pick(TEXTS);
const number = (r) => r.pick(NUMBERS);
const date = (r) => r.pick(DATES)[0];
const email = (r) => r.pick(EMAILS)[0];
const id = (r) => r.pick(["u-1", "u-1", "u-2", "u-9", 7, ["u-1"], { a: 1 }, "", null]);
const attributes = (r) => drawObject(r, ["plan", "n", "tier"]);

/** The actions' fields, and how a value for each is drawn. */
const FIELDS = {
  identifyContact: {
    role: (r) => (r.chance(0.7) ? r.pick(["user", "lead"]) : r.pick(ROLES)),
    external_id: id,
    email,
    phone: text,
    name: text,
    avatar: (r) => r.pick(URLS),
    signed_up_at: date,
    last_seen_at: date,
    owner_id: (r) => r.pick(OWNERS),
    unsubscribed_from_emails: (r) => r.pick(BOOLEANS),
    custom_attributes: attributes,
  },
  groupIdentifyContact: {
    company_id: (r) => (r.chance(0.8) ? r.pick(["c-1", "c-2", 7]) : text(r)),
    external_id: id,
    email,
    contact_id: (r) => r.pick([undefined, undefined, "663000000000000000000001", null, ""]),
    name: text,
    remote_created_at: date,
    monthly_spend: number,
    plan: text,
    size: number,
    website: text,
    industry: text,
    custom_attributes: attributes,
  },
  trackEvent: {
    event_name: (r) => (r.chance(0.8) ? "Order Completed" : text(r)),
    created_at: date,
    user_id: id,
    email,
    id: (r) => r.pick([undefined, undefined, "663000000000000000000001", null]),
    revenue: number,
    currency: (r) => r.pick(["EUR", "", null, 5, LONG]),
    metadata: (r) => drawObject(r, KEYS),
  },
};

const PARTS = { identifyContact: "traits", groupIdentifyContact: "traits", trackEvent: "properties" };
const PEOPLE = [
  { role: "user", external_id: "u-1" },
  { role: "user", email: "a@example.com" },
  { role: "user", external_id: "u-1", email: "a@example.com" },
  { role: "user", external_id: "u-2", email: "b@example.com" },
  { role: "lead", email: "a@example.com" },
];
const TYPES = { identifyContact: "identify", groupIdentifyContact: "group", trackEvent: "track" };

/** Case `index` of the run with this `seed`. */
export function drawCase(seed, index) {
  const r = random(seed, index);
  const action = r.pick(Object.keys(FIELDS));
  const part = PARTS[action];
  const event = { type: TYPES[action], messageId: `m-${index}`, [part]: {} };
  if (r.chance(0.9)) event.timestamp = r.chance(0.8) ? "2026-01-02T03:04:05.678Z" : date(r);
  const mapping = {};
  for (const [key, draw] of Object.entries(FIELDS[action])) {
    // Most have what names them, so that most are sent.
    const isName = ["role", "external_id", "user_id", "company_id", "event_name", "created_at"].includes(key);
    if (!r.chance(isName ? 0.95 : 0.4)) continue;
    const value = draw(r);
    event[part][key] = value;
    mapping[key] = drawDirective(r, `$.${part}.${key}`, value);
  }
  return { action, mapping, event, contacts: drawPeople(r), faults: r.chance(0.3) ? [drawFault(r)] : [] };
}

const isLiteral = (value) => value !== undefined && (typeof value !== "object" || value === null);

/** Mappings are compared by themselves elsewhere; here they are ways for a value to reach its field. */
const drawDirective = (r, path, value) =>
  r.weighed([
    [8, () => ({ "@path": path })],
    [2, () => (isLiteral(value) ? value : { "@path": path })],
    [1, () => ({ "@if": { exists: { "@path": path }, then: { "@path": path }, else: "none" } })],
    [1, () => ({ "@if": { exists: { "@path": "$.none" }, then: "none", else: { "@path": path } } })],
  ]);

function drawPeople(r) {
  const people = r.many(0, 2, () => r.pick(PEOPLE));
  const clash = (one, other) => one.external_id === other.external_id || (one.email === other.email && one.role === other.role);
  return people.filter((one, i) => !people.slice(0, i).some((other) => clash(one, other)));
}

const drawFault = (r) => ({ kind: String(r.pick([500, 503, 429, 408, "503-after", "lost"])), nth: 1 + r.below(3) });
