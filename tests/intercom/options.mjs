// What a stand-in can be told, with the defaults. README.md describes each option; a test compares the two.
import { seededRandom } from "./random.mjs";

const limits = {
  attributes: 250,
  eventNames: 120,
  metadataKeys: 10,
  textLength: 255,
  companiesPerContact: 1000,
  searchFilters: 15,
  searchDepth: 2,
};

const rate = {
  limit: 1666,
  search: Infinity,
  others: 0,
  headersAbsent: 0,
};

/** Behaviour that no public source settles: each value is one that a source tells of or that is likely. The first is the default. */
export const switches = {
  emailSearchIgnoresCase: [true, false],
  emailConflictIgnoresCase: [true, false],
  sharedEmail: ["conflict", "allowed"],
  findLags: [false, true],
  eventsLag: [false, true],
  externalIdOnLead: ["ignore", "refuse", "convert", "store"],
  leadExternalId: ["none", "generated"],
  mergeFields: ["fill", "overwrite"],
  longText: ["refuse", "cut"],
  badTime: ["refuse", "ignore"],
  badMetadata: ["drop", "refuse"],
  badPrice: ["truncate", "keep", "refuse"],
  unknownCompanyField: ["refuse", "ignore"],
  invalidEmail: ["refuse", "accept"],
  conflictText: ["with id", "without id"],
  wrongHost: ["unauthorized", "not found", "serve"],
};

const defaults = {
  now: undefined,
  random: 1,
  region: "US",
  token: undefined,
  forbidden: [],
  version: "2.14",
  mergedGoneFrom: "2.15",
  searchLag: 0,
  attributes: [],
  owners: [],
  visitors: [],
  limits: {},
  rate: {},
  switches: {},
  faults: [],
  faultRates: {},
  history: false,
  onCall: undefined,
};

const regions = ["US", "EU", "AU"];

export function readOptions(given) {
  const options = { ...defaults, ...known("option", given, defaults) };
  if (typeof options.now !== "function") throw new TypeError("now: expected a function that answers with milliseconds since 1970");
  if (!regions.includes(options.region)) throw new TypeError(`region: expected one of ${regions.join(", ")}, found ${options.region}`);
  return {
    ...options,
    random: typeof options.random === "function" ? options.random : seededRandom(options.random),
    tokens: options.token === undefined ? undefined : [options.token].flat(),
    searchLag: readLag(options.searchLag),
    limits: { ...limits, ...known("limit", options.limits, limits) },
    rate: { ...rate, ...known("rate option", options.rate, rate) },
    switches: readSwitches(options.switches),
  };
}

export const optionNames = { options: Object.keys(defaults), limits: Object.keys(limits), rate: Object.keys(rate) };

function known(kind, given, table) {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(table, name))
      throw new TypeError(`unknown ${kind} ${JSON.stringify(name)}: expected one of ${Object.keys(table).join(", ")}`);
  }
  return given;
}

function readLag(given) {
  const lag = typeof given === "number" ? { create: given, update: given, remove: given } : { create: 0, update: 0, remove: 0, ...given };
  for (const [name, seconds] of Object.entries(lag)) {
    if (!["create", "update", "remove"].includes(name)) throw new TypeError(`searchLag: unknown key ${JSON.stringify(name)}`);
    if (!(seconds >= 0)) throw new TypeError(`searchLag: expected seconds, found ${seconds}`);
  }
  return lag;
}

function readSwitches(given) {
  const chosen = Object.fromEntries(Object.entries(switches).map(([name, values]) => [name, values[0]]));
  for (const [name, value] of Object.entries(known("switch", given, switches))) {
    if (!switches[name].includes(value)) {
      throw new TypeError(
        `switches.${name}: expected one of ${switches[name].map((one) => JSON.stringify(one)).join(", ")}, found ${JSON.stringify(value)}`,
      );
    }
    chosen[name] = value;
  }
  return chosen;
}
