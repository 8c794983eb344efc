// What the receiver takes and delivers: events a second and the time of an answer beside a plain hono app without a queue, how much of
// Intercom's window it uses, and what a second receiver adds. `--only accept,drain,two` runs some of it, `--seconds N` measures longer.
import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { cpus } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { root } from "../scripts/command.mjs";
import { startPostgres } from "../tests/hosts/receiver/postgres.mjs";
import { openFolder, openQueueFolder, startReceiver, TOKEN } from "../tests/hosts/receiver/program.mjs";
import { AUTHORIZATION } from "../tests/hosts/receiver/requests.mjs";

const WINDOW = 10;
const LIMIT = 1666;
const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Starts a program; resolves with the address that its first line names. */
async function startProgram(...args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((done) =>
    createInterface({ input: child.stdout }).once("line", (line) => done(line.match(/http:\/\/[\d.:]+/)[0])),
  );
  return { url, stop: () => child.kill() };
}

const startIntercom = (...options) =>
  startProgram("tests/intercom/start.mjs", "--port", "0", "--lag", "0", "--token", TOKEN, "--any-attributes", "--quiet", ...options);

let count = 0;
const START = Date.UTC(2026, 0, 1);
/** A track of about 600 bytes; of 5,000 people, each in a second of its own. */
const makeEvent = () => ({
  type: "track",
  messageId: `bench-${process.pid}-${++count}`,
  timestamp: new Date(START + count * 1000).toISOString(),
  userId: `u-${count % 5000}`,
  event: "Order Completed",
  properties: { revenue: 19.99, coupon: "SPRING", note: "x".repeat(120) },
  context: { ip: "192.0.2.1", locale: "en-GB", userAgent: "Mozilla/5.0 (X11; Linux x86_64) ".repeat(4) },
});

