// Segment's Cloud mode with one named difference each put right, so that what is left between it and ours can only be a fault. Most mends
// change what an action is given; the others change what it sends and is answered.
import { cents } from "../mends.mjs";
import { DATES, EMAILS } from "./draw.mjs";

/** The ids (see differences.mjs) that are put right at the moment. */
export { on } from "../mends.mjs";
import { on } from "../mends.mjs";

export const NOW = Date.UTC(2026, 0, 1);
const LONGEST = 255;
const KEYS = 10;
const LARGEST = 2147483647;
/** Keys that Segment's action deletes, under another name until they are sent. */
const KEPT = "~";

const isObject = (value) => Object.prototype.toString.call(value) === "[object Object]";
const isGiven = (value) => value !== undefined && value !== null && value !== "";
const only = (value) => (Array.isArray(value) && value.length === 1 ? value[0] : value);
const found = (table, value) => table.find(([given]) => JSON.stringify(given) === JSON.stringify(value))?.[1];
const secondsOf = (value) => found(DATES, value);

// A field unwraps an array of one; the event's own time is not a field.
const timeOf = ({ timestamp }) => (Array.isArray(timestamp) ? undefined : secondsOf(timestamp));

/** Text as the type `string` takes it. */
const textOf = (value) => (["string", "number", "boolean"].includes(typeof only(value)) ? String(only(value)) : undefined);
const numberOf = (value) => (isGiven(only(value)) && typeof only(value) !== "object" ? Number(only(value)) : Number.NaN);
const cut = (value) => (typeof value === "string" ? value.slice(0, LONGEST) : value);
const emailOf = (value) => (isGiven(value) ? found(EMAILS, value) : undefined);

const TEXTS = ["phone", "name", "plan", "website", "industry", "currency"];
const DATE_FIELDS = ["signed_up_at", "last_seen_at", "remote_created_at", "created_at"];

/** Each changes the payload in place; false when ours sends nothing at all. */
const payloadMends = {
  email(payload) {
    if (isGiven(payload.email) && emailOf(payload.email) !== undefined) payload.email = emailOf(payload.email);
  },
  role(payload, action) {
    if (action !== "identifyContact" || ["user", "lead"].includes(only(payload.role))) return;
    payload.role = textOf(payload.external_id) ? "user" : "lead";
  },
  "lead-external-id"(payload) {
    if (only(payload.role) === "lead") delete payload.external_id;
  },
  dates(payload, action, event) {
    for (const key of DATE_FIELDS) {
      if (!isGiven(payload[key])) continue;
      payload[key] = secondsOf(payload[key]);
      if (payload[key] === undefined) delete payload[key];
    }
    if (action === "trackEvent") payload.created_at ??= timeOf(event) ?? NOW / 1000;
  },
  "long-text"(payload) {
    for (const key of TEXTS) if (textOf(payload[key])?.length > LONGEST) payload[key] = cut(textOf(payload[key]));
    for (const key of ["custom_attributes", "metadata"]) {
      if (isObject(payload[key]))
        payload[key] = Object.fromEntries(Object.entries(payload[key]).map(([name, value]) => [name, cut(value)]));
    }
  },
  "whole-numbers"(payload) {
    for (const key of ["monthly_spend", "size"]) {
      const number = numberOf(payload[key]);
      if (Number.isNaN(number)) continue;
      payload[key] = Math.trunc(number) || 0;
      if (Math.abs(number) > LARGEST) delete payload[key];
    }
    if (!Number.isInteger(numberOf(payload.owner_id)) && !Number.isNaN(numberOf(payload.owner_id))) delete payload.owner_id;
  },
  attributes(payload) {
    const given = payload.custom_attributes;
    if (!isObject(given)) return;
    payload.custom_attributes = Object.fromEntries(
      Object.entries(given).filter(([, value]) => typeof value !== "object" || value === null),
    );
    if (Object.keys(payload.custom_attributes).length === 0) delete payload.custom_attributes;
  },
  metadata(payload) {
    if (!isObject(payload.metadata)) return;
    const taken = {};
    const names = new Set();
    for (const [key, value] of Object.entries(payload.metadata)) {
      const name = key.replace(/[.$]/g, "_");
      const flat = flatten(value);
      if (flat === undefined || names.has(name.toLowerCase())) continue;
      names.add(name.toLowerCase());
      taken[name] = flat;
    }
    payload.metadata = taken;
  },
  price(payload, action) {
    if (action !== "trackEvent") return;
    const revenue = numberOf(payload.revenue);
    const { revenue: _, currency, price: own, ...given } = isObject(payload.metadata) ? payload.metadata : {};
    if (isGiven(payload.revenue) && Number.isFinite(revenue)) {
      const price = { amount: cents(revenue), currency: textOf(payload.currency) || "USD" };
      payload.metadata = { price, ...given };
    } else if (isObject(payload.metadata)) {
      const kept = Object.entries(payload.metadata).map(([key, value]) => [
        ["revenue", "currency"].includes(key) ? KEPT + key : key,
        value,
      ]);
      payload.metadata = Object.fromEntries(kept);
    }
    delete payload.revenue;
    delete payload.currency;
  },
  "ten-keys"(payload) {
    if (!isObject(payload.metadata)) return;
    const { email: _, price, ...rest } = payload.metadata;
    const first = price === undefined ? {} : { price };
    payload.metadata = Object.fromEntries(Object.entries({ ...first, ...rest }).slice(0, KEYS));
    if (Object.keys(payload.metadata).length === 0) delete payload.metadata;
  },
  nobody(payload, action) {
    const names = { identifyContact: ["external_id"], trackEvent: ["user_id", "id"] }[action];
    return !names || emailOf(payload.email) !== undefined || names.some((name) => textOf(payload[name]));
  },
  "contact-id"(payload, action) {
    // Segment looks for a contact only where there is one of these.
    if (action !== "groupIdentifyContact" || !textOf(payload.contact_id)) return;
    if (!textOf(payload.external_id) && emailOf(payload.email) === undefined) payload.external_id = "by its id";
  },
};

