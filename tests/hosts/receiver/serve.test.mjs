// `serve` with the embedded queue, as a shell would run it: what arrives, what survives, and what is said.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../../scripts/command.mjs";
import { until } from "../until.mjs";
import { openFolder, openIntercom, openQueueFolder, run, startReceiver } from "./program.mjs";

const at = (second) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const identify = (id, traits = {}, second = 0) => ({
  type: "identify",
  messageId: `i-${id}-${second}`,
  timestamp: at(second),
  userId: id,
  traits: { email: `${id}@example.com`, ...traits },
});
const track = (id, second, properties = {}) => ({
  type: "track",
  messageId: `t-${id}-${second}`,
  timestamp: at(second),
  userId: id,
  event: "Seen",
  properties: { second, ...properties },
});

/** A receiver and a stand-in, both ended with the test. */
async function open(context, { intercom: options, latency, ...given } = {}) {
  const standIn = await openIntercom(options, latency);
  const folder = await openQueueFolder("serve");
  const start = () => startReceiver({ folder, baseUrl: standIn.url, ...given });
  const opened = { ...standIn, folder, start, receiver: await start() };
  context.after(async () => {
    await opened.receiver.stop();
    await standIn.close();
  });
  const isEmpty = async () => (await opened.receiver.get("/metrics")).includes("queue_depth 0\n");
  const delivered = (count) => until(() => standIn.intercom.state().events.length === count, `${count} events`);
  return Object.assign(opened, { isEmpty, delivered });
}

test("events are delivered in order, counted, and nothing of them is logged", async (context) => {
  const { intercom, receiver, delivered } = await open(context);
  const odd = { text: "\u0000 \ud800 \u2028", number: 1e21 };
  assert.deepEqual(await receiver.post(identify("u-1", { name: "Ada" })), { status: 200, answer: { accepted: 1 } });
  for (let second = 1; second <= 20; second++) await receiver.post(second === 7 ? track("u-1", second, odd) : track("u-1", second));
  await receiver.post([track("u-1", 21), identify("u-2"), track("u-2", 22), { type: "page", userId: "u-2" }]);
  await delivered(22);
  const { contacts } = intercom.state();
  const [ada, second] = ["u-1", "u-2"].map((id) => contacts.find((contact) => contact.external_id === id));
  assert.deepEqual(
    ada.events.map(({ metadata }) => metadata.second),
    Array.from({ length: 21 }, (_, i) => i + 1),
  );
  assert.deepEqual([ada.events[6].metadata.number, second.events.length], [1e21, 1]);
  await until(
    async () => (await receiver.get("/metrics")).includes('events_total{status="delivered",code="not_subscribed"} 1'),
    "the page",
  );
  const metrics = await receiver.get("/metrics");
  assert.match(metrics, /intercom_destination_events_received_total 25\n/);
  assert.match(metrics, /intercom_destination_events_total{status="delivered",code=""} 24\n/);
  assert.match(metrics, /intercom_destination_rate_limit 1666\n/);
  assert.ok(!JSON.stringify(receiver.lines).includes("u-1"));
});

