// Events in, outcomes out, and what the workspace holds afterwards: the published script on the stand-in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deliverFully, group, identify, lead, open, TOKEN, track } from "./workspace.mjs";

const START = Date.UTC(2026, 0, 1);
const statuses = (outcomes) => outcomes.map(({ status }) => status);

test("users, leads, companies and events arrive", async () => {
  const { deliver, state } = await open();
  const outcomes = await deliver([
    track("u-1", "Order Completed", { revenue: 19.99, coupon: "SPRING" }, 1),
    identify("u-1", { name: "Ada", email: "ada@example.com", plan: "gold" }),
    group("u-1", "c-1", { name: "Acme", plan: "pro" }, 2),
    lead("lin@example.com"),
  ]);
  assert.deepEqual(statuses(outcomes), ["delivered", "delivered", "delivered", "delivered"]);
  assert.ok(outcomes.every(({ warnings }) => Array.isArray(warnings)));
  const { contacts, companies, events, attachments } = state();
  const seen = contacts.map(({ role, external_id, email, name }) => [role, external_id, email, name]);
  assert.deepEqual(seen.toSorted(), [
    ["lead", null, "lin@example.com", null],
    ["user", "u-1", "ada@example.com", "Ada"],
  ]);
  assert.deepEqual(
    companies.map(({ company_id, name }) => [company_id, name]),
    [["c-1", "Acme"]],
  );
  assert.equal(events.length, 1);
  assert.equal(events[0].name, "Order Completed");
  assert.deepEqual(events[0].metadata, { price: { amount: 1999, currency: "USD" }, coupon: "SPRING" });
  assert.equal(attachments.length, 1);
});

test("a replay changes nothing", async () => {
  const workspace = await open();
  const events = [identify("u-1", { email: "ada@example.com" }), lead("lin@example.com"), track("u-1", "Seen", {}, 1)];
  await deliverFully(workspace, events);
  const before = workspace.state();
  await deliverFully(workspace, events);
  const after = workspace.state();
  assert.equal(after.contacts.length, 2);
  assert.deepEqual(after.events, before.events);
});

test("several calls at once share order and ids", async () => {
  const { clock, cloud, state } = await open();
  const batches = Array.from({ length: 5 }, (_, i) => [
    identify("u-1", { name: `Ada ${i}`, email: "ada@example.com" }, i),
    track("u-1", `Event ${i}`, {}, i),
  ]);
  const outcomes = await clock.run(Promise.all(batches.map((batch) => cloud.deliver(batch))));
  assert.deepEqual(statuses(outcomes.flat()), Array(10).fill("delivered"));
  assert.deepEqual(
    state().contacts.map(({ name }) => name),
    ["Ada 4"],
  );
  assert.deepEqual(
    state()
      .events.map(({ name }) => name)
      .toSorted(),
    [0, 1, 2, 3, 4].map((i) => `Event ${i}`),
  );
});

for (const fault of ["503", "503-after", "lost", "cut", "garbage", "429", "never"]) {
  test(`with the fault ${fault} at every fifth call nothing is lost or doubled`, async () => {
    const workspace = await open({ searchLag: 60, random: 7, faultRates: { [fault]: 0.2 } });
    const events = Array.from({ length: 12 }, (_, i) => [
      identify(`u-${i}`, { email: `u${i}@example.com`, name: `User ${i}` }),
      lead(`l${i}@example.com`),
      group(`u-${i}`, `c-${i % 3}`, { name: `Company ${i % 3}` }, 1),
      track(`u-${i}`, "Seen", { i }, 2),
    ]).flat();
    const outcomes = await deliverFully(workspace, events);
    assert.deepEqual(statuses(outcomes), Array(48).fill("delivered"));
    const { contacts, companies, events: kept, attachments, counters } = workspace.state();
    assert.equal(contacts.length, 24);
    assert.equal(companies.length, 3);
    assert.equal(kept.length, 12);
    assert.equal(attachments.length, 12);
    assert.ok(Object.keys(counters.faults).length > 0, "the fault came up");
  });
}

test("junk ends with an outcome, in its place", async () => {
  const { deliver } = await open();
  const throwing = {
    get type() {
      throw new Error("a getter of the program's");
    },
  };
  const outcomes = await deliver([null, 5, "text", [], throwing, identify("u-1", { name: "Ada" }), { type: "track" }, undefined]);
  assert.equal(outcomes.length, 8);
  assert.deepEqual([outcomes[0].code, outcomes[1].code, outcomes[5].status], ["event_unreadable", "event_unreadable", "delivered"]);
  assert.ok(outcomes.every(({ status }) => status === "delivered" || status === "dropped"));
  assert.deepEqual(await deliver([]), []);
});

test("what is not a list is refused", async () => {
  const { cloud } = await open();
  for (const value of [undefined, {}, "events"]) await assert.rejects(cloud.deliver(value), { code: "events_not_a_list" });
});

