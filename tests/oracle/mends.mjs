// Segment's code with one named difference each put right, so that what is left between it and ours can only be a fault.
// It runs in Node and in the page. `on` holds the ids (see differences.mjs) that are put right at the moment.

export const on = new Set();

const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);
const isObject = (value) => tag(value) === "Object";
const refuse = (what) => {
  throw new TypeError(what);
};

const isInvalidDate = (value) => tag(value) === "Date" && Number.isNaN(+value);

const isSendable = (value) => {
  if (isInvalidDate(value)) return false;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "object") return value === null || Array.isArray(value) || ["Object", "Date"].includes(tag(value));
  return ["string", "boolean", "undefined"].includes(typeof value);
};

function sendable(value) {
  if (Array.isArray(value)) return value.map((item) => (isSendable(item) ? sendable(item) : null));
  if (!isObject(value)) return isSendable(value) ? value : undefined;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => isSendable(item))
      .map(([key, item]) => [key, sendable(item)]),
  );
}

/** Cents of an amount, rounded on its decimal digits, halves away from zero. */
export function cents(revenue) {
  const number = Number(revenue);
  const [digits, exponent = "0"] = String(Math.abs(number)).split("e");
  const [whole, fraction = ""] = digits.split(".");
  const shift = Number(exponent) + 2;
  if (shift < 0) return 0;
  const padded = fraction.padEnd(shift, "0");
  const size = Number(whole + padded.slice(0, shift)) + (Number(padded[shift] ?? 0) >= 5 ? 1 : 0);
  return size === 0 || number > 0 ? size : -size;
}

const isAmount = (revenue) => {
  if (typeof revenue === "string") return revenue.trim() !== "" && Number.isFinite(Number(revenue));
  return typeof revenue === "number" && Number.isFinite(revenue);
};

const isDate = (value) => ["string", "number"].includes(typeof value) || tag(value) === "Date";

/** The number that a text of digits is, but for the year, day or second of a calendar; what is no such text is itself. */
function numeric(value) {
  if (typeof value !== "string" || value.trim() === "" || /^(\d{4}|\d{8}|\d{14})$/.test(value.trim())) return value;
  return Number.isFinite(Number(value)) ? Number(value) : value;
}

