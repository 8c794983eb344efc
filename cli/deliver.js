// `deliver`: recorded events to Intercom's REST API, each with an outcome, and a run that can be interrupted.
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Misuse, parse } from "./arguments.js";
import { openCheckpoint } from "./checkpoint.js";
import { readCloudSettings } from "./cloud-settings.js";
import { readEvents } from "./events.js";
import { nameOf, open } from "./files.js";
import { printer } from "./print.js";
import { createProgress } from "./progress.js";

const DELIVERED = 0,
  NOT_ALL = 1,
  UNUSABLE = 2,
  INTERRUPTED = 130;

// Handed in at once: enough to keep the rate limit busy, and little enough to be held in memory.
const BATCH = 1000;
// For these the file goes on: they wait for something that later events or Intercom's index bring.
const ASIDE = new Set(["contact_missing", "lead_unclear", "behind_another"]);
// So many may wait while it goes on.
const MOST_WAITING = 10_000;

export const HELP = `Usage: intercom-destination deliver <events.ndjson> --settings <cloud.json>

Sends recorded events, one a line or a JSON array, to Intercom's REST API with the settings of Cloud mode.
The access token is read from the environment variable INTERCOM_ACCESS_TOKEN. "-" reads standard input.

  --settings <file>    Cloud mode's settings
  --dry-run            nothing is sent; the requests that an empty workspace would get are printed
  --failed <file>      what could not be delivered, with code and reason; beside the events: events.failed.ndjson
  --checkpoint <file>  how far the run has come; beside the events: events.ndjson.checkpoint. It is removed at the end
  --retry-for <s>      seconds for which an event is tried before it counts as failed (3600)
  --show-values        values that may be secret (e-mail addresses, hashes, tokens) are shown instead of ***

Exit code: 0 when every event is delivered, 1 when some are not, 2 when the command, a file or the token cannot be used,
130 when it was interrupted. The same command goes on where an interrupted run was.`;

const text = { type: "string" };
const OPTIONS = {
  settings: text,
  "dry-run": { type: "boolean" },
  failed: text,
  checkpoint: text,
  "retry-for": { type: "string", default: "3600" },
  "show-values": { type: "boolean" },
};

const readArguments = (args) => {
  const { values, positionals } = parse(args, OPTIONS);
  const [file, ...others] = positionals;
  if (!file) throw new Misuse("The file with the events is missing");
  if (others.length > 0) throw new Misuse("One file with events at a time");
  if (!values.settings) throw new Misuse("--settings is missing");
  if (file === "-" && values.settings === "-") throw new Misuse("Settings and events cannot both come from standard input");
  const retryFor = Number(values["retry-for"]);
  if (!(retryFor >= 0)) throw new Misuse(`--retry-for: expected seconds, found ${values["retry-for"]}`);
  const stem = file === "-" ? "stdin" : file;
  return {
    file,
    settings: values.settings,
    isDry: !!values["dry-run"],
    showsValues: !!values["show-values"],
    failed: values.failed ?? `${stem.replace(/\.(ndjson|jsonl|json)$/, "")}.failed.ndjson`,
    // Standard input can't be read a second time.
    checkpoint: values.checkpoint ?? (file === "-" ? undefined : `${file}.checkpoint`),
    retryFor: retryFor * 1000,
  };
};

/** Appends lines to a file that is made with the first one. */
const lazyLog = (file) => {
  let descriptor;
  return {
    add(value) {
      descriptor ??= openSync(file, "a");
      writeSync(descriptor, `${JSON.stringify(value)}\n`);
    },
    close: () => descriptor !== undefined && closeSync(descriptor),
  };
};

/** The pieces of `chunks`, while `count` hears of their length. */
async function* counted(chunks, count) {
  for await (const chunk of chunks) {
    count(Buffer.byteLength(chunk));
    yield chunk;
  }
}

const openCloud = async (options, print) => {
  // @ts-expect-error It is beside the published file.
  const { createCloud } = await import("intercom-destination/cloud");
  const settings = await readCloudSettings(options);
  const { isDry } = options;
  const accessToken = process.env.INTERCOM_ACCESS_TOKEN;
  if (!isDry && !accessToken) throw new Misuse("The environment variable INTERCOM_ACCESS_TOKEN is missing");
  const onRequest = isDry ? (request) => process.stdout.write(`${print.request(request)}\n`) : undefined;
  const given =
    typeof settings === "object" && settings ? { ...settings, ...(isDry ? { dryRun: true } : { accessToken }), onRequest } : settings;
  const cloud = await createCloud(given).catch((error) => {
    throw new Misuse(`${nameOf(options.settings)}: ${error.message} (${error.code})`);
  });
  const { ok, message, code } = await cloud.check();
  if (!ok) throw new Error(`Nothing was sent: ${message} (${code})`);
  return cloud;
};