test("what a kill interrupts is delivered after it, once and in order", async (context) => {
  const opened = await open(context, { latency: 20 });
  const events = Array.from({ length: 10 }, (_, i) => [identify(`u-${i}`), ...Array.from({ length: 9 }, (_, n) => track(`u-${i}`, n + 1))]);
  for (const own of events) assert.equal((await opened.receiver.post(own)).status, 200);
  await until(() => opened.intercom.state().events.length > 10, "some are delivered");
  await opened.receiver.kill();
  opened.receiver = await opened.start();
  await opened.delivered(90);
  for (const contact of opened.intercom.state().contacts)
    assert.deepEqual(
      contact.events.map(({ metadata }) => metadata.second),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  assert.equal(opened.intercom.state().contacts.length, 10);
});

test("a message that comes again is not sent again, not even after a restart", async (context) => {
  const opened = await open(context);
  const events = [identify("u-1", { name: "Ada" }), track("u-1", 1)];
  await opened.receiver.post(events);
  await opened.delivered(1);
  const { calls } = opened.intercom.state().counters;
  await opened.receiver.post(events);
  assert.equal((await opened.receiver.stop()).code, 0);
  opened.receiver = await opened.start();
  const checks = opened.intercom.state().counters.calls - calls;
  await opened.receiver.post(events);
  await opened.receiver.post(track("u-1", 2));
  await opened.delivered(2);
  assert.equal(opened.intercom.state().counters.calls - calls - checks, 1);
});

test("what can't be delivered is put aside, listed without personal data, and can be sent again or dropped", async (context) => {
  const { intercom, url, receiver, folder, delivered } = await open(context, { settings: { mergeLeads: false } });
  intercom.seed({ contacts: [{ role: "user", external_id: "u-1", email: "u-1@example.com", archived: true }] });
  const [{ id }] = intercom.state().contacts;
  await receiver.post([identify("u-1", { name: "Ada" }), { type: "identify", messageId: "n", traits: { phone: "555" } }]);
  await until(async () => receiver.lines.filter(({ message }) => message === "An event was put aside").length === 2, "both are put aside");
  const dead = (...args) => run(["dead", ...args, "--data", `${folder}/data`]);
  let listed;
  await until(async () => (listed = await dead("list")).out.split("\n").length === 3, "both are written");
  assert.match(listed.out, /^\S+ \S+Z identify contact_archived: /m);
  assert.match(listed.out, /^\S+ \S+Z identify nobody: /m);
  assert.ok(!/example|555/.test(listed.out));
  assert.match((await dead("list", "--show-events")).out, /"phone":"555"/);
  const authorization = { authorization: "Bearer dG9rOnRoZS1zZWNyZXQ=", accept: "application/json", "content-type": "application/json" };
  assert.equal((await fetch(`${url}/contacts/${id}/unarchive`, { method: "POST", headers: authorization })).status, 200);
  const archived = listed.out.match(/^(\S+) .*contact_archived/m)[1];
  assert.deepEqual(await dead("retry", archived), { code: 0, out: "1 sent again\n", err: "" });
  await receiver.post(track("u-1", 1));
  await delivered(1);
  assert.equal(intercom.state().contacts[0].name, "Ada");
  assert.equal((await dead("drop", "--all")).out, "1 dropped\n");
  await receiver.stop();
  // Without a receiver it opens the folder itself.
  assert.deepEqual(await dead("list"), { code: 0, out: "", err: "" });
});

test("an event is put aside after --retry-for, and what waits for its contact holds nobody else up", async (context) => {
  const { receiver, delivered } = await open(context, { args: ["--retry-for", "0"] });
  await receiver.post([track("u-9", 1), identify("u-1"), track("u-1", 2)]);
  await delivered(1);
  await until(() => receiver.lines.some(({ code }) => code === "contact_missing"), "the event is put aside");
});

test("while Intercom refuses the token or is away, events are taken and kept", async (context) => {
  const opened = await open(context, { intercom: { faults: [{ kind: "401", chance: 1 }] } });
  const { intercom, receiver } = opened;
  assert.ok(receiver.lines.some(({ code, level }) => level === "error" && code === "unauthorized"));
  assert.equal((await receiver.post([identify("u-1"), track("u-1", 1), track("u-1", 2)])).status, 200);
  await until(async () => (await receiver.get("/metrics")).includes('code="unauthorized"'), "the token is refused");
  assert.equal((await receiver.get("/health")).ok, true);
  intercom.clearFaults();
  intercom.addFault({ kind: "reset", chance: 1 });
  // They are tried again after about a minute; a restart does not wait for that.
  assert.equal((await receiver.stop()).code, 0);
  opened.receiver = await opened.start();
  await opened.receiver.post(track("u-1", 3));
  intercom.clearFaults();
  await opened.delivered(3);
  assert.deepEqual(
    intercom.state().events.map(({ metadata }) => metadata.second),
    [1, 2, 3],
  );
});

test("a folder is one receiver's, and is free again however that one ends", async (context) => {
  const opened = await open(context);
  await assert.rejects(opened.start(), /folder_in_use|Another receiver has the folder/);
  await opened.receiver.kill();
  opened.receiver = await opened.start();
  assert.equal((await opened.receiver.get("/health")).ok, true);
});

test("a receiver that can't listen, or has no usable token, says so, ends and leaves the folder free", { timeout: 60_000 }, async () => {
  const { url, close } = await openIntercom();
  const folder = await openQueueFolder("taken");
  const start = (given) => startReceiver({ folder, baseUrl: url, ...given });
  await assert.rejects(start({ port: new URL(url).port }), /ended with 2.*can't listen there.*EADDRINUSE.*--port/);
  await assert.rejects(start({ environment: { INTERCOM_ACCESS_TOKEN: "two words" } }), /ended with 2.*Setting accessToken/);
  const receiver = await start({});
  assert.equal((await receiver.get("/health")).ok, true);
  await receiver.stop();
  await close();
});

test("a folder with something else in it is named, and is free again", async () => {
  const folder = openFolder("else");
  mkdirSync(join(folder, "data", "pg"), { recursive: true });
  writeFileSync(join(folder, "data", "pg", "PG_VERSION"), "no version");
  await assert.rejects(startReceiver({ folder, baseUrl: "http://127.0.0.1:1" }), /ended with 2.*The folder \S+data can't be used: /);
  assert.deepEqual(readdirSync(join(folder, "data")), ["pg"]);
});

test("dead letters are not looked for where there is no queue, and no folder is made", async () => {
  const folder = openFolder("typo");
  writeFileSync(join(folder, "file"), "");
  for (const name of ["typo", "file"]) {
    const { code, out, err } = await run(["dead", "list", "--data", join(folder, name)]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /There is no queue in /);
  }
  assert.deepEqual(readdirSync(folder), ["file"]);
});

test("the README's line runs against the stand-in", async () => {
  const [, line] = readFileSync(join(root, "README.md"), "utf8").match(/^INTERCOM_ACCESS_TOKEN=any node pkg\/\S+ (serve .*)$/m);
  const settings = line.match(/--settings (\S+)/)[1];
  const { intercom, url, close } = await openIntercom({ token: undefined });
  const folder = await openQueueFolder("readme");
  const given = JSON.parse(readFileSync(join(root, settings), "utf8"));
  assert.equal(given.baseUrl, "http://127.0.0.1:8787");
  const args = line.replace(`serve --settings ${settings}`, "").trim().split(" ");
  const receiver = await startReceiver({
    folder,
    baseUrl: url,
    args,
    environment: { INTERCOM_ACCESS_TOKEN: "any", RECEIVER_AUTHORIZATION: "" },
  });
  assert.equal((await receiver.post([identify("u-1"), track("u-1", 1)], { authorization: "" })).status, 200);
  await until(() => intercom.state().events.length === 1, "the event");
  await receiver.stop();
  await close();
});

test("without the queue's packages it says what to install and ends, and the other commands run", { timeout: 60_000 }, async () => {
  // Not within this repository, which has them.
  const folder = mkdtempSync(join(tmpdir(), "bare-"));
  for (const name of ["cli", "receiver", "cloud", "inspect"]) {
    const file = `intercom-destination.${name}.js`;
    cpSync(join(root, "pkg", file), join(folder, file));
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "cloud.json"), '{ "baseUrl": "http://127.0.0.1:1" }');
  writeFileSync(join(folder, "events.ndjson"), JSON.stringify(identify("u-1")));
  const environment = { INTERCOM_ACCESS_TOKEN: "t", RECEIVER_AUTHORIZATION: "a" };
  const bare = (args, more) => run(args, { ...environment, ...more }, folder);
  const serve = ["serve", "--settings", "cloud.json", "--port", "0"];
  const missing = (name) =>
    `intercom-destination: The receiver needs the package ${name}: npm install pg-boss@10 @electric-sql/pglite@0.5\n`;
  assert.deepEqual(await bare(serve), { code: 2, out: "", err: missing("@electric-sql/pglite") });
  assert.deepEqual(await bare(serve, { DATABASE_URL: "postgres://127.0.0.1:1/none" }), { code: 2, out: "", err: missing("pg-boss") });
  const packages = join(folder, "node_modules", "@electric-sql");
  mkdirSync(packages, { recursive: true });
  symlinkSync(join(root, "node_modules", "@electric-sql", "pglite"), join(packages, "pglite"));
  const data = join(await openQueueFolder("bare"), "data");
  assert.deepEqual(await bare([...serve, "--data", data]), { code: 2, out: "", err: missing("pg-boss") });
  assert.deepEqual(readdirSync(data), ["pg"]);
  assert.equal((await bare(["check", "cloud.json"])).code, 0);
  assert.equal((await bare(["deliver", "events.ndjson", "--settings", "cloud.json", "--dry-run"])).code, 0);
  rmSync(folder, { recursive: true });
});

for (const [title, args, environment, message] of [
  ["no settings", ["serve"], {}, /--settings is missing/],
  ["no token", ["serve", "--settings", "x.json"], { INTERCOM_ACCESS_TOKEN: "" }, /INTERCOM_ACCESS_TOKEN is missing/],
  ["no secret", ["serve", "--settings", "x.json"], { RECEIVER_AUTHORIZATION: "\n" }, /RECEIVER_AUTHORIZATION is missing; --without/],
  ["a port that is none", ["serve", "--settings", "x.json", "--port", "x"], {}, /--port: expected a port, found x/],
  ["a wrong command", ["dead", "bury"], {}, /expected dead list, dead retry or dead drop/],
  ["neither ids nor --all", ["dead", "drop"], {}, /dead drop: expected ids, or --all/],
  ["a database that is no PostgreSQL", ["dead", "list"], { DATABASE_URL: "queue" }, /DATABASE_URL can't be used: expected postgres:/],
  ["a password that is not encoded", ["dead", "list"], { DATABASE_URL: "postgres://u:p@ss/w@h/d" }, /written as %40, and its \/ as %2F\n$/],
  ["an id that is none", ["dead", "drop", "m-1"], {}, /expected an id as dead list shows it, found m-1/],
]) {
  test(`${title} is told, and nothing is started`, async () => {
    const { code, out, err } = await run(args, { INTERCOM_ACCESS_TOKEN: "t", RECEIVER_AUTHORIZATION: "a", ...environment });
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, message);
  });
}