/** Whether a calendar has the day that a text starts with, if it starts with one. */
function isReal(text) {
  const found = /^\s*(\d{4})[-/]?(\d\d?)[-/]?(\d\d?)/.exec(text);
  if (!found) return true;
  const [year, month, day] = found.slice(1).map(Number);
  return year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Unix seconds of a number that ours reads as a date. */
const unixOfNumber = (number) => Math.floor(Math.abs(number) < 1e11 ? number : number / 1000);

/** Unix seconds as ours reads dates, undefined for what is none; `convert` is Segment's reading. */
function unix(value, convert) {
  if (!isDate(value) || (typeof value === "string" && !isReal(value))) return undefined;
  // Segment counts the minus sign of a number, and gives up on those beyond its last date in seconds.
  if (typeof value === "number") return Math.abs(value) <= 8.64e15 ? unixOfNumber(value) : undefined;
  const seconds = convert(value);
  return Number.isNaN(seconds) ? undefined : seconds;
}

function convertDate(holder, convert) {
  const date = on.has("digit-dates") ? numeric(holder.created_at) : holder.created_at;
  const isNumber = on.has("digit-dates") && typeof date === "number" && Math.abs(date) <= 8.64e15;
  if (!on.has("unreadable-date")) {
    holder.created_at = isNumber ? unixOfNumber(date) : convert(date);
    return;
  }
  const seconds = unix(date, convert);
  if (seconds === undefined) delete holder.created_at;
  else holder.created_at = seconds;
}

/** Whether a company has what Intercom tells companies by, in a field of its own or among its flat custom traits. */
function hasId({ company_custom_traits: traits, ...company }) {
  const flat = isObject(traits) ? Object.entries(traits).filter(([, value]) => !isObject(value) && !Array.isArray(value)) : [];
  return [...Object.entries(company), ...flat].some(([key, value]) => ["company_id", "id"].includes(key) && value);
}

const isNameless = (company) => on.has("company-id") && isObject(company) && !hasId(company);

/** Company fields of identifyUser that Segment takes apart whatever they are. */
function companies(payload) {
  if (isNameless(payload.company)) delete payload.company;
  if (Array.isArray(payload.companies)) payload.companies = payload.companies.filter((company) => !isNameless(company));
  if (!on.has("not-an-object")) return;
  if (payload.company != null && !isObject(payload.company)) delete payload.company;
  if (Array.isArray(payload.companies)) payload.companies = payload.companies.filter(isObject);
  else if (payload.companies) delete payload.companies;
}

export const mend = {
  on: (id) => on.has(id),
  own: (object, key) => (on.has("own-properties") && !hasOwn(object, key) ? undefined : object[key]),
  render: (template, three, two) => {
    if (!on.has("single-pass")) return template.replace(/\{\{\{([^}]+)\}\}\}/g, three).replace(/\{\{([^}]+)\}\}/g, two);
    const fill = (part, at) => (at % 2 ? part.replace(/[^]*/, three) : part.replace(/\{\{([^}]+)\}\}/g, two));
    return template
      .split(/(\{\{\{[^}]+\}\}\})/)
      .map(fill)
      .join("");
  },
  dense: (list) => (on.has("sparse-arrays") ? Array.from(list) : list),
  isBlank: (value) => {
    try {
      return value == "";
    } catch (error) {
      if (on.has("unprintable")) return false;
      throw error;
    }
  },
  /** Whether a group ends at this token instead of at the first closing parenthesis anywhere. */
  closes: (token, inside) => inside && token.type === "parenright",
  /** The next token of a condition: the end of its group is the end to it. */
  take: (tokens, inside) => (inside && tokens[0]?.type === "parenright" ? refuse("condition without an end") : tokens.shift()),
  takeLast: (tokens, inside) => (inside && tokens[0]?.type === "parenright" ? { type: "eos", value: "eos" } : tokens.shift()),
  closed: (token, inside) => inside && token?.type !== "parenright" && refuse("group without an end"),
  group: (node) => (node === undefined && on.has("empty-group") ? { type: "never" } : node),
  sendable: (payload) => (on.has("not-json") ? sendable(payload) : payload),
  caught: (error) => {
    if (!on.has("isolation")) throw error;
  },
  isPriced: (revenue) => (on.has("unreadable-revenue") ? revenue && isAmount(revenue) : revenue),
  cents: (revenue) => (on.has("price-rounding") ? cents(revenue) : 100 * revenue),
  price: (price, metadata) => {
    const own = on.has("own-price") && !hasOwn(price, "amount") && isObject(metadata) && hasOwn(metadata, "price") && metadata.price;
    return isObject(own) && hasOwn(own, "amount") && Number.isFinite(own.amount) ? sendable(own) : price;
  },
  convertDate,
  activator: (activator) => (on.has("absent-activator") ? activator || "#IntercomDefaultWidget" : activator),
  traits: (traits) => (on.has("not-an-object") && !isObject(traits) ? undefined : traits),
  companies,
  company: (company) => ((on.has("not-an-object") && !isObject(company)) || isNameless(company) ? refuse("no company") : company),
  emptyTraits: (company, isEmpty) => {
    if (on.has("older-build") && company && isEmpty(company.company_custom_traits)) delete company.company_custom_traits;
  },
  equals: (actual, expected) => (on.has("older-build") && typeof expected === "number" ? actual === expected : actual === String(expected)),
  differs: (actual, expected) =>
    on.has("older-build") && typeof expected === "number" ? typeof actual === "number" && actual !== expected : actual !== String(expected),
  replaceable: (value) => (on.has("older-build") && ["boolean", "number"].includes(typeof value) ? String(value) : value),
};
