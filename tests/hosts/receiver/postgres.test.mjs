// Several receivers on one PostgreSQL: they share the work and the rate limit, and one person's events stay in order, whoever ends.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { findFaults, makePeople } from "./people.mjs";
import { startPostgres } from "./postgres.mjs";
import { openFolder, openIntercom, run, startReceiver, until } from "./program.mjs";

const postgres = await startPostgres();
const skip = typeof postgres === "string" ? postgres : false;
if (!skip) after(postgres.stop);

const share = async (receiver) => Number((await receiver.get("/metrics")).match(/^\w+_rate_share (\S+)$/m)?.[1]);
const delivered = async (receiver) =>
  Number((await receiver.get("/metrics")).match(/^\w+_events_total{status="delivered",code=""} (\S+)$/m)?.[1] ?? 0);

test("two receivers share work, limit and order, through a kill and a restart of the database", { skip }, async () => {
  const { intercom, url, close } = await openIntercom({ rate: { limit: 100_000 } }, 20);
  const environment = { DATABASE_URL: postgres.database("shared") };
  const start = () => startReceiver({ folder: openFolder("shared"), baseUrl: url, environment });
  const first = await start();
  assert.equal(await share(first), 1);
  let second = await start();
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
  second = await start();
  await until(async () => (await share(second)) === 0.5, "the other is back");
  postgres.restart();
  await sending;
  await until(async () => (await first.get("/health")).depth === 0, "everything is delivered", 60_000);
  assert.deepEqual(findFaults(people, intercom.state()), { lost: 0, doubled: 0, disordered: 0, wrong: 0 });
  assert.equal((await second.stop()).code, 0);
  await until(async () => (await share(first)) === 1, "the limit is the first one's alone");
  assert.equal((await first.stop()).code, 0);
  assert.deepEqual(await run(["dead", "list"], environment), { code: 0, out: "", err: "" });
  await close();
});

test("a database that is not there is told", { skip }, async () => {
  const environment = { DATABASE_URL: "postgres://receiver@127.0.0.1:1/none" };
  await assert.rejects(
    startReceiver({ folder: openFolder("none"), baseUrl: "http://127.0.0.1:1", environment }),
    /ended with 2.*ECONNREFUSED/,
  );
});
