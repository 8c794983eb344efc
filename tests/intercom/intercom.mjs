// A stand-in for Intercom's REST API that keeps what it is told. Without Node's modules, network or clock: the playground runs it, too.
import { answer, errorList, invalid, missing, notFound, Refusal } from "./answers.mjs";
import { createAttributes } from "./attributes.mjs";
import { createCompanies } from "./companies.mjs";
import { createContacts, reference, viewContact } from "./contacts.mjs";
import { createCounters } from "./counters.mjs";
import { createEvents } from "./events.mjs";
import { createFaults } from "./faults.mjs";
import { createFields } from "./fields.mjs";
import { createMerging } from "./merging.mjs";
import { readOptions } from "./options.mjs";
import { createRateLimit } from "./rate-limit.mjs";
import { createRouter } from "./router.mjs";
import { createSearch } from "./search.mjs";
import { createSearchIndex } from "./search-index.mjs";
import { readState, seed } from "./state.mjs";
import { createTags } from "./tags.mjs";
import { findByExternalId, readVersion } from "./versions.mjs";

const hosts = { "api.intercom.io": "US", "api.eu.intercom.io": "EU", "api.au.intercom.io": "AU" };

/**
 * `handle(request)` takes `{ method, path, headers, body, host }` (body: text) and answers at once with `{ status, headers, body }`, or with
 * "reset" (the connection breaks) or "never" (no answer comes). An answer may have `delay` (ms to wait before it) and `cut` (characters
 * after which the connection breaks).
 */
export function createIntercom(given) {
  const options = readOptions(given);
  const workspace = createWorkspace(options);
  const route = createRouter(endpoints(workspace));
  const limit = createRateLimit(options);
  const faults = createFaults(options);
  const { counters } = workspace;
  let requests = 0;

  function handle(request) {
    requests += 1;
    const requestId = `standin-${requests}`;
    const found = route(request.method, request.path);
    const endpoint = found?.endpoint ?? `${request.method} (unknown)`;
    const call = { at: options.now(), method: request.method, path: request.path, endpoint, body: request.body };
    const fault = faults.pick(call);
    const outcome = isSilent(fault) ? { fault, sent: fault.kind } : respond(request, found, fault, requestId);
    counters.count({ call, ...outcome });
    return outcome.sent;
  }

  /** What is sent, what of it a fault did, and the answer to what was done (absent when nothing was). */
  function respond(request, found, fault, requestId) {
    const denied = authorize(request);
    if (denied) return { sent: refuse(denied, requestId) };
    const limited = limit.take(found?.isSearch);
    const rateHeaders = limit.headers();
    const withRate = (sent) => (typeof sent === "string" ? sent : { ...sent, headers: { ...rateHeaders, ...sent.headers } });
    if (limited) return { sent: withRate(refuse(limited, requestId)) };
    if (fault && !fault.after) return { fault, sent: withRate(faults.distort(fault, undefined, requestId)) };
    const written = perform(request, found, requestId);
    return { fault, written, sent: withRate(fault ? faults.distort(fault, written, requestId) : written) };
  }

  function perform(request, found, requestId) {
    try {
      return act(request, found);
    } catch (error) {
      if (error instanceof Refusal) return refuse(error, requestId);
      throw error;
    }
  }

  const refuse = (refusal, requestId) => answer(refusal.status, errorList(refusal, requestId), refusal.headers);

  function authorize({ headers = {}, host }) {
    const token = /^Bearer (.+)$/.exec(header(headers, "authorization") ?? "")?.[1];
    if (!token || (options.tokens && !options.tokens.includes(token))) return new Refusal(401, "unauthorized", "Access Token Invalid");
    const region = hosts[host];
    if (!region || region === options.region || options.switches.wrongHost === "serve") return undefined;
    if (options.switches.wrongHost === "not found") return notFound("Resource");
    return new Refusal(401, "unauthorized", "Access Token Invalid");
  }

  function act(request, found) {
    const headers = request.headers ?? {};
    const version = readRequestVersion(headers);
    refuseMediaType(headers, request.body);
    if (!found) throw notFound("Resource");
    if (options.forbidden.includes(found.endpoint)) throw new Refusal(403, "api_plan_restricted", "Active subscription needed.");
    const body = request.method === "GET" || request.method === "DELETE" ? {} : readBody(request.body);
    const [status, result] = found.work({ ...found.values, query: found.query, body, version });
    return answer(status, result);
  }

  function readRequestVersion(headers) {
    const given = header(headers, "intercom-version");
    counters.countVersion(given);
    const version = readVersion(given ?? options.version);
    if (version === undefined) throw new Refusal(400, "intercom_version_invalid", "The requested version could not be found");
    return version;
  }

  return {
    handle,
    state: () => readState(workspace, limit.peak()),
    /** Puts contacts and companies there without a call, visible to searches at once. */
    seed: (what) => seed(workspace, what),
    addFault: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
  };
}

// Nothing is done and nothing is answered.
const isSilent = (fault) => fault && !fault.after && (fault.kind === "reset" || fault.kind === "never");

