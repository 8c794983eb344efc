// The queue's tables: pg-boss on PGlite or PostgreSQL. An event is a job; one that is delivered is deleted.
import { v7 as nextId } from "uuid";
import { needed } from "./install.js";
import { partitionOf } from "../queued.js";

const SCHEMA = "intercom_destination";
const DEAD = "dead";
// pg-boss archives what it is to keep no longer. Nothing is thrown away here but by name.
const KEPT = { retentionDays: 36_500, retryLimit: 0 };
// A database that is gone without a word would keep a question for as long as TCP goes on trying, a quarter of an hour on Linux.
const LONGEST_ANSWER = 15_000;
// Within one insert events have one time, and ids tell their order.
const byArrival = (one, other) => one.createdOn - other.createdOn || (one.id < other.id ? -1 : 1);

const nameOf = (partition) => `events-${partition}`;

// Texts within JSON: jsonb takes neither U+0000 nor half a surrogate pair, and writes numbers anew.
const jobOf = (partitions, event, id) => ({
  id,
  name: nameOf(partitionOf(event, partitions)),
  data: { event: JSON.stringify(event) },
});

const TABLES = `
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.cache (key text PRIMARY KEY, value text NOT NULL, expires bigint NOT NULL);
  CREATE INDEX IF NOT EXISTS cache_expires ON ${SCHEMA}.cache (expires);
  CREATE INDEX IF NOT EXISTS job_arrival ON ${SCHEMA}.job (created_on, id) WHERE state < 'active'`;

const startBoss = async ({ database, url, partitions, onError }) => {
  const { default: PgBoss } = await needed("pg-boss", () => import("pg-boss"));
  const place = database
    ? { db: database }
    : { connectionString: url, max: 4, query_timeout: LONGEST_ANSWER, application_name: "intercom-destination" };
  const boss = new PgBoss({ ...place, schema: SCHEMA, schedule: false, supervise: false });
  boss.on("error", onError);
  try {
    await boss.start();
    for (const name of [DEAD, ...Array.from({ length: partitions }, (_, i) => nameOf(i))]) await boss.createQueue(name, { ...KEPT });
    await boss.getDb().executeSql(TABLES);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
  return boss;
};

/** Opens the tables in a database, which is closed with them, or at an address. `onError` hears of connections that break. */
export const openQueue = async ({ database, url, partitions, onError }) => {
  const boss = await startBoss({ database, url, partitions, onError }).catch(async (error) => {
    await database?.close();
    throw error;
  });
  const sql = async (text, values) => (await boss.getDb().executeSql(text, values)).rows;

  const fetch = async (partition, most, ask) => {
    // `fetch` of pg-boss takes an error for an empty queue.
    let fault;
    const executeSql = async (text, values) => {
      try {
        return { rows: await ask(partition, text, values) };
      } catch (error) {
        fault = error;
        throw error;
      }
    };
    const options = { db: { executeSql }, batchSize: most, priority: false, includeMetadata: true };
    const jobs = await boss.fetch(nameOf(partition), options);
    if (fault) throw fault;
    return jobs.sort(byArrival).map(({ id, data, createdOn }) => ({ id, partition, since: +createdOn, event: JSON.parse(data.event) }));
  };

  return {
    sql,
    /** The oldest `most` jobs of a partition, which are taken from then on; `ask(partition, text, values)` gives rows. */
    fetch,
    insert: (events) => boss.insert(events.map((event) => jobOf(partitions, event, nextId()))),
    remove: (partition, ids) => boss.deleteJob(nameOf(partition), ids),
    /** Jobs that were taken are there again. */
    restore: (partition) => sql(`UPDATE ${SCHEMA}.job SET state = 'created' WHERE name = $1 AND state = 'active'`, [nameOf(partition)]),
    /** Gives jobs back until a time, in milliseconds since 1970. */
    async putBack(partition, jobs) {
      await sql(
        `UPDATE ${SCHEMA}.job SET state = 'retry', start_after = to_timestamp(given.at / 1000.0)
         FROM unnest($2::uuid[], $3::float8[]) AS given (id, at) WHERE job.name = $1 AND job.id = given.id`,
        [nameOf(partition), jobs.map(({ id }) => id), jobs.map(({ retryAt }) => retryAt)],
      );
    },
    /** Puts what can't be delivered aside. A second time changes nothing: the job's id is its name. */
    bury: (dead) => boss.insert(dead.map(({ id, ...data }) => ({ id, name: DEAD, data }))),
    async counts() {
      const [row] = await sql(
        `SELECT count(*) FILTER (WHERE name <> '${DEAD}')::float8 AS depth, count(*) FILTER (WHERE name = '${DEAD}')::float8 AS dead,
         extract(epoch FROM now() - min(created_on) FILTER (WHERE name <> '${DEAD}'))::float8 AS age FROM ${SCHEMA}.job`,
      );
      return { depth: row.depth, dead: row.dead, age: Math.max(row.age ?? 0, 0) };
    },
    dead: {
      /** The oldest `most`, or those with these ids. */
      list: (ids, most) =>
        sql(
          `SELECT id, created_on AS at, data FROM ${SCHEMA}.job WHERE name = '${DEAD}' AND ($1::uuid[] IS NULL OR id = ANY ($1::uuid[]))
           ORDER BY created_on, id LIMIT $2`,
          [ids ?? null, most],
        ),
      remove: (ids) => boss.deleteJob(DEAD, ids),
    },
    cache: {
      read: (keys, now) => sql(`SELECT key, value FROM ${SCHEMA}.cache WHERE key = ANY ($1::text[]) AND expires > $2`, [keys, now]),
      /** `entries`: `[key, value, expires]`; without a value it is removed. One statement: what replaces a key comes with its end. */
      write(entries) {
        const kept = entries.filter(([, value]) => value !== undefined).sort(([one], [other]) => (one < other ? -1 : 1));
        const gone = entries.filter(([, value]) => value === undefined).map(([key]) => key);
        const columns = [0, 1, 2].map((column) => kept.map((entry) => entry[column]));
        return sql(
          `WITH gone AS (DELETE FROM ${SCHEMA}.cache WHERE key = ANY ($1::text[]))
           INSERT INTO ${SCHEMA}.cache SELECT * FROM unnest($2::text[], $3::text[], $4::bigint[])
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
          [gone, ...columns],
        );
      },
      expire: (now) => sql(`DELETE FROM ${SCHEMA}.cache WHERE expires <= $1`, [now]),
    },
    /** PGlite has no vacuum of its own: rows that were deleted would stay in the files. */
    vacuum: () => sql(`VACUUM ANALYZE ${SCHEMA}.job, ${SCHEMA}.cache`),
    /** A connection of PostgreSQL's pool that stays the caller's. */
    connect: () => /** @type {any} */ (boss.getDb()).pool.connect(),
    async close() {
      await boss.stop({ graceful: false });
      await database?.close();
    },
  };
};
