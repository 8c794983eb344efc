// Several receivers on one PostgreSQL: they share the work and the rate limit, and one person's events stay in order, whoever ends.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { planByTurns } from "../by-turns.mjs";
import { findFaults, makePeople } from "./people.mjs";
import { startPostgres } from "./postgres.mjs";
import { until } from "../until.mjs";
import { openFolder, openIntercom, run, startReceiver } from "./program.mjs";
import { openProxy } from "./proxy.mjs";

const postgres = await startPostgres();
const skip = typeof postgres === "string" ? postgres : false;
if (!skip) after(postgres.stop);

// What is opened here ends with its test, however that ends.
const standIn = async (t, ...options) => {
  const { intercom, url, close } = await openIntercom(...options);
  t.after(close);
  return { intercom, url };
};

const proxyOf = async (t, database) => {
  const proxy = await openProxy(database);
  t.after(proxy.close);
  return proxy;
};

const starting = (t, name, baseUrl) => async (DATABASE_URL) => {
  const receiver = await startReceiver({ folder: openFolder(name), baseUrl, environment: { DATABASE_URL } });
  t.after(receiver.kill);
  return receiver;
};

const share = async (receiver) => Number((await receiver.get("/metrics")).match(/^\w+_rate_share (\S+)$/m)?.[1]);
const delivered = async (receiver) =>
  Number((await receiver.get("/metrics")).match(/^\w+_events_total{status="delivered",code=""} (\S+)$/m)?.[1] ?? 0);

test("two receivers share work, limit and order, through a kill and a restart of the database", { skip }, async (t) => {
  const { intercom, url } = await standIn(t, { rate: { limit: 100_000 } }, 20);
  const database = postgres.database("shared");
  const start = starting(t, "shared", url);
  const first = await start(database);
  assert.equal(await share(first), 1);
  let second = await start(database);
  await until(async () => (await share(first)) === 0.5 && (await share(second)) === 0.5, "each has half of the limit");
  const people = makePeople({ count: 40, each: 20 });
  // Now to the one, now to the other; again, if there is no answer.
  const send = async ({ events }, i) => {
    for (const [n, event] of events.entries()) {
      for (;;) {
        const answer = await ((i + n) % 2 ? first : second).post(event).catch(() => undefined);
        if (answer?.status === 200) break;
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  };
  const sending = Promise.all(people.map(send));
  await until(async () => (await delivered(first)) > 50 && (await delivered(second)) > 50, "both deliver");
  await second.kill();
  second = await start(database);
  await until(async () => (await share(second)) === 0.5, "the other is back");
  postgres.restart();
  await sending;
  // Health may be some seconds old.
  await until(() => findFaults(people, intercom.state()).lost === 0, "everything is delivered", 60_000);
  await until(async () => (await first.get("/health")).depth === 0, "the queue is empty");
  assert.deepEqual(findFaults(people, intercom.state()), { lost: 0, doubled: 0, disordered: 0, wrong: 0 });
  assert.equal((await second.stop()).code, 0);
  await until(async () => (await share(first)) === 1, "the limit is the first one's alone");
  assert.equal((await first.stop()).code, 0);
  assert.deepEqual(await run(["dead", "list"], { DATABASE_URL: database }), { code: 0, out: "", err: "" });
});

test("what receivers write of one company by turns is what it is in the end", { skip }, async (t) => {
  const { intercom, url } = await standIn(t);
  const database = postgres.database("company");
  const start = starting(t, "company", url);
  const [first, second] = [await start(database), await start(database)];
  await until(async () => (await share(first)) === 0.5 && (await share(second)) === 0.5, "each has half of the limit");
  // Whose events go where is a matter of luck.
  await planByTurns({ intercom, send: first.post, count: 16 });
});

const identify = (id, name, second = 0) => ({
  type: "identify",
  messageId: `${id}-${name}`,
  timestamp: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString(),
  userId: id,
  traits: { name },
});

test("events that the database gave out, and whose receiver did not hear of them, are delivered", { skip }, async (t) => {
  const { intercom, url } = await standIn(t);
  const proxy = await proxyOf(t, postgres.database("unheard"));
  const receiver = await starting(t, "unheard", url)(proxy.url);
  const lost = proxy.loseAnswer(
    (question) => question.includes("SKIP LOCKED"),
    (answer) => answer.includes("u-1"),
  );
  assert.equal((await receiver.post(identify("u-1", "Ada"))).status, 200);
  await lost;
  await until(() => intercom.state().contacts.length === 1, "the contact");
  assert.ok(receiver.lines.some(({ message }) => message === "The queue can't be read; it is tried again"));
  assert.equal((await receiver.stop()).code, 0);
});

test("a receiver that loses the database sends nothing old after the one that takes over", { skip }, async (t) => {
  const { intercom, url } = await standIn(t);
  const database = postgres.database("taken");
  const proxy = await proxyOf(t, database);
  const start = starting(t, "taken", url);
  const first = await start(proxy.url);
  const people = Array.from({ length: 20 }, (_, i) => `u-${i}`);
  const nameAll = (receiver, name, second) => receiver.post(people.map((id) => identify(id, name, second)));
  const names = () => [...new Set(intercom.state().contacts.map(({ name }) => name))];
  await nameAll(first, "first", 0);
  await until(() => intercom.state().contacts.length === people.length, "the contacts");
  intercom.addFault({ kind: "503", chance: 1 });
  await nameAll(first, "second", 1);
  const second = await start(database);
  await until(async () => (await share(first)) === 0.5 && (await share(second)) === 0.5, "each has half of the limit");
  proxy.cut();
  await until(async () => (await share(second)) === 1, "the second has all");
  intercom.clearFaults();
  await nameAll(second, "third", 2);
  await until(() => names().join() === "third", "the last name");
  // Longer than a request that failed a few times waits.
  await new Promise((done) => setTimeout(done, 8_000));
  assert.deepEqual(names(), ["third"]);
  proxy.mend();
  for (const receiver of [first, second]) assert.equal((await receiver.stop()).code, 0);
});

test("connections that fall silent are given up, and others take their place", { skip }, async (t) => {
  const { intercom, url } = await standIn(t);
  const proxy = await proxyOf(t, postgres.database("silent"));
  const receiver = await starting(t, "silent", url)(proxy.url);
  proxy.fallSilent();
  const answers = await Promise.all([identify("u-1", "Ada"), identify("u-2", "Bea")].map((event) => receiver.post(event)));
  for (const { status } of answers) assert.ok(status === 200 || status === 503, String(status));
  await until(async () => (await receiver.post(identify("u-3", "Cid"))).status === 200, "events are taken again");
  await until(() => intercom.state().contacts.some(({ external_id }) => external_id === "u-3"), "the contact", 60_000);
  assert.equal((await receiver.stop()).code, 0);
});

test("a database that is not there is told", { skip }, async () => {
  const environment = { DATABASE_URL: "postgres://receiver@127.0.0.1:1/none" };
  await assert.rejects(
    startReceiver({ folder: openFolder("none"), baseUrl: "http://127.0.0.1:1", environment }),
    /ended with 2.*ECONNREFUSED/,
  );
});