function createWorkspace(options) {
  const counters = createCounters(options);
  const counts = {};
  const workspace = {
    options,
    counters,
    note: counters.note,
    seconds: () => Math.floor(options.now() / 1000),
    newId: (kind) => {
      counts[kind] = (counts[kind] ?? 0) + 1;
      return `${{ contact: "6630", company: "5f4d", lead: "1ead" }[kind]}${counts[kind].toString(16).padStart(20, "0")}`;
    },
  };
  workspace.fields = createFields(workspace);
  workspace.search = createSearchIndex(options);
  workspace.attributes = createAttributes(workspace);
  workspace.contacts = createContacts(workspace);
  workspace.events = createEvents(workspace);
  workspace.companies = createCompanies(workspace);
  workspace.merging = createMerging(workspace);
  workspace.tags = createTags(workspace);
  return workspace;
}

function endpoints(workspace) {
  const { contacts, companies, events, attributes, merging, tags, options } = workspace;
  const { run } = createSearch(workspace);
  return [
    ["GET", "/me", () => [200, viewAdmin(options.region)]],
    ["POST", "/contacts", ({ body, version }) => [200, viewContact(contacts.create(body), version)]],
    ["POST", "/contacts/search", ({ body, version }) => [200, viewPage(run(body), version)]],
    ["POST", "/contacts/merge", ({ body, version }) => [200, viewContact(merging.merge(body, version), version)]],
    ["POST", "/visitors/convert", ({ body, version }) => [200, viewContact(merging.convert(body, version), version)]],
    ["GET", "/contacts/find_by_external_id/{external_id}", (call) => [200, viewContact(findUser(contacts, call), call.version)]],
    ["GET", "/contacts/{id}", ({ id, version }) => [200, viewContact(contacts.open(id, version), version)]],
    ["PUT", "/contacts/{id}", ({ id, body, version }) => [200, viewContact(contacts.update(id, body, version), version)]],
    ["DELETE", "/contacts/{id}", ({ id, version }) => [200, reference(contacts.remove(id, version), { deleted: true })]],
    ["POST", "/contacts/{id}/archive", ({ id, version }) => [200, reference(contacts.archive(id, version), { archived: true })]],
    ["POST", "/contacts/{id}/unarchive", ({ id }) => [200, reference(contacts.unarchive(id), { archived: false })]],
    [
      "POST",
      "/contacts/{id}/block",
      ({ id, version }) => [200, reference(contacts.archive(id, version, { blocked: true }), { blocked: true })],
    ],
    ["GET", "/contacts/{id}/companies", ({ id, version }) => [200, companies.listOf(id, version)]],
    ["POST", "/contacts/{id}/companies", ({ id, body, version }) => [200, companies.view(companies.attach(id, body, version))]],
    [
      "DELETE",
      "/contacts/{id}/companies/{company}",
      (call) => [200, companies.view(companies.detach(call.id, call.company, call.version))],
    ],
    ["POST", "/companies", ({ body, version }) => [200, companies.view(companies.upsert(body, version))]],
    ["GET", "/companies", ({ query }) => [200, companies.find(query)]],
    ["GET", "/companies/{id}", ({ id }) => [200, companies.view(companies.open(id))]],
    ["PUT", "/companies/{id}", ({ id, body, version }) => [200, companies.view(companies.update(id, body, version))]],
    ["DELETE", "/companies/{id}", ({ id }) => [200, companies.remove(id)]],
    ["POST", "/events", ({ body }) => [202, events.create(body)]],
    ["GET", "/events", ({ query }) => [200, events.list(query)]],
    ["GET", "/data_attributes", ({ query }) => [200, attributes.list(query)]],
    ["POST", "/data_attributes", ({ body }) => [200, attributes.create(body)]],
    ["POST", "/tags", ({ body, version }) => [200, tags.create(body, version)]],
  ];
}

function findUser(contacts, { external_id: externalId, version }) {
  if (version < findByExternalId) throw notFound("Resource");
  return contacts.find(externalId);
}

function viewPage({ records, total, pages }, version) {
  return { type: "list", data: records.map((record) => viewContact(record, version)), total_count: total, pages };
}

function viewAdmin(region) {
  return {
    type: "admin",
    id: "1",
    email: "admin@example.com",
    name: "Admin",
    email_verified: true,
    has_inbox_seat: true,
    app: { type: "app", id_code: "standin0", name: "Stand-in", created_at: 0, identity_verification: false, timezone: "UTC", region },
  };
}

function refuseMediaType(headers, body) {
  const accept = header(headers, "accept");
  const type = header(headers, "content-type");
  const isAccepted = accept === undefined || /application\/(\*|json)|\*\/\*/.test(accept);
  if (isAccepted && (!body || /^application\/json\b/.test(type ?? ""))) return;
  throw new Refusal(406, "media_type_not_acceptable", "The Accept and Content-Type headers should be application/json");
}

function readBody(text) {
  if (!text) return {};
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalid("The request body is not JSON");
  }
  if (body === null || typeof body !== "object" || Array.isArray(body)) throw missing("The request body is not an object");
  return body;
}

/** From a plain object with names in any case, or of a `Headers`. */
function header(headers, name) {
  if (typeof headers.get === "function") return headers.get(name) ?? undefined;
  const found = Object.keys(headers).find((one) => one.toLowerCase() === name);
  return found === undefined ? undefined : String(headers[found]);
}
