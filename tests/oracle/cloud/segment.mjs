// Segment's published "Intercom Cloud Mode (Actions)" in this process, with another `fetch`. It is a package of its own, 100 MB, and installed
// when it is first needed.
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root, run } from "../../../scripts/command.mjs";

const folder = join(root, "tests", "oracle", "cloud");
const require = createRequire(join(folder, "segment.mjs"));

function install() {
  const [installed, wanted] = [join(folder, "node_modules", ".package-lock.json"), join(folder, "package-lock.json")];
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  console.log("Installing Segment's Cloud mode …");
  // Their list of versions of Node is not ours.
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], { cwd: folder });
}

// Smaller than those of node-fetch, so that what is measured is Segment's code and not the network's.
class Headers extends Map {
  constructor(given = []) {
    super();
    const entries = typeof given[Symbol.iterator] === "function" ? given : Object.entries(given);
    for (const [name, value] of entries) this.set(name, value);
  }
  get(name) {
    return super.get(name.toLowerCase()) ?? null;
  }
  set(name, value) {
    return super.set(name.toLowerCase(), String(value));
  }
}

class Request {
  constructor(from, options = {}) {
    const given = typeof from === "string" ? { url: from } : from;
    this.url = given.url;
    this.method = options.method ?? given.method ?? "GET";
    this.headers = new Headers(options.headers ?? given.headers);
    this.body = options.body ?? given.body;
    this.signal = options.signal ?? given.signal;
  }
  clone() {
    return new Request(this);
  }
}

class Response {
  constructor(text, { status, headers }) {
    Object.assign(this, { status, ok: status >= 200 && status < 300, statusText: "", headers: new Headers(headers), read: text });
  }
  text() {
    return this.read();
  }
  clone() {
    return new Response(this.read, this);
  }
}

const light = { Headers, Request, Response };
let send;
const fetch = async (request) => {
  const isLight = request instanceof Request;
  const body = isLight ? request.body : await request.text();
  const response = await send(request.url, { method: request.method, headers: Object.fromEntries(request.headers), body });
  const read = isLight ? () => response.text() : await response.text();
  return new fetch.Response(read, { status: response.status, headers: [...response.headers] });
};

/** Segment's destination of that name; `deliver` and `execute` send with the `fetch` of the last call of `use`. */
export function openSegment(slug = "intercom") {
  install();
  const path = createRequire(require.resolve("@segment/actions-core")).resolve("cross-fetch");
  const published = require(path);
  require.cache[path].exports = Object.assign(fetch, { default: fetch, fetch, ...light });
  const { Destination } = require("@segment/actions-core");
  const { transform } = require("@segment/actions-core/mapping-kit");
  const { default: definition } = require(`@segment/action-destinations/dist/destinations/${slug}`);
  const destination = new Destination(definition);
  const quiet = { info() {}, warn() {}, error() {}, debug() {}, crit() {}, log() {}, level: "silent", name: "none", withTags() {} };

  return {
    definition,
    destination,
    transform,
    /** With `isPublished`, requests and responses are those of the library that Segment uses, node-fetch, and only the network is left out. */
    use(other, isPublished = false) {
      send = other;
      const { Headers, Request, Response } = isPublished ? published : light;
      Object.assign(fetch, { Headers, Request, Response });
    },
    /** An event through its subscriptions, as Segment runs them. */
    deliver: (event, settings) => ended(() => destination.onEvent(event, settings, { logger: quiet })),
    /** One action with a payload that is mapped already. */
    execute(action, payload, token) {
      const mapping = Object.fromEntries(Object.keys(payload).map((key) => [key, { "@path": `$.payload.${key}` }]));
      return ended(() =>
        destination.executeAction(action, { event: { payload }, mapping, settings: {}, auth: { accessToken: token }, logger: quiet }),
      );
    },
  };
}

/** `delivered`, `retry` or `dropped`, as Segment's delivery decides it: by the status that an error has. */
async function ended(work) {
  try {
    const results = await work();
    return { status: "delivered", results };
  } catch (error) {
    const status = error?.response?.status ?? error?.status;
    const isFinal = error?.name === "AggregateAjvError" || error?.name === "PayloadValidationError" || isFinalStatus(status);
    return { status: isFinal ? "dropped" : "retry", error };
  }
}

const isFinalStatus = (status) => (status >= 400 && status < 500 && ![408, 423, 429].includes(status)) || status === 501;
