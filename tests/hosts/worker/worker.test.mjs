// The Worker in workerd: events come in by HTTP, go through the queue and the workspace's object, and arrive; whatever fails on the way.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { MOST_EVENT_BYTES, MOST_MESSAGES, MOST_RETRIES } from "../../../hosts/worker/limits.js";
import { root } from "../../../scripts/command.mjs";
import { judge, plan } from "../../cloud/days.mjs";
import { planByTurns } from "../by-turns.mjs";
import { until } from "../until.mjs";
import { bundleHost, config, open } from "./host.mjs";

const right = { doubled: 0, lost: 0, unattached: 0, wrong: 0, cents: 0, unordered: 0, unasked: 0 };

// `npm run test:hosts`: more people, and outages after which events go back to the queue, which they leave after half a minute.
const isLong = process.env.TEST_FAULTS === "long";

let bundled;
before(() => {
  bundled = { plain: bundleHost(), faulty: bundleHost("tests/hosts/worker/faulty.js") };
});

const hosts = [];
after(() => Promise.all(hosts.map(({ close }) => close())));

const start = async (options) => {
  const host = await open({ bundled: bundled.faulty, ...options });
  hosts.push(host);
  return host;
};

const track = (userId, parts) => ({ type: "track", userId, event: "Seen", properties: {}, ...parts });
const identify = (userId) => ({ type: "identify", userId, traits: { name: userId, email: `${userId}@example.com` } });

/** Posts in batches as Segment does: what is not taken comes again. */
async function postAll({ post }, events, size = 50) {
  for (let i = 0; i < events.length; i += size) assert.equal((await post(events.slice(i, i + size))).status, 200);
}