test("the share of the rate limit can change while events are delivered, and each window is spent", async () => {
  const { clock, cloud, intercom } = await open({ rate: { limit: 100 }, settings: { patience: 600_000 } });
  const calls = () => intercom.state().counters.calls;
  const delivered = cloud.deliver(Array.from({ length: 800 }, (_, i) => identify(`u-${i}`, { name: "Ada" })));
  const inWindows = async (count) => {
    const before = calls();
    await clock.advance(count * 10_000);
    return calls() - before;
  };
  cloud.setRateShare(0.25);
  assert.equal(await inWindows(2), 50);
  cloud.setRateShare(0.75);
  await inWindows(1);
  const most = await inWindows(4);
  assert.ok(most >= 290 && most <= 300, `${most} of 300`);
  cloud.setRateShare(1);
  await inWindows(1);
  assert.ok((await inWindows(2)) >= 196);
  for (const share of [0, -1, 1.1, Number.NaN, "1", undefined])
    assert.throws(() => cloud.setRateShare(share), { code: "rate_share_invalid" });
  await clock.run(delivered);
  assert.equal(intercom.state().counters.limited, 0);
});

test("a lead's create waits until the cache has written, but not for ever", async () => {
  const written = [];
  let write;
  const cache = { get() {}, put: (key) => new Promise((done) => (write = () => written.push(key) && done())), delete() {} };
  const { clock, cloud, intercom } = await open({ settings: { cache } });
  const leads = () => intercom.state().contacts.length;
  const first = cloud.deliver([lead("ada@example.com")]);
  await clock.advance(1_500);
  assert.deepEqual([leads(), written.length], [0, 0]);
  write();
  await clock.run(first);
  assert.deepEqual([leads(), written], [1, ["unclear:ada@example.com"]]);
  assert.equal((await clock.run(cloud.deliver([lead("bea@example.com")])))[0].status, "delivered");
  assert.equal(leads(), 2);
});

test("a refused token gives every event back, and appears nowhere", async () => {
  const { deliver, errors, sent } = await open({ token: "another" });
  const outcomes = await deliver([identify("u-1", { email: "ada@example.com" }), track("u-1", "Seen")]);
  assert.deepEqual(
    outcomes.map(({ status, code }) => [status, code]),
    [
      ["retry", "unauthorized"],
      ["retry", "behind_another"],
    ],
  );
  assert.equal(sent[0].headers.Authorization, `Bearer ${TOKEN}`);
  const told = JSON.stringify([outcomes, errors.map(({ message }) => message)]);
  assert.ok(!told.includes(TOKEN) && !told.includes("ada@example.com"));
});

test("Liquid works in mappings", async () => {
  const subscriptions = [
    {
      partnerAction: "trackEvent",
      name: "Greeting",
      enabled: true,
      subscribe: 'type = "track"',
      mapping: { event_name: { "@liquid": "Hello {{ properties.name | upcase }}" }, user_id: { "@path": "$.userId" } },
    },
  ];
  const { deliver, state, intercom } = await open({ settings: { subscriptions } });
  intercom.seed({ contacts: [{ role: "user", external_id: "u-1" }] });
  assert.deepEqual(statuses(await deliver([track("u-1", "Seen", { name: "Ada" })])), ["delivered"]);
  assert.equal(state().events[0].name, "Hello ADA");
});

test("a host that stops gets everything back in time, and later events are delivered", async () => {
  const { clock, cloud, state, sent } = await open({
    faults: [{ kind: "never", from: START + 1000, until: START + 5000 }],
  });
  // Until the limit is known, requests go one by one.
  await clock.run(cloud.deliver([identify("u-x", { name: "Lin" })]));
  await clock.advance(START + 1000 - clock.now());
  const events = Array.from({ length: 30 }, (_, i) => identify(`u-${i}`, { name: "Ada" }));
  const outcomes = cloud.deliver(events);
  await clock.advance(1000);
  cloud.stop(300);
  const given = await clock.run(outcomes);
  assert.equal(clock.now(), START + 2300);
  assert.ok(given.every(({ status, code, retryAt }) => status === "retry" && code === "stopped" && retryAt > clock.now()));
  assert.equal(sent.length, 1 + 16);
  assert.ok(sent.slice(1).every(({ signal }) => signal.aborted));
  await clock.advance(5000);
  assert.equal(sent.length, 1 + 16, "nothing is sent after it");
  const again = await clock.run(cloud.deliver(events));
  assert.deepEqual(statuses(again), Array(30).fill("delivered"));
  assert.equal(state().contacts.length, 31);
});

test("a request that waits for the cache when its host stops is not sent", async () => {
  let write;
  const cache = { get() {}, put: () => new Promise((done) => (write = done)), delete() {} };
  const { clock, cloud, sent } = await open({ settings: { cache } });
  const outcome = cloud.deliver([lead("ada@example.com")]);
  await clock.advance(1_500);
  const before = sent.length;
  cloud.stop(300);
  write();
  const [{ status, code }] = await clock.run(outcome);
  assert.deepEqual([status, code, sent.length], ["retry", "stopped", before]);
  await clock.advance(60_000);
  assert.equal(sent.length, before);
});