/** Runs the command; resolves to its exit code. */
export const runDeliver = async (args) => {
  const options = readArguments(args);
  const print = printer({ stream: process.stdout, showsValues: options.showsValues });
  const chunks = await open(options.file);
  const cloud = await openCloud(options, print);
  const checkpoint = options.isDry || !options.checkpoint ? undefined : openCheckpoint(options.checkpoint, nameOf(options.file));
  const before = checkpoint?.read ?? { line: 0, waiting: [], delivered: 0, failed: 0 };
  const total = options.file === "-" ? undefined : statSync(options.file).size;
  const progress = createProgress(process.stderr, total);
  const log = lazyLog(options.failed);
  const state = { line: before.line, delivered: before.delivered ?? 0, failed: before.failed ?? 0 };
  let bytes = 0;
  let isStopped = false;
  let refusal;
  const stop = () => {
    // A second time it ends at once; the checkpoint is that of the last batch.
    if (isStopped) process.exit(INTERRUPTED);
    isStopped = true;
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);

  const fail = ({ line, event, fault }, code, message) => {
    state.failed++;
    log.add({ line, code, message, ...(fault ? {} : { event }) });
  };

  /** Hands a batch in, while `rest` waits; gives what is to be handed in again. */
  const handIn = async (batch, rest) => {
    const outcomes = await cloud.deliver(batch.map(({ event }) => event));
    const again = [];
    for (const [i, { status, code, message, retryAt }] of outcomes.entries()) {
      const entry = batch[i];
      if (status === "retry" && code === "unauthorized") refusal = `${message} (${code})`;
      // What an empty workspace lacks does not come.
      if (status === "delivered" || (options.isDry && status === "retry")) state.delivered++;
      else if (status === "dropped") fail(entry, code, message);
      else if (refusal || Date.now() - (entry.since ?? Date.now()) < options.retryFor)
        again.push({ ...entry, since: entry.since ?? Date.now(), retryAt, code });
      else fail(entry, code, message);
    }
    checkpoint?.write({ ...state, waiting: [...rest, ...again].map(({ line }) => line) });
    progress.update(bytes, state.delivered + state.failed - (before.delivered ?? 0) - (before.failed ?? 0));
    return again;
  };

  let waiting = [];
  let batch = [];

  /** Until the first one's time, or until somebody interrupts. */
  const wait = async () => {
    const due = Math.min(...waiting.map(({ retryAt }) => retryAt));
    while (!isStopped && Date.now() < due) await sleep(Math.min(due - Date.now(), 200));
  };

  // Those that waited go before newer ones: they happened earlier. What is not due would only cost a call.
  const handInDue = async (newer) => {
    // One time for both halves: an entry that falls due between them would be in both.
    const now = Date.now();
    const later = waiting.filter(({ retryAt }) => retryAt > now);
    const due = [...waiting.filter(({ retryAt }) => retryAt <= now), ...newer];
    if (due.length > 0) waiting = [...later, ...(await handIn(due, later))];
  };

  const flush = async () => {
    const newer = batch;
    batch = [];
    await handInDue(newer);
    // A newer event must not overtake what an outage held up.
    const isHeldUp = () => waiting.length > MOST_WAITING || waiting.some(({ code }) => !ASIDE.has(code));
    while (isHeldUp() && !isStopped && !refusal) {
      await wait();
      await handInDue([]);
    }
  };

  const left = new Set(before.waiting);
  for await (const entry of readEvents(counted(chunks, (length) => (bytes += length)))) {
    if (entry.line <= before.line && !left.has(entry.line)) continue;
    state.line = Math.max(state.line, entry.line);
    if (entry.fault) fail(entry, "event_unreadable", `column ${entry.column}: ${entry.fault}`);
    else batch.push(entry);
    if (batch.length >= BATCH) await flush();
    if (isStopped || refusal) break;
  }
  if (!isStopped && !refusal) await flush();
  while (waiting.length > 0 && !isStopped && !refusal) {
    await wait();
    if (!isStopped) await flush();
  }
  progress.clear();
  log.close();
  if (isStopped || refusal) {
    // What was read but not handed in is read again.
    const open = [...waiting, ...batch].map(({ line }) => line);
    checkpoint?.write({ ...state, waiting: open });
    const how = checkpoint ? `; the same command goes on (${options.checkpoint})` : "";
    process.stderr.write(
      `${refusal ?? "Interrupted"}: ${state.delivered} delivered, ${state.failed} failed, ${open.length} waiting${how}\n`,
    );
    return refusal ? UNUSABLE : INTERRUPTED;
  }
  checkpoint?.remove();
  const where = state.failed > 0 ? ` (${options.failed})` : "";
  process.stderr.write(`${nameOf(options.file)}: ${state.delivered} delivered, ${state.failed} failed${where}\n`);
  return state.failed > 0 ? NOT_ALL : DELIVERED;
};
