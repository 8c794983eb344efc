// A stand-in for Intercom's REST API that keeps what it is told. Without Node's modules, network or clock: the playground runs it, too.
import { answer, errorList, notFound, Refusal } from "./answers.mjs";
import { Attributes } from "./attributes.mjs";
import { Companies } from "./companies.mjs";
import { ContactStore } from "./contact-store.mjs";
import { Contacts } from "./contacts.mjs";
import { createCounters } from "./counters.mjs";
import { endpoints } from "./endpoints.mjs";
import { Events } from "./events.mjs";
import { createFaults } from "./faults.mjs";
import { createFields } from "./fields.mjs";
import { Merging } from "./merging.mjs";
import { readOptions } from "./options.mjs";
import { createRateLimit } from "./rate-limit.mjs";
import { header, readBody, refuseMediaType } from "./request.mjs";
import { createRouter } from "./router.mjs";
import { SearchIndex } from "./search-index.mjs";
import { readState, seed } from "./state.mjs";
import { Tags } from "./tags.mjs";
import { readVersion } from "./versions.mjs";

const hosts = { "api.intercom.io": "US", "api.eu.intercom.io": "EU", "api.au.intercom.io": "AU" };

/** See README.md for the options. */
export const createIntercom = (options) => new Intercom(readOptions(options));

class Intercom {
  #options;
  #workspace;
  #route;
  #limit;
  #faults;
  #requests = 0;

  constructor(options) {
    this.#options = options;
    this.#workspace = createWorkspace(options);
    this.#route = createRouter(endpoints(this.#workspace));
    this.#limit = createRateLimit(options);
    this.#faults = createFaults(options);
  }

  /**
   * Takes `{ method, path, headers, body, host }` (body: text) and answers at once with `{ status, headers, body }`, or with "reset" (the
   * connection breaks) or "never" (no answer comes). An answer may have `delay` (ms to wait before it) and `cut` (characters after which the
   * connection breaks).
   */
  handle(request) {
    this.#requests += 1;
    const { method, path, body } = request;
    const found = this.#route(method, path);
    const call = { at: this.#options.now(), method, path, endpoint: found?.endpoint ?? `${method} (unknown)`, body };
    const fault = this.#faults.pick(call);
    const outcome = isSilent(fault) ? { fault, sent: fault.kind } : this.#respond(request, found, fault);
    this.#workspace.counters.count({ call, ...outcome });
    return outcome.sent;
  }

  state() {
    return readState(this.#workspace, this.#limit.peak());
  }

  /** Puts contacts and companies there without a call, visible to searches at once. */
  seed(what) {
    return seed(this.#workspace, what);
  }

  addFault(rule) {
    this.#faults.add(rule);
  }

  clearFaults() {
    this.#faults.clear();
  }

  /** What is sent, what of it a fault did, and the answer to what was done (absent when nothing was). */
  #respond(request, found, fault) {
    const denied = this.#authorize(request);
    if (denied) return { sent: this.#refuse(denied) };
    const limited = this.#limit.take(found?.isSearch);
    const rateHeaders = this.#limit.headers();
    const withRate = (sent) => (typeof sent === "string" ? sent : { ...sent, headers: { ...rateHeaders, ...sent.headers } });
    if (limited) return { sent: withRate(this.#refuse(limited)) };
    if (fault && !fault.after) return { fault, sent: withRate(this.#faults.distort(fault, undefined, this.#requestId())) };
    const written = this.#perform(request, found);
    return { fault, written, sent: withRate(fault ? this.#faults.distort(fault, written, this.#requestId()) : written) };
  }

  #requestId() {
    return `standin-${this.#requests}`;
  }

  #refuse(refusal) {
    return answer(refusal.status, errorList(refusal, this.#requestId()), refusal.headers);
  }

  #authorize({ headers = {}, host }) {
    const { tokens, region, switches } = this.#options;
    const token = /^Bearer (.+)$/.exec(header(headers, "authorization") ?? "")?.[1];
    if (!token || (tokens && !tokens.includes(token))) return new Refusal(401, "unauthorized", "Access Token Invalid");
    const asked = hosts[host] ?? region;
    if (asked === region || switches.wrongHost === "serve") return undefined;
    return switches.wrongHost === "not found" ? notFound("Resource") : new Refusal(401, "unauthorized", "Access Token Invalid");
  }

  #perform(request, found) {
    try {
      return this.#act(request, found);
    } catch (error) {
      if (error instanceof Refusal) return this.#refuse(error);
      throw error;
    }
  }

  #act({ method, headers = {}, body: text }, found) {
    const version = this.#readVersion(headers);
    refuseMediaType(headers, text);
    if (!found) throw notFound("Resource");
    if (this.#options.forbidden.includes(found.endpoint)) throw new Refusal(403, "api_plan_restricted", "Active subscription needed.");
    const body = method === "GET" || method === "DELETE" ? {} : readBody(text);
    const [status, result] = found.work({ ...found.values, query: found.query, body, version });
    return answer(status, result);
  }

  #readVersion(headers) {
    const given = header(headers, "intercom-version");
    this.#workspace.counters.countVersion(given);
    const version = readVersion(given ?? this.#options.version);
    if (version === undefined) throw new Refusal(400, "intercom_version_invalid", "The requested version could not be found");
    return version;
  }
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
  workspace.search = new SearchIndex(workspace);
  workspace.store = new ContactStore(workspace);
  workspace.attributes = new Attributes(workspace);
  workspace.contacts = new Contacts(workspace);
  workspace.events = new Events(workspace);
  workspace.companies = new Companies(workspace);
  workspace.merging = new Merging(workspace);
  workspace.tags = new Tags(workspace);
  return workspace;
}