const totals = (metrics) => {
  const sum = { delivered: 0, retry: 0, dropped: 0 };
  for (const [name, value] of Object.entries(metrics)) {
    const [, status] = name.match(/^events_total\{status="(\w+)"/) ?? [];
    if (status) sum[status] += value;
  }
  return sum;
};

/**
 * A made-up day through all of it, with the faults that `weather` lists; gives what is wrong in the evening. Contacts come first: what waits
 * for one comes again after a minute, which tests/cloud has on a clock of its own.
 */
async function liveDay({ seed, people = isLong ? 200 : 24, weather, ...options }) {
  const day = plan(seed, people);
  // An event that was given back comes again after a minute, at the earliest.
  const milliseconds = isLong ? 600_000 : 180_000;
  const host = await start({ random: seed, searchLag: 1, ...options });
  host.intercom.seed({ contacts: day.known });
  for (const rule of weather ?? []) host.intercom.addFault(rule);
  const isEmpty = async () => (await (await host.ask("/health")).json()).depth === 0;
  const post = (phase) => postAll(host, day.events.map(({ event }) => event).filter(phase));
  await post(({ type }) => type === "identify");
  await until(() => judge(host.intercom.state(), day).wrong === 0, "The contacts' arrival", milliseconds);
  await post(({ type }) => type !== "identify");
  const isOver = () => {
    const { lost, unattached, wrong } = judge(host.intercom.state(), day);
    return lost + unattached + wrong === 0;
  };
  // What is wrong then is told by what is compared.
  await until(isOver, "The end of the day", milliseconds).catch(() => {});
  // Whatever comes a second time comes now.
  await new Promise((done) => setTimeout(done, 1500));
  await until(isEmpty, "An empty queue", milliseconds);
  const { calls, ...wrong } = judge(host.intercom.state(), day);
  return { host, day, calls, wrong };
}

describe("the Worker", { concurrency: 4 }, () => {
  test("a day's events arrive, in order, once, and metrics and health tell of them", async (t) => {
    const { host, day, wrong, calls } = await liveDay({ seed: 1, bundled: bundled.plain });
    assert.deepEqual(wrong, right);
    t.diagnostic(`${day.events.length} events, ${calls.toFixed(2)} calls an event`);
    assert.deepEqual(await (await host.ask("/health")).json(), { ok: true, depth: 0 });
    await until(async () => (await host.metrics()).events_received_total === day.events.length, "The count of the receiver's events");
    const metrics = await host.metrics();
    assert.ok(totals(metrics).delivered >= day.events.length);
    assert.equal(totals(metrics).dropped, 0);
    assert.equal(metrics['intercom_requests_total{status="200"}'] > 0, true);
    assert.deepEqual([metrics['rate_limit{lane="0"}'], metrics['rate_share{lane="0"}'], metrics.queue_depth], [100_000, 1, 0]);
    assert.equal(metrics['http_requests_total{code="accepted"}'], Math.ceil(day.events.length / 50));
    assert.deepEqual(host.letters, []);
  });

  // A lead's create without a clear answer is looked for after 300 s: tests/cloud has that, on a clock of its own.
  const isLeadsCreate = ({ endpoint, body }) => endpoint === "POST /contacts" && JSON.parse(body).role === "lead";
  const match = (call) => !isLeadsCreate(call);

  /** It breaks with the first call: while a busy machine starts, it would pass unseen. */
  const storm = (length) => {
    let began;
    const within = (from, end) => (call) => {
      began ??= Date.now();
      const since = Date.now() - began;
      return match(call) && since >= from && since < end;
    };
    return [
      { kind: "503", match: within(0, length) },
      { kind: "429", match: within(length, length + 1500), retryAfter: 1 },
      ...["lost", "503-after", "garbage", "cut"].map((kind) => ({ kind, match, chance: 0.02 })),
    ];
  };

  test("through an outage, a storm of 429s and lost answers nothing is lost or doubled, and each person's order is kept", async (t) => {
    // After 30 s the engine gives events back: from then on they wait in the object.
    const { host, day, wrong } = await liveDay({ seed: 2, weather: storm(isLong ? 60_000 : 2000) });
    assert.deepEqual(wrong, right);
    const { counters } = host.intercom.state();
    t.diagnostic(`${day.events.length} events; faults: ${JSON.stringify(counters.faults)}`);
    for (const kind of ["503", "429", "reset-after", "503-after", "garbage", "cut"]) assert.ok(counters.faults[kind] > 0, kind);
    if (isLong) assert.ok(totals(await host.metrics()).retry > 0, "some events were given back");
    assert.deepEqual(host.letters, []);
  });

  test("through an outage that is longer than events are held nothing is lost or doubled", { skip: !isLong }, async (t) => {
    const { host, day, wrong } = await liveDay({ seed: 5, weather: storm(40_000), vars: { HOLD_SECONDS: 1 }, settings: { patience: 500 } });
    const { unordered, ...others } = wrong;
    const { unordered: _, ...expected } = right;
    assert.deepEqual(others, expected);
    t.diagnostic(`${day.events.length} events; people with events out of order: ${unordered}`);
    assert.deepEqual(host.letters, []);
  });

  test("with consumers and objects that end in the middle of their work nothing is lost or doubled", async (t) => {
    // Every so many calls; after the work is what doubles.
    const failing = { consumerBefore: 7, consumerAfter: 3, objectBefore: 8, objectAfter: 3 };
    const { host, day, wrong } = await liveDay({ seed: 3, failing, batchSize: 25 });
    const { unordered, ...others } = wrong;
    const { unordered: _, ...expected } = right;
    assert.deepEqual(others, expected);
    const faults = await (await host.ask("/faults")).json();
    t.diagnostic(`${day.events.length} events; faults: ${JSON.stringify(faults)}; people with events out of order: ${unordered}`);
    assert.ok(faults.consumer >= 3 && faults.object >= 3);
  });

  test("several lanes share ids and the rate limit", async (t) => {
    const limit = 300;
    const { host, day, wrong } = await liveDay({ seed: 4, vars: { LANES: 3 }, rate: { limit } });
    assert.deepEqual(wrong, right);
    const { counters } = host.intercom.state();
    assert.equal(counters.limited, 0);
    assert.ok(counters.peakWindow <= limit, `${counters.peakWindow} calls in a window`);
    const metrics = await host.metrics();
    for (const lane of [0, 1, 2]) assert.equal(metrics[`rate_share{lane="${lane}"}`], 1 / 3);
    t.diagnostic(`${day.events.length} events; ${counters.peakWindow} of ${limit} calls in a window`);
  });

  test("what lanes write of one company by turns is what it is in the end", async () => {
    const host = await start({ vars: { LANES: 3 } });
    await planByTurns({ intercom: host.intercom, send: (event) => postAll(host, [event]), count: 8 });
  });

  test("what is known outlives the objects: a repeated event changes nothing, and a dropped one is dropped again", async () => {
    const host = await start({ vars: { LANES: 3 } });
    const people = Array.from({ length: 12 }, (_, i) => ({ ...identify(`u-${i}`), messageId: `m-${i}` }));
    const events = [...people, { type: "identify", traits: {}, messageId: "nobody" }];
    const isOver = (times) => async () => {
      const { delivered, dropped } = totals(await host.metrics());
      return delivered === people.length * times && dropped === times && host.letters.length === times;
    };
    await postAll(host, events);
    await until(isOver(1), "The end of all events");
    const { calls } = host.intercom.state().counters;
    await host.ask("/end");
    await postAll(host, events);
    await until(isOver(2), "The end of all events again");
    assert.equal(host.intercom.state().counters.calls, calls);
    assert.deepEqual(
      host.letters.map(({ code }) => code),
      ["nobody", "nobody"],
    );
  });

  test("what can't be delivered goes to the dead-letter queue with code and reason, even if that is away at first", async () => {
    const host = await start({ failing: { dead: 2 } });
    host.intercom.seed({ contacts: [{ role: "user", external_id: "u-1", archived: true }] });
    const nobody = { type: "identify", traits: { name: "Nobody" }, messageId: "m-1" };
    await postAll(host, [nobody, identify("u-1"), track("u-2", { messageId: "m-3" }), identify("u-2")]);
    const { queue } = host;
    await (await queue()).send("not JSON", { contentType: "text" });
    await until(() => host.letters.length >= 3, "The third letter");
    const letters = host.letters.toSorted((one, other) => (one.code < other.code ? -1 : 1));
    assert.deepEqual(
      letters.map(({ code }) => code),
      ["contact_archived", "message_unreadable", "nobody"],
    );
    for (const { message, attempts } of letters) assert.ok(message.length > 10 && attempts >= 1);
    assert.equal(letters[1].event, "not JSON");
    assert.match(letters[2].event.messageId, /^m-1\/./);
    assert.deepEqual({ ...letters[2].event, messageId: "m-1" }, nobody);
    await until(() => host.intercom.state().events.length === 1, "The other events' arrival");
    // As an operator sends it again, when the contact is not archived any more.
    const { id } = host.intercom.state().contacts.find(({ external_id }) => external_id === "u-1");
    host.intercom.handle({
      method: "POST",
      path: `/contacts/${id}/unarchive`,
      headers: { authorization: "Bearer dG9rOnRoZS1zZWNyZXQ=" },
      body: "",
    });
    await postAll(host, [letters[0].event]);
    await until(() => host.intercom.state().contacts.some(({ name }) => name === "u-1"), "The update of the contact");
    assert.equal(host.letters.length, 3);
  });

  test("without settings that can be used nothing is lost, and health says why", async () => {
    const host = await start({ settings: { regoin: "eu" } });
    const health = await host.ask("/health");
    assert.deepEqual([health.status, await health.json()], [503, { ok: false, code: "cloud_setting_unknown", depth: 0 }]);
    assert.equal((await host.post(identify("u-1"))).status, 200);
    await new Promise((done) => setTimeout(done, 500));
    assert.deepEqual(host.letters, []);
  });

  test("without the secret of the receiver nothing is taken, and with another one neither", async () => {
    const open = await start({ vars: { AUTHORIZATION: "" } });
    const answer = await open.post(identify("u-1"));
    assert.deepEqual([answer.status, (await answer.json()).error.code], [503, "authorization_missing"]);
    const locked = await start({});
    const refused = await locked.post(identify("u-1"), { authorization: "Bearer another" });
    assert.deepEqual([refused.status, (await refused.json()).error.code], [401, "authorization_wrong"]);
    assert.equal((await locked.ask("/metrics")).status, 401);
  });

  test("wrangler.jsonc, the code and docs/worker.md have the same limits and names", () => {
    const [consumer] = config.queues.consumers;
    assert.equal(consumer.max_retries, MOST_RETRIES);
    assert.ok(consumer.max_batch_size <= MOST_MESSAGES && config.vars.HOLD_SECONDS + 60 < 15 * 60);
    const page = readFileSync(join(root, "docs", "worker.md"), "utf8");
    const created = [...page.matchAll(/^npx wrangler queues create (\S+)/gm)].map(([, name]) => name);
    assert.deepEqual(
      created,
      config.queues.producers.map(({ queue }) => queue),
    );
    assert.ok(created.includes(consumer.queue) && created.includes(consumer.dead_letter_queue));
    const [, table] = page.match(/^\| in `wrangler\.jsonc`([^]+?)\n\n/m);
    const rows = Object.fromEntries([...table.matchAll(/^\| `(\w+)` \| (.*?) \|/gm)].map(([, name, value]) => [name, value]));
    assert.deepEqual(
      Object.keys(rows).sort(),
      [...Object.keys(config.vars), "AUTHORIZATION", "INTERCOM_ACCESS_TOKEN", "SIGNING_SECRET"].sort(),
    );
    for (const [name, value] of Object.entries(config.vars)) assert.deepEqual(JSON.parse(rows[name].replaceAll("`", "")), value);
    assert.ok(page.includes(`| Bytes of an event | ${MOST_EVENT_BYTES.toLocaleString("en")} `));
    assert.ok(page.includes(`| Attempts | ${MOST_RETRIES + 1} |`));
  });
});
