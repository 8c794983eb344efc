// `serve` and `dead`: the receiver, which takes events from webhooks, and what it could not deliver.
import { Misuse, parse } from "./arguments.js";
import { readCloudSettings } from "./cloud-settings.js";
import { nameOf } from "./files.js";

export const SERVE_HELP = `Usage: intercom-destination serve --settings <cloud.json>

Takes events from the webhooks of Segment, Customer.io and RudderStack at /events, keeps them in a queue, and delivers them to Intercom
with the settings of Cloud mode. It needs the packages pg-boss and, without a PostgreSQL, @electric-sql/pglite.

  --settings <file>        Cloud mode's settings
  --data <folder>          the queue's folder (receiver-data); one program at a time can open it
  --host <address>         where it listens (127.0.0.1)
  --port <number>          (8080)
  --retry-for <s>          seconds for which an event is tried before it is put aside (259200, three days)
  --without-authorization  requests need no secret in the header Authorization

Environment:
  INTERCOM_ACCESS_TOKEN    the workspace's access token
  RECEIVER_AUTHORIZATION   what the header Authorization of each request has to be; several on lines of their own
  RECEIVER_SIGNING_SECRET  the shared secret of X-Signature; several on lines of their own. Without it signatures are not looked at
  DATABASE_URL             a PostgreSQL for the queue, which several receivers can share, instead of --data

Exit code: 0 when it was told to stop, 1 when the engine failed and it has to be started again, 2 when the command, a file or the
database cannot be used.`;

export const DEAD_HELP = `Usage: intercom-destination dead list|retry|drop [id …] [--data <folder>]

Events that could not be delivered: shows them, sends them again, or drops them for good. It asks the receiver that has the folder, and
opens the folder itself if none is running. With DATABASE_URL it uses that database.

  --data <folder>  the queue's folder (receiver-data)
  --all            retry or drop all of them
  --most <n>       list so many, the oldest first (1000)
  --show-events    list the events themselves, too: they have personal data in them

Exit code: 0, or 2 when the command or the queue cannot be used.`;

const FAILED = 1;

const text = { type: "string" };
const flag = { type: "boolean" };

const number = (values, name, isFine, expected) => {
  const value = Number(values[name]);
  if (values[name].trim() === "" || !isFine(value)) throw new Misuse(`--${name}: expected ${expected}, found ${values[name]}`);
  return value;
};

const lines = (value) =>
  (value ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

// @ts-expect-error It is beside the published file.
const load = () => import("intercom-destination/receiver");

const SERVE = {
  settings: text,
  data: { ...text, default: "receiver-data" },
  host: { ...text, default: "127.0.0.1" },
  port: { ...text, default: "8080" },
  "retry-for": { ...text, default: "259200" },
  "without-authorization": flag,
};

const readServe = (args) => {
  const { values, positionals } = parse(args, SERVE);
  if (positionals.length > 0) throw new Misuse(`serve takes no "${positionals[0]}"`);
  if (!values.settings) throw new Misuse("--settings is missing");
  const { INTERCOM_ACCESS_TOKEN: accessToken, RECEIVER_AUTHORIZATION, RECEIVER_SIGNING_SECRET, DATABASE_URL } = process.env;
  if (!accessToken) throw new Misuse("The environment variable INTERCOM_ACCESS_TOKEN is missing");
  const authorization = values["without-authorization"] ? false : lines(RECEIVER_AUTHORIZATION);
  if (authorization && authorization.length === 0)
    throw new Misuse("The environment variable RECEIVER_AUTHORIZATION is missing; --without-authorization turns it off");
  return {
    accessToken,
    settings: values.settings,
    secrets: { authorization, signing: lines(RECEIVER_SIGNING_SECRET) },
    data: values.data,
    databaseUrl: DATABASE_URL || undefined,
    host: values.host,
    port: number(values, "port", (port) => Number.isInteger(port) && port >= 0 && port < 65_536, "a port"),
    retryFor: number(values, "retry-for", (seconds) => seconds >= 0, "seconds") * 1000,
  };
};

/** What opens destinations, for the receiver, which adds what is its own. */
const cloudOpener = (options, settings, log) => {
  const told = new Set();
  const onError = ({ code, message }) => {
    if (told.has(message)) return;
    told.add(message);
    log(code === "engine_fault" ? "error" : "warn", message, { code });
    // Nothing more would be delivered. What was taken is in the queue, and whoever watches over the program starts it again.
    if (code === "engine_fault") process.exit(FAILED);
  };
  let isChecked = false;
  return async (given, share) => {
    // @ts-expect-error It is beside the published file.
    const { createCloud } = await import("intercom-destination/cloud");
    const rateShare = share * (settings.rateShare ?? 1);
    const all = { ...settings, ...given, rateShare, accessToken: options.accessToken, onError };
    const cloud = await createCloud(all).catch((error) => {
      throw new Misuse(`${nameOf(options.settings)}: ${error.message} (${error.code})`);
    });
    if (isChecked) return cloud;
    isChecked = true;
    // Intercom may be down, and the token be changed: events are kept all the same.
    const { ok, code, message } = await cloud.check();
    if (!ok) log("error", `Intercom: ${message}`, { code });
    return cloud;
  };
};

/** Runs the receiver until it is told to stop. */
export const runServe = async (args) => {
  const options = readServe(args);
  const settings = await readCloudSettings(options);
  const { createLog, openReceiver } = await load();
  const log = createLog(process.stdout);
  const receiver = await openReceiver({ ...options, openCloud: cloudOpener(options, settings, log), log });
  const { authorization, signing } = options.secrets;
  if (!authorization) log("warn", "Requests need no secret header", { signed: signing.length > 0 });
  log("info", "The receiver listens", { url: receiver.url, queue: options.databaseUrl ? "PostgreSQL" : options.data });
  const signal = await new Promise((done) => {
    for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => done(name));
  });
  // A second time it ends at once.
  for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => process.exit(130));
  log("info", "The receiver stops", { signal });
  await receiver.stop();
  log("info", "The receiver has stopped");
  // Events that Intercom has not answered yet still have timers; they are in the queue.
  process.exit(0);
};

const DEAD = { data: SERVE.data, all: flag, most: { ...text, default: "1000" }, "show-events": flag };
const DONE = { retry: "sent again", drop: "dropped" };

const line = ({ id, at, code, message, type, event }) =>
  `${id} ${at} ${type} ${code}: ${message}${event ? ` ${JSON.stringify(event)}` : ""}\n`;

/** Runs `dead`; resolves to the exit code. */
export const runDead = async (args) => {
  const { values, positionals } = parse(args, DEAD);
  const [command, ...ids] = positionals;
  if (!["list", "retry", "drop"].includes(command)) throw new Misuse("expected dead list, dead retry or dead drop");
  const wrong = ids.find((id) => !/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id));
  if (wrong !== undefined) throw new Misuse(`expected an id as dead list shows it, found ${wrong}`);
  if (command !== "list" && (ids.length === 0) === !values.all) throw new Misuse(`dead ${command}: expected ids, or --all`);
  const most = number(values, "most", (count) => Number.isInteger(count) && count > 0, "a number of events");
  const question = { command, ids: ids.length > 0 ? ids : undefined, most, showsEvents: !!values["show-events"] };
  const { askDead, createLog } = await load();
  const place = { data: values.data, databaseUrl: process.env.DATABASE_URL || undefined, log: createLog(process.stderr) };
  const result = await askDead(question, place);
  if (command === "list") for (const job of result) process.stdout.write(line(job));
  else process.stdout.write(`${result} ${DONE[command]}\n`);
  return 0;
};
