// POST /contacts/search: filters, groups of filters, pages.
import { invalid, missing } from "./answers.mjs";
import { readObject } from "./fields.mjs";

const plain = [
  "id",
  "role",
  "name",
  "avatar",
  "owner_id",
  "email",
  "email_domain",
  "phone",
  "external_id",
  "created_at",
  "signed_up_at",
  "updated_at",
  "last_seen_at",
  "unsubscribed_from_emails",
];

// Points in time are compared by the day in UTC, and may be given as text.
const times = ["created_at", "signed_up_at", "updated_at", "last_seen_at"];
const day = (seconds) => Math.floor(seconds / 86_400);

const operators = {
  "=": (found, value) => found === value,
  "!=": (found, value) => found !== value,
  IN: (found, values) => values.includes(found),
  NIN: (found, values) => !values.includes(found),
  "<": (found, value) => found !== null && found < value,
  ">": (found, value) => found !== null && found > value,
  "~": (found, value) => String(found ?? "").includes(value),
  "!~": (found, value) => !String(found ?? "").includes(value),
  "^": (found, value) => String(found ?? "").startsWith(value),
  $: (found, value) => String(found ?? "").endsWith(value),
};

export class Search {
  #index;
  #limits;
  #switches;

  constructor({ options, search }) {
    this.#index = search;
    this.#limits = options.limits;
    this.#switches = options.switches;
  }

  /** A test of one record, and the ids that can pass it where these are known (undefined: any). */
  #compile(query, depth) {
    if (query === null || typeof query !== "object" || Array.isArray(query)) throw missing("query not specified", "query");
    if (query.operator === "AND" || query.operator === "OR") return this.#compileGroup(query, depth);
    return this.#compileFilter(query);
  }

  #compileGroup({ operator, value }, depth) {
    if (!Array.isArray(value) || value.length === 0) throw invalid("value must be a list of queries", "value");
    if (value.length > this.#limits.searchFilters) throw invalid(`a group can have at most ${this.#limits.searchFilters} filters`, "value");
    if (depth >= this.#limits.searchDepth) throw invalid(`groups can be nested at most ${this.#limits.searchDepth} levels deep`, "query");
    const parts = value.map((one) => this.#compile(one, depth + 1));
    if (operator === "OR") {
      const isBounded = parts.every(({ ids }) => ids);
      return {
        matches: (record) => parts.some((part) => part.matches(record)),
        ids: isBounded ? new Set(parts.flatMap(({ ids }) => [...ids])) : undefined,
      };
    }
    return { matches: (record) => parts.every((part) => part.matches(record)), ids: parts.find(({ ids }) => ids)?.ids };
  }

  #compileFilter({ field, operator, value }) {
    if (typeof field !== "string") throw missing("field not specified", "field");
    const isCustom = field.startsWith("custom_attributes.");
    if (!isCustom && !plain.includes(field)) throw invalid(`${field} is not a valid search field`, "field");
    if (!Object.hasOwn(operators, operator)) throw invalid(`${operator} is not a valid operator`, "operator");
    if (value === undefined) throw missing("value not specified", "value");
    const isList = operator === "IN" || operator === "NIN";
    if (isList !== Array.isArray(value)) throw invalid(`the value of ${operator} must be ${isList ? "a list" : "a single one"}`, "value");
    const fold = this.#folding(field);
    const wanted = isList ? value.map(fold) : fold(value);
    const read = reader(field, isCustom);
    const isExact = operator === "=" && typeof value === "string";
    return {
      matches: (record) => operators[operator](fold(read(record)), wanted),
      ids: isExact && (field === "external_id" || field === "email") ? this.#index.idsBy(field, value) : undefined,
    };
  }

  /** What is done to both sides before they are compared. */
  #folding(field) {
    if (field === "email" && this.#switches.emailSearchIgnoresCase) return (one) => (typeof one === "string" ? one.toLowerCase() : one);
    if (!times.includes(field)) return (one) => one;
    return (one) => {
      if (one === null) return null;
      if (!Number.isFinite(Number(one))) throw invalid(`${field} takes a time in seconds`, "value");
      return day(Number(one));
    };
  }

  run({ query, pagination, sort }) {
    const { matches, ids } = this.#compile(query, 0);
    const all = this.#index.all();
    const candidates = ids ? [...ids].map((id) => all.get(id)) : [...all.values()];
    return page(order(candidates.filter(matches), readObject(sort, "sort")), readObject(pagination, "pagination"));
  }
}

function reader(field, isCustom) {
  if (isCustom) {
    const name = field.slice("custom_attributes.".length);
    return (record) => record.custom_attributes[name] ?? null;
  }
  if (field === "email_domain") return (record) => record.email?.split("@").at(-1) ?? null;
  return (record) => record[field];
}

function order(records, { field = "id", order: given = "descending" }) {
  if (!plain.includes(field)) throw invalid(`${field} is not a valid field to sort by`, "sort");
  if (given !== "ascending" && given !== "descending") throw invalid("order must be ascending or descending", "sort");
  const direction = given === "ascending" ? 1 : -1;
  const read = reader(field, false);
  const compare = (one, other) => (one < other ? -direction : one > other ? direction : 0);
  return records.sort((one, other) => compare(read(one), read(other)));
}

function page(records, { per_page: perPage = 50, starting_after: after }) {
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > 150) throw invalid("per_page must be between 1 and 150", "per_page");
  const start = after ? Number(/^after-(\d+)$/.exec(after)?.[1]) : 0;
  if (!Number.isInteger(start)) throw invalid("starting_after is not valid", "starting_after");
  const number = Math.floor(start / perPage) + 1;
  const next = start + perPage < records.length ? { page: number + 1, starting_after: `after-${start + perPage}` } : undefined;
  return {
    records: records.slice(start, start + perPage),
    total: records.length,
    pages: {
      type: "pages",
      page: number,
      per_page: perPage,
      total_pages: Math.ceil(records.length / perPage),
      ...(next && { next }),
    },
  };
}
