// `deliver`, as a shell would run it, against the stand-in on a port: what arrives, what is kept, and what an interruption costs.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { createIntercom } from "../intercom/intercom.mjs";
import { serveIntercom } from "../intercom/server.mjs";

const TOKEN = "dG9rOnRoZS1zZWNyZXQ=";
const command = join(root, "pkg", "intercom-destination.cli.js");
mkdirSync(join(root, "target", "cli"), { recursive: true });
const place = mkdtempSync(join(root, "target", "cli", "deliver-"));
after(() => rmSync(place, { recursive: true }));

/** A folder with the files of a test, and the command in it: `run(args)` resolves to `{ code, out, err }`. */
function openFolder(files) {
  const folder = mkdtempSync(join(place, "test-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const run = (args, { token = TOKEN, started, command: name = "deliver" } = {}) => {
    const environment = { PATH: process.env.PATH, ...(token && { INTERCOM_ACCESS_TOKEN: token }) };
    const child = spawn(process.execPath, [command, name, ...args], { cwd: folder, env: environment });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (err += chunk));
    started?.(child);
    return new Promise((done) => child.on("close", (code) => done({ code, out, err })));
  };
  const lines = (name) =>
    readFileSync(join(folder, name), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  return { folder, run, lines, has: (name) => existsSync(join(folder, name)) };
}

async function openServer(options = {}, latency = 0) {
  const intercom = createIntercom({ now: Date.now, token: TOKEN, ...options });
  const server = await serveIntercom(intercom, { latency });
  after(() => server.close());
  return { intercom, settings: JSON.stringify({ baseUrl: server.url }) };
}

const at = (second) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const ndjson = (events) => events.map((event) => (typeof event === "string" ? event : JSON.stringify(event))).join("\n");
const identify = (id, second = 0) => ({
  type: "identify",
  messageId: `i-${id}`,
  timestamp: at(second),
  userId: id,
  traits: { email: `${id}@example.com` },
});
const track = (id, name, second) => ({
  type: "track",
  messageId: `t-${id}-${second}`,
  timestamp: at(second),
  userId: id,
  event: name,
  properties: {},
});

/** Days of `people`, each with an identify and some events. */
const day = (people, each) =>
  Array.from({ length: each + 1 }, (_, round) =>
    Array.from({ length: people }, (_, i) => (round === 0 ? identify(`u-${i}`) : track(`u-${i}`, "Seen", round * people + i))),
  ).flat();

const settingsAnd = ["events.ndjson", "--settings", "cloud.json"];

test("events arrive, and nothing is left behind", async () => {
  const { intercom, settings } = await openServer();
  const { run, has } = openFolder({ "cloud.json": settings, "events.ndjson": ndjson(day(20, 3)) });
  const { code, out, err } = await run(settingsAnd);
  assert.deepEqual([code, out, err], [0, "", "events.ndjson: 80 delivered, 0 failed\n"]);
  assert.deepEqual([intercom.state().contacts.length, intercom.state().events.length], [20, 60]);
  assert.ok(!has("events.ndjson.checkpoint") && !has("events.failed.ndjson"));
});

test("what can't be delivered is kept with code and reason", async () => {
  const { settings } = await openServer();
  const nobody = { type: "identify", messageId: "n", traits: { name: "Nobody" } };
  const { run, lines } = openFolder({ "cloud.json": settings, "events.ndjson": ndjson([identify("u-1"), "{ not json", nobody, "5"]) });
  const { code, err } = await run(settingsAnd);
  assert.deepEqual([code, err], [1, "events.ndjson: 1 delivered, 3 failed (events.failed.ndjson)\n"]);
  const kept = lines("events.failed.ndjson").toSorted((a, b) => a.line - b.line);
  assert.deepEqual(
    kept.map(({ line, code }) => [line, code]),
    [
      [2, "event_unreadable"],
      [3, "nobody"],
      [4, "event_unreadable"],
    ],
  );
  assert.deepEqual(kept[1].event, nobody);
  assert.ok(kept.every(({ message }) => message.length > 10));
});

test("an event whose contact never comes is given up after --retry-for", async () => {
  const { settings } = await openServer();
  const { run, lines } = openFolder({ "cloud.json": settings, "events.ndjson": ndjson([track("u-9", "Seen", 1)]) });
  const { code } = await run([...settingsAnd, "--retry-for", "0"]);
  assert.deepEqual([code, lines("events.failed.ndjson")[0].code], [1, "contact_missing"]);
});

test("a dry run prints requests, masks what is secret, and needs no token", async () => {
  const { run, has } = openFolder({ "cloud.json": "{}", "events.ndjson": ndjson([identify("u-1"), track("u-1", "Seen", 1)]) });
  const { code, out, err } = await run([...settingsAnd, "--dry-run"], { token: undefined });
  assert.deepEqual([code, err], [0, "events.ndjson: 2 delivered, 0 failed\n"]);
  assert.match(out, /^POST \/contacts \{.*"external_id":"u-1"/m);
  assert.match(out, /^POST \/events \{"event_name":"Seen"/m);
  assert.ok(!out.includes("u-1@example.com"));
  assert.ok(!has("events.ndjson.checkpoint"));
});

for (const [title, settings, options, message] of [
  ["no token", "{}", { token: "" }, /INTERCOM_ACCESS_TOKEN is missing/],
  ["a token in the file", `{"accessToken":"${TOKEN}"}`, {}, /^cloud\.json:1:2: fault accessToken belongs into the environment variable/],
  ["settings that are no JSON", '{\n  "region": us\n}', {}, /^cloud\.json:2:13: fault expected a JSON value/],
  ["an unknown setting", '{\n  "regoin":"eu"\n}', {}, /^cloud\.json:2:3: fault .*regoin.*\(cloud_setting_unknown\)/],
  [
    "a setting of another type",
    '{ "concurrency": "many" }',
    {},
    /^cloud\.json:1:18: fault concurrency: expected a whole number.*\(setting_count\)/,
  ],
]) {
  test(`${title} ends with 2 and sends nothing`, async () => {
    const { run } = openFolder({ "cloud.json": settings, "events.ndjson": ndjson([identify("u-1")]) });
    const { code, out, err } = await run(settingsAnd, options);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, message);
    assert.ok(!err.includes(TOKEN));
  });
}

test("problems of settings have the places that check tells, and warnings do not stop the delivery", async () => {
  const { settings } = await openServer();
  const mapping = { event_name: "Seen", user_id: { "@path": "$.userId" }, plan: "gold" };
  const write = (more, subscribe) => {
    const subscriptions = [{ partnerAction: "trackEvent", name: "Seen", enabled: true, subscribe, mapping }];
    return JSON.stringify({ ...more, subscriptions }, undefined, 2);
  };
  const { run } = openFolder({
    "faulty.json": write({ regoin: "eu" }, 'type = "track'),
    "odd.json": write(JSON.parse(settings), 'type = "track"'),
    "events.ndjson": ndjson([{ type: "page", userId: "u-1" }]),
  });
  const problemsOf = (text) => text.split("\n").filter((line) => /^\w+\.json:\d+:\d+: |^ +\d* \|/.test(line));

  for (const [file, code, count] of [
    ["faulty.json", 2, 9],
    ["odd.json", 0, 3],
  ]) {
    const delivered = await run(["events.ndjson", "--settings", file]);
    const checked = await run([file, "--cloud"], { command: "check" });
    assert.equal(delivered.code, code);
    assert.equal(problemsOf(checked.out).length, count);
    assert.deepEqual(problemsOf(delivered.err), problemsOf(checked.out));
  }
  const { err } = await run(["events.ndjson", "--settings", "faulty.json"]);
  assert.match(err, /intercom-destination: faulty\.json: nothing is delivered with these settings/);
});

test("a token that Intercom refuses ends with 2", async () => {
  const { settings, intercom } = await openServer({ token: "another" });
  const { run, has } = openFolder({ "cloud.json": settings, "events.ndjson": ndjson([identify("u-1")]) });
  const { code, err } = await run(settingsAnd);
  assert.equal(code, 2);
  assert.match(err, /Nothing was sent: Intercom refuses the access token/);
  assert.ok(!err.includes(TOKEN) && !has("events.failed.ndjson"));
  assert.equal(intercom.state().contacts.length, 0);
});

for (const signal of ["SIGINT", "SIGKILL"]) {
  test(`after ${signal} the same command goes on, and nothing is lost or doubled`, { timeout: 60_000 }, async () => {
    const { intercom, settings } = await openServer({ rate: { limit: 100_000 } }, 5);
    const { run, has } = openFolder({ "cloud.json": settings, "events.ndjson": ndjson(day(400, 6)) });
    const interrupted = await run(settingsAnd, {
      started: (child) => {
        const timer = setInterval(() => {
          if (intercom.state().events.length < 1000) return;
          clearInterval(timer);
          child.kill(signal);
        }, 20);
      },
    });
    assert.equal(interrupted.code, signal === "SIGINT" ? 130 : null);
    assert.ok(has("events.ndjson.checkpoint"));
    const arrived = intercom.state().events.length;
    assert.ok(arrived < 2400, "it was interrupted before the end");
    const { code, err } = await run(settingsAnd);
    assert.equal(code, 0);
    // A slow machine writes lines of progress before it.
    assert.match(err, /(^|\n)events\.ndjson: 2800 delivered, 0 failed\n$/);
    const { contacts, events } = intercom.state();
    assert.deepEqual([contacts.length, events.length], [400, 2400]);
    assert.ok(!has("events.ndjson.checkpoint"));
  });
}

test("a checkpoint of another file is refused", async () => {
  const { settings } = await openServer();
  const checkpoint = JSON.stringify({ events: "others.ndjson", line: 5, waiting: [] });
  const { run } = openFolder({
    "cloud.json": settings,
    "events.ndjson": ndjson([identify("u-1")]),
    "events.ndjson.checkpoint": checkpoint,
  });
  const { code, err } = await run(settingsAnd);
  assert.equal(code, 2);
  assert.match(err, /is the checkpoint of others\.ndjson/);
});
