// `npm run intercom`: the stand-in on a port of this machine.
import { parseArgs } from "node:util";
import { createIntercom } from "./intercom.mjs";
import { serveIntercom } from "./server.mjs";

const usage = `npm run intercom -- [options]

  --port N              port on 127.0.0.1 (8787)
  --lag N               seconds by which searches are behind (120)
  --latency N           milliseconds before each answer (0)
  --region US|EU|AU     the workspace's region (US)
  --token TEXT          the only token that is taken (any)
  --api-version N       for requests without Intercom-Version (2.14)
  --limit N             calls in 10 seconds (1666)
  --attribute M:N:T     a custom attribute: contact|company, name, type; "contact:tier:options:gold,silver" is a list. Repeatable
  --any-attributes      takes every custom attribute
  --owner N             the id of a teammate who may own contacts. Repeatable
  --fault KIND=CHANCE   a fault drawn at random: 429, 503, reset, lost, cut, slow, garbage, never, … Repeatable
  --switch NAME=VALUE   behaviour that no source settles; README.md lists them. Repeatable
  --seed N              for what is drawn (1)
  --quiet               no line for each call
`;

const many = { type: "string", multiple: true, default: [] };

function readArguments() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8787" },
      lag: { type: "string", default: "120" },
      latency: { type: "string", default: "0" },
      region: { type: "string", default: "US" },
      token: { type: "string" },
      "api-version": { type: "string", default: "2.14" },
      limit: { type: "string", default: "1666" },
      attribute: many,
      "any-attributes": { type: "boolean", default: false },
      owner: many,
      fault: many,
      switch: many,
      seed: { type: "string", default: "1" },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  return values;
}

function number(values, name) {
  const value = Number(values[name]);
  if (values[name].trim() === "" || !(value >= 0))
    throw new TypeError(`--${name}: expected a number, found ${JSON.stringify(values[name])}`);
  return value;
}

function pair(text, option) {
  const at = text.indexOf("=");
  if (at < 1) throw new TypeError(`--${option}: expected NAME=VALUE, found ${JSON.stringify(text)}`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function readAttribute(text) {
  const [model, name, type = "string", list] = text.split(":");
  return { model, name, data_type: type, ...(list && { options: list.split(",") }) };
}

function readFault(text) {
  const [kind, given] = pair(text, "fault");
  const chance = Number(given);
  if (!(chance > 0 && chance <= 1))
    throw new TypeError(`--fault ${kind}: expected a chance between 0 and 1, found ${JSON.stringify(given)}`);
  return [kind, chance];
}

function readSwitch(text) {
  const [name, value] = pair(text, "switch");
  return [name, value === "true" ? true : value === "false" ? false : value];
}

function readOptions(values) {
  return {
    now: Date.now,
    random: number(values, "seed"),
    region: values.region,
    token: values.token,
    version: values["api-version"],
    searchLag: number(values, "lag"),
    attributes: values["any-attributes"] ? "any" : values.attribute.map(readAttribute),
    owners: values.owner.map(Number),
    rate: { limit: number(values, "limit") },
    faultRates: Object.fromEntries(values.fault.map(readFault)),
    switches: Object.fromEntries(values.switch.map(readSwitch)),
  };
}

const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

try {
  const values = readArguments();
  if (values.help) {
    console.log(usage);
    process.exit();
  }
  const intercom = createIntercom(readOptions(values));
  const log = values.quiet ? undefined : console.log;
  const { url, close } = await serveIntercom(intercom, { port: number(values, "port"), latency: number(values, "latency"), log });
  console.log(`Intercom's stand-in is at ${url}, what it has got at ${url}/_standin/state (press Ctrl+C to stop).`);
  const stop = async () => {
    const { contacts, companies, events, counters } = intercom.state();
    const counts = [count(contacts.length, "contact"), count(companies.length, "company", "companies"), count(events.length, "event")];
    console.log(`\n${counts.join(", ")} after ${count(counters.calls, "call")}.`);
    await close();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
} catch (error) {
  console.error(error instanceof TypeError || error.code ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}
