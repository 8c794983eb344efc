// pkg/segment-function.js in Segment's sandbox, with the stand-in for Intercom behind its fetch.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCloud } from "../../../pkg/intercom-destination.cloud.js";
import { group, identify, lead, track } from "../../cloud/workspace.mjs";
import { standInFetch } from "../../intercom/fetch.mjs";
import { createIntercom } from "../../intercom/intercom.mjs";
import { HANDLERS, openSandbox, source } from "./sandbox.mjs";

const TOKEN = "the-token";
const settings = { accessToken: TOKEN, region: "us", subscriptions: "", mergeLeads: true };

function open({ latency = 5, ...options } = {}) {
  const intercom = createIntercom({ now: Date.now, token: TOKEN, attributes: "any", ...options });
  const calls = [];
  const standIn = standInFetch(intercom, { latency });
  const fetch = (url, init) => {
    calls.push({ at: Date.now(), url, ...init });
    return standIn(url, init);
  };
  return { intercom, calls, fetch, ...openSandbox({ fetch }) };
}

const statuses = (answers) => answers.map(({ status }) => status);

const mixed = () => [
  identify("u-1", { email: "ada@example.com", name: "Ada", plan: "pro" }),
  group("u-1", "c-1", { name: "Acme", employees: 7 }, 1),
  track("u-1", "Order Completed", { revenue: 19.99, coupon: "SPRING", nested: { a: 1 }, ü: "naïve ✓ 😀" }, 2),
  lead("lin@example.com", 3),
  { type: "page", messageId: "m-page", userId: "u-1", name: "Home" },
  { type: "identify", messageId: "m-nobody", traits: {} },
  track("u-1", "", {}, 4),
  "no event",
];