function flatten(value) {
  if (value === null) return undefined;
  if (typeof value !== "object") return value;
  const keys = Object.keys(value).sort().join();
  if (keys === "url,value" && typeof value.url === "string" && typeof value.value === "string") return value;
  if (keys === "amount,currency" && typeof value.amount === "number") return { ...value, amount: Math.round(value.amount) };
  return undefined;
}

/** What the action is given; undefined where ours sends nothing. */
export function mendPayload(action, mapped, event) {
  const payload = structuredClone(mapped);
  for (const [id, mend] of Object.entries(payloadMends)) {
    if (on.has(id) && mend(payload, action, event) === false) return undefined;
  }
  return payload;
}

/** Drops the fields that Segment's check refuses; false when the event can't be helped. */
export function loseFields(payload, { errors }) {
  const keys = errors.map(({ path }) => /^\$\.(\w+)/.exec(path)?.[1]);
  if (keys.some((key) => key === undefined || !(key in payload))) return false;
  for (const key of keys) delete payload[key];
  return true;
}

/** `fetch` with what ours makes of answers. `payload` is what the action was given. */
export function mendFetch(fetch, payload, about) {
  const call = async (url, init, body) => {
    const response = await fetch(url, { ...init, body: body === undefined ? undefined : JSON.stringify(body) });
    return { response, answer: await response.text().then(parse) };
  };
  return async (url, init) => {
    const path = new URL(url).pathname;
    const body = prepare(path, init.body === undefined ? undefined : JSON.parse(init.body), payload);
    if (body?.found) {
      const { response } = await call(`${new URL(url).origin}/contacts/${body.found}`, { ...init, method: "GET" });
      if (response.status === 200) return answerWith([{ id: body.found }]);
      if (response.status !== 404) return response;
      // Beside an id, an e-mail address names nobody.
      about.missed = body.query.field === "email";
      if (about.missed) return answerWith([]);
    }
    const { response, answer } = await call(url, init, body?.found ? { query: body.query } : body);
    if (on.has("stale-id") && path === "/events" && response.status === 404 && body.id && body.user_id) {
      const { id: _, ...event } = body;
      return (await call(url, init, event)).response;
    }
    if (path === "/contacts/search" && answer?.total_count === 0) about.missed = true;
    if (on.has("merged-lead") && path === "/contacts/search" && answer?.data && isUser(payload)) {
      return takeInLead(call, url, init, answer, emailOf(payload.email), response);
    }
    if (on.has("user-first") && path === "/contacts/search" && answer?.total_count > 1) {
      const users = answer.data.filter(({ role }) => role === "user");
      if (users.length === 1) return answerWith(users);
    }
    if (on.has("conflict") && response.status === 409 && /^\/contacts(\/|$)/.test(path))
      return resolveConflict(call, url, init, body, answer);
    return response;
  };
}

/** What is sent in place of `body`; for a search that ours would not do, who is found. */
function prepare(path, body, payload) {
  if (path === "/contacts/search" && on.has("contact-id") && textOf(payload.contact_id)) {
    return { ...body, found: textOf(payload.contact_id) };
  }
  if (path === "/contacts/search" && on.has("lead-or-user") && only(payload.role) === "lead") {
    return withRole("lead", body.query);
  }
  if (path === "/contacts/search" && on.has("merged-lead") && isUser(payload)) return withRole("user", body.query);
  if (path === "/companies" && on.has("contact-id")) delete body.contact_id;
  if (path === "/events" && body.metadata) {
    body.metadata = Object.fromEntries(Object.entries(body.metadata).map(([key, value]) => [key.replace(KEPT, ""), value]));
  }
  return body;
}

const isUser = (payload) => only(payload.role) === "user" && emailOf(payload.email) !== undefined;
const withRole = (role, query) => ({ query: { operator: "AND", value: [{ field: "role", operator: "=", value: role }, query] } });

/** The lead with the user's e-mail becomes the user, or part of the user that is there. */
async function takeInLead(call, url, init, { data: [user] }, email, response) {
  const { response: leads, answer } = await call(url, init, withRole("lead", { field: "email", operator: "=", value: email }));
  if (leads.status !== 200) return leads;
  const [lead] = answer?.data ?? [];
  if (!lead) return response;
  if (!user) return answerWith([lead]);
  const { response: merged } = await call(`${new URL(url).origin}/contacts/merge`, init, { from: lead.id, into: user.id });
  return merged.status === 200 ? response : merged;
}

/** The contact that a 409 names is read; it is updated if it is the same person, and otherwise the e-mail is left out. */
async function resolveConflict(call, url, init, body, answer) {
  const id = /id=(\w+)/.exec(answer?.errors?.[0]?.message)?.[1];
  const base = new URL(url).origin;
  const { answer: other } = await call(`${base}/contacts/${id}`, { ...init, method: "GET" });
  const isSame = !other.external_id || other.external_id === body.external_id;
  if (init.method === "POST" && isSame) return (await call(`${base}/contacts/${id}`, { ...init, method: "PUT" }, body)).response;
  const { email: _, ...rest } = body;
  return (await call(url, init, rest)).response;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const answerWith = (data) => ({
  status: 200,
  headers: [["content-type", "application/json"]],
  text: async () => JSON.stringify({ total_count: data.length, data }),
});