/** Sends batches of `size` with so many connections for a while: events a second, and the times of answers in ms. */
async function load(url, size, connections, seconds) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const headers = { authorization: AUTHORIZATION, "content-type": "application/json" };
  const times = [];
  const refused = new Map();
  const post = (body) =>
    new Promise((done, fail) => {
      const options = { agent, method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) } };
      const sent = request(`${url}/events`, options, (response) => response.resume().on("end", () => done(response.statusCode)));
      sent.on("error", fail).end(body);
    });
  const began = performance.now();
  const end = began + seconds * 1000;
  const work = async () => {
    while (performance.now() < end) {
      const body = JSON.stringify(size === 1 ? makeEvent() : Array.from({ length: size }, makeEvent));
      const start = performance.now();
      const status = await post(body);
      if (status === 200) times.push(performance.now() - start);
      else refused.set(status, (refused.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const rate = (times.length * size) / ((performance.now() - began) / 1000);
  agent.destroy();
  times.sort((one, other) => one - other);
  const at = (part) => times[Math.floor(times.length * part)];
  return { rate, p50: at(0.5), p99: at(0.99), refused: [...refused].map(([status, times]) => `${times} × ${status}`).join(", ") };
}

const row = (...cells) => console.log(`| ${cells.join(" | ")} |`);
const rounded = (number) => (number >= 100 ? Math.round(number).toLocaleString("en") : number.toPrecision(3));

async function accept(seconds) {
  const intercom = await startIntercom();
  const plain = await startProgram("benches/plain-hono.mjs");
  const receiver = await startReceiver({ folder: await openQueueFolder("bench"), baseUrl: intercom.url });
  row("accepted", "events/s", "÷ plain", "p50, ms", "÷ plain", "p99, ms", "÷ plain", "refused");
  row("---", "--:", "--:", "--:", "--:", "--:", "--:", "---");
  for (const [size, connections] of [
    [1, 64],
    [100, 8],
  ]) {
    await load(receiver.url, size, connections, 1);
    await load(plain.url, size, connections, 1);
    // By turns, so that what else the machine does falls on both.
    const runs = [];
    for (let i = 0; i < 3; i++)
      runs.push([await load(plain.url, size, connections, seconds / 3), await load(receiver.url, size, connections, seconds / 3)]);
    const median = (side, key) => runs.map((run) => run[side][key]).sort((one, other) => one - other)[1];
    const cells = ["rate", "p50", "p99"].flatMap((key) => [rounded(median(1, key)), (median(1, key) / median(0, key)).toFixed(2)]);
    row(
      size === 1 ? "single" : `batches of ${size}`,
      ...cells,
      runs
        .map(([, { refused }]) => refused)
        .filter(Boolean)
        .join("; ") || "none",
    );
  }
  await receiver.kill();
  for (const program of [plain, intercom]) program.stop();
}

const reading = async (receiver, name) => {
  const lines = (await receiver.get("/metrics")).split("\n").filter((line) => line.startsWith(`intercom_destination_${name}`));
  return lines.map((line) => [line, Number(line.split(" ").at(-1))]);
};
const total = async (receiver, name) => (await reading(receiver, name)).reduce((sum, [, value]) => sum + value, 0);

const fill = async (receiver, events) => {
  for (let sent = 0; sent < events; sent += 1000) await receiver.post(Array.from({ length: Math.min(1000, events - sent) }, makeEvent));
};
const people = () => Array.from({ length: 5000 }, (_, i) => ({ role: "user", external_id: `u-${i}` }));
const seed = (url) => fetch(`${url}/_standin/seed`, { method: "POST", body: JSON.stringify({ contacts: people() }) });

async function drain() {
  const intercom = await startIntercom("--limit", String(LIMIT), "--latency", "100");
  await seed(intercom.url);
  const receiver = await startReceiver({ folder: await openQueueFolder("bench"), baseUrl: intercom.url, settings: { concurrency: 50 } });
  const windows = 4;
  await fill(receiver, LIMIT * (windows + 2));
  await sleep(WINDOW);
  const before = await total(receiver, "intercom_requests_total");
  await sleep(WINDOW * windows);
  const used = ((await total(receiver, "intercom_requests_total")) - before) / (LIMIT * windows);
  const limited = (await reading(receiver, 'intercom_requests_total{status="429"}')).reduce((sum, [, value]) => sum + value, 0);
  console.log(`\ndrain: ${(used * 100).toFixed(1)} % of ${windows} windows of ${LIMIT} calls used, ${limited} answers 429`);
  await receiver.kill();
  intercom.stop();
}

/** Events a second that so many receivers deliver from one PostgreSQL. */
async function delivering(postgres, receivers, seconds) {
  const intercom = await startIntercom("--limit", "10000000", "--latency", "100");
  await seed(intercom.url);
  const environment = { DATABASE_URL: postgres.database(`bench_${receivers}`) };
  const start = () => startReceiver({ folder: openFolder("bench"), baseUrl: intercom.url, environment });
  const all = [];
  for (let i = 0; i < receivers; i++) all.push(await start());
  await sleep(3);
  await fill(all[0], 600 * receivers * (seconds / 2));
  await sleep(2);
  const delivered = async () =>
    (await Promise.all(all.map((one) => total(one, 'events_total{status="delivered"')))).reduce((sum, one) => sum + one);
  const [before, began] = [await delivered(), performance.now()];
  await sleep(seconds);
  const rate = ((await delivered()) - before) / ((performance.now() - began) / 1000);
  await Promise.all(all.map((one) => one.kill()));
  intercom.stop();
  return rate;
}

async function two(seconds) {
  const postgres = await startPostgres();
  if (typeof postgres === "string") return console.log(postgres);
  const [one, both] = [await delivering(postgres, 1, seconds), await delivering(postgres, 2, seconds)];
  postgres.stop();
  console.log(
    `\none receiver on PostgreSQL delivers ${rounded(one)} events/s, two ${rounded(both)}: ${(both / one).toFixed(2)} times as many`,
  );
  console.log("Intercom answers after 100 ms, has no limit, and each receiver has 16 requests on their way at once");
}

export async function bench(args) {
  const { values } = parseArgs({ args, options: { only: { type: "string" }, seconds: { type: "string", default: "12" } } });
  const parts = { accept, drain, two };
  console.log(`${cpus().length} × ${cpus()[0].model.trim()}, ${process.platform} ${process.arch}, Node ${process.versions.node}\n`);
  for (const [name, part] of Object.entries(parts))
    if (!values.only || values.only.split(",").includes(name)) await part(Number(values.seconds));
}