test("the file is plain: ASCII, no imports, no exports, and all handlers", () => {
  assert.ok([...Buffer.from(source)].every((byte) => byte === 10 || (byte >= 32 && byte < 127)));
  assert.doesNotMatch(source, /\bimport\s*[({"'*]|^export\b|\brequire\(|\bWebAssembly\b/m);
  const { onBatch, ...handlers } = openSandbox({ fetch: () => {} });
  for (const name of HANDLERS) assert.equal(typeof { onBatch, ...handlers }[name], "function", name);
});

test("a batch becomes in Intercom what the library makes of it", async () => {
  const { onBatch, intercom } = open();
  const events = mixed();
  const answers = await onBatch(events, settings);
  const other = createIntercom({ now: Date.now, token: TOKEN, attributes: "any" });
  const cloud = await createCloud({ accessToken: TOKEN, fetch: standInFetch(other) });
  const outcomes = await cloud.deliver(events);
  const code = { delivered: 200, retry: 503, dropped: 400 };
  assert.deepEqual(
    statuses(answers),
    outcomes.map(({ status }) => code[status]),
  );
  assert.deepEqual(
    answers.map(({ errormessage }) => errormessage?.split(":")[0]),
    outcomes.map(({ status, code }) => (status === "delivered" ? undefined : code)),
  );
  const essence = ({ contacts, companies, events }) => ({
    contacts: contacts.map(({ role, external_id, email, name, custom_attributes, companies }) => [
      role,
      external_id,
      email,
      name,
      custom_attributes,
      companies,
    ]),
    companies: companies.map(({ company_id, name, size }) => [company_id, name, size]),
    events: events.map(({ name, created_at, metadata }) => [name, created_at, metadata]),
  });
  assert.deepEqual(essence(intercom.state()), essence(other.state()));
  assert.equal(intercom.state().contacts.length, 2);
});

test("a process sends what it has sent before, because another one may have written in between", async () => {
  const { onBatch, fetch, intercom } = open();
  const other = openSandbox({ fetch });
  for (const [send, name] of [
    [onBatch, "Ada"],
    [other.onBatch, "Bea"],
    [onBatch, "Ada"],
  ]) {
    await send([identify("u-1", { name }), group("u-1", "c-1", { name })], settings);
    const { contacts, companies } = intercom.state();
    assert.deepEqual([contacts[0].name, companies[0].name], [name, name]);
  }
});

test("20 events of 20 people are answered within 5 s when Intercom takes 150 ms", async (t) => {
  const { onBatch, intercom, timers } = open({ latency: 150 });
  const events = Array.from({ length: 20 }, (_, i) => track(`u-${i}`, "Seen", {}, i));
  intercom.seed({ contacts: events.map(({ userId }) => ({ role: "user", external_id: userId })) });
  const began = performance.now();
  assert.deepEqual(statuses(await onBatch(events, settings)), Array(20).fill(200));
  const cold = performance.now() - began;
  const again = performance.now();
  const people = Array.from({ length: 10 }, (_, i) => [
    identify(`n-${i}`, { email: `n${i}@example.com` }),
    track(`n-${i}`, "Seen", {}, 1),
  ]).flat();
  assert.deepEqual(statuses(await onBatch(people, settings)), Array(20).fill(200));
  const warm = performance.now() - again;
  t.diagnostic(
    `20 tracks, the first batch of a process: ${cold.toFixed(0)} ms; 10 new people with an event each, after it: ${warm.toFixed(0)} ms`,
  );
  assert.ok(cold < 5000 && warm < 5000);
  assert.equal(timers.size, 0, "no timer is left");
});

test("a single event's handler returns, or throws what Segment goes by", async () => {
  const { onIdentify, onTrack, onPage, onDelete, errors, intercom } = open();
  assert.equal(await onIdentify(identify("u-1", { name: "Ada" }), settings), undefined);
  assert.equal(await onDelete({ type: "delete", messageId: "m-d", userId: "u-1" }, settings), undefined);
  assert.equal(intercom.state().contacts.filter(({ status }) => status === "live").length, 0);
  await assert.rejects(
    onTrack(track("u-1", ""), settings),
    (error) => error instanceof errors.ValidationError && /^event_name_missing: /.test(error.message),
  );
  await assert.rejects(onPage({ type: "page", userId: "u-1" }, settings), (error) => error instanceof errors.EventNotSupported);
  const down = open({ faults: [{ kind: "503" }] });
  await assert.rejects(
    down.onTrack(track("u-1", "Seen"), settings),
    (error) => error instanceof down.errors.RetryError && /^unavailable: /.test(error.message),
  );
});

for (const kind of ["never", "503", "429"]) {
  test(`with ${kind} for an answer every event is given back in time, and nothing is sent after it`, async () => {
    const { onBatch, calls, timers } = open({ faults: [{ kind }] });
    const events = Array.from({ length: 30 }, (_, i) => track(`u-${i % 25}`, "Seen", {}, i));
    const began = Date.now();
    const answers = await onBatch(events, settings);
    assert.ok(Date.now() - began < 4700, `${Date.now() - began} ms`);
    assert.deepEqual(statuses(answers), Array(30).fill(503));
    for (const { errormessage } of answers) assert.match(errormessage, /^(stopped|unavailable|rate_limited|behind_another): /);
    const sent = calls.length;
    await new Promise((done) => setTimeout(done, 1000));
    assert.equal(calls.length, sent);
    assert.equal(timers.size, 0);
  });
}

test("what is given back arrives when it is handed in again, once", async () => {
  const { onBatch, intercom } = open({ latency: 150, random: 3, faultRates: { lost: 0.2, 503: 0.2 } });
  let rest = Array.from({ length: 12 }, (_, i) => [
    identify(`u-${i}`, { email: `u${i}@example.com` }),
    track(`u-${i}`, "Seen", {}, i),
  ]).flat();
  for (let round = 0; rest.length > 0 && round < 20; round++) {
    const answers = await onBatch(rest, settings);
    rest = rest.filter((_, i) => answers[i].status === 503);
    assert.ok(answers.every(({ status }) => status === 200 || status === 503));
  }
  assert.equal(rest.length, 0);
  const { contacts, events } = intercom.state();
  assert.deepEqual([contacts.length, events.length], [12, 12]);
});

test("settings that can't be used say which, show no value, and lose no event", async () => {
  const { onBatch, onTrack, errors } = open();
  const event = track("u-1", "Seen");
  const cases = [
    [{}, /^setting_invalid: Setting accessToken: expected an access token/],
    [{ accessToken: "a b secret" }, /^setting_invalid: Setting accessToken: /],
    [{ ...settings, region: "mars" }, /region/],
    [{ ...settings, regoin: "us" }, /regoin/],
    [{ ...settings, subscriptions: "[{]" }, /^setting_invalid: Setting subscriptions: expected JSON/],
    [
      {
        ...settings,
        subscriptions: '[{"partnerAction":"trackEvent","name":"T","enabled":true,"subscribe":"type = track and (","mapping":{}}]',
      },
      /T/,
    ],
    [
      {
        ...settings,
        subscriptions:
          '[{"partnerAction":"trackEvent","name":"T","enabled":true,"subscribe":"type = \\"track\\"","mapping":{"event_name":{"@liquid":"{{ event }}"}}}]',
      },
      /^liquid_unavailable: /,
    ],
    [{ ...settings, concurrency: "many" }, /^setting_invalid: Setting concurrency: expected a number/],
    [{ ...settings, patience: "5" }, /^setting_invalid: Setting patience: /],
  ];
  for (const [bad, expected] of cases) {
    const [answer] = await onBatch([event], bad);
    assert.equal(answer.status, 503, JSON.stringify(bad));
    assert.match(answer.errormessage, expected);
    assert.doesNotMatch(answer.errormessage, /secret|the-token/);
    await assert.rejects(onTrack(event, bad), (error) => error instanceof errors.RetryError && expected.test(error.message));
  }
  assert.equal((await onBatch([event], undefined))[0].status, 503);
});

test("a batch that is no list is refused, and leaves no timer", async () => {
  const { onBatch, errors, timers } = open();
  for (const value of [undefined, null, {}, "events"])
    await assert.rejects(
      onBatch(value, settings),
      (error) => error instanceof errors.ValidationError && error.message === "events_not_a_list: onBatch() expects a list of events",
    );
  assert.equal(timers.size, 0);
  assert.deepEqual(statuses(await onBatch([identify("u-1", {})], settings)), [200]);
});

test("each value of the settings has its own token, also after it changed", async () => {
  const { onTrack, calls, errors, intercom } = open();
  intercom.seed({ contacts: [{ role: "user", external_id: "u-1" }] });
  await assert.rejects(onTrack(track("u-1", "Seen"), { ...settings, accessToken: "old" }), errors.RetryError);
  await onTrack(track("u-1", "Seen"), settings);
  await Promise.all([
    onTrack(track("u-1", "A"), settings),
    onTrack(track("u-1", "B"), settings),
    assert.rejects(onTrack(track("u-1", "C"), { ...settings, accessToken: "old" })),
  ]);
  const tokens = calls.map(({ headers }) => headers.Authorization);
  assert.deepEqual([...new Set(tokens)], ["Bearer old", `Bearer ${TOKEN}`]);
  assert.deepEqual(
    intercom
      .state()
      .events.map(({ name }) => name)
      .toSorted(),
    ["A", "B", "Seen"],
  );
});

test("a text of spaces means the default, as an empty one does", async () => {
  const { onBatch } = open();
  const blank = Object.fromEntries(["region", "subscriptions", "apiVersion", "rateShare", "concurrency"].map((key) => [key, " \n"]));
  assert.deepEqual(statuses(await onBatch([identify("u-1", {})], { accessToken: TOKEN, ...blank })), [200]);
});

test("subscriptions, numbers and booleans are read as Segment gives them", async () => {
  const { onTrack, intercom } = open();
  intercom.seed({ contacts: [{ role: "user", external_id: "u-1" }] });
  const subscriptions = JSON.stringify([
    {
      partnerAction: "trackEvent",
      name: "T",
      enabled: true,
      subscribe: 'event = "Bought"',
      mapping: { event_name: "bought!", user_id: { "@path": "$.userId" } },
    },
  ]);
  const given = { ...settings, subscriptions, concurrency: "2", rateShare: "0.5", region: " us " };
  await onTrack(track("u-1", "Bought"), given);
  await onTrack(track("u-1", "Other"), given);
  assert.deepEqual(
    intercom.state().events.map(({ name }) => name),
    ["bought!"],
  );
});

test("more events than the first memory holds are delivered", async () => {
  const { onBatch, intercom } = open({ latency: 0 });
  const events = Array.from({ length: 400 }, (_, i) => identify(`u-${i}`, { name: "x".repeat(200), about: "é".repeat(20_000) }));
  const answers = await onBatch(events, { ...settings, concurrency: 100 });
  assert.deepEqual([...new Set(statuses(answers))], [200]);
  assert.equal(intercom.state().contacts.length, 400);
});

test("an engine that fails gives everything back and is made anew", async () => {
  const intercom = createIntercom({ now: Date.now, token: TOKEN, attributes: "any" });
  intercom.seed({ contacts: [{ role: "user", external_id: "u-1" }] });
  let isBroken = true;
  // An allocation that fails is a trap of the engine's.
  class Limited extends ArrayBuffer {
    constructor(size) {
      if (isBroken && size > 3 << 20) throw new RangeError("Array buffer allocation failed");
      super(size);
    }
  }
  const { onBatch, logs } = openSandbox({ fetch: standInFetch(intercom), ArrayBuffer: Limited });
  const events = Array.from({ length: 100 }, (_, i) => track("u-1", "Seen", { text: "é".repeat(30_000), i }, i));
  const answers = await onBatch(events, settings);
  assert.deepEqual([...new Set(statuses(answers))], [503]);
  assert.match(answers[0].errormessage, /^engine_fault: /);
  assert.ok(logs.some((line) => line.includes("engine_fault")));
  isBroken = false;
  assert.deepEqual(statuses(await onBatch([track("u-1", "Seen")], settings)), [200]);
});

test("logs and answers have no personal data and no token", async () => {
  const { onBatch, logs } = open({ faultRates: { 503: 0.3 } });
  const answers = await onBatch([...mixed(), identify("u-9", { email: "eve@example.com", bad: { deep: 1 } })], settings);
  assert.doesNotMatch(logs.join("\n") + JSON.stringify(answers), /example\.com|the-token|Ada/);
});
