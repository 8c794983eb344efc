// What became of jobs, written into the queue: many at a time, and again until the database has taken it.

const PAUSE = 500;
// What ends within this time goes together.
const SOON = 50;

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * `settle(job, { dead?, retryAt? })`: delivered, or put aside, or given back until a time. `isDone(job)` hears of it when it is written.
 * `flushCache()` comes first: a job that is gone must not be known to nobody.
 */
export const createLedger = ({ queue, flushCache, isDone, log }) => {
  let settled = [];
  let writing = [];
  let running;

  const write = async (entries, isOurs) => {
    await flushCache();
    if (!isOurs()) return;
    const dead = entries.flatMap(({ dead }) => dead ?? []);
    if (dead.length > 0) await queue.bury(dead);
    const isGivenBack = ({ retryAt }) => retryAt !== undefined;
    for (const [partition, some] of byPartition(entries.filter((entry) => !isGivenBack(entry))))
      await queue.remove(
        partition,
        some.map(({ job }) => job.id),
      );
    for (const [partition, some] of byPartition(entries.filter(isGivenBack)))
      await queue.putBack(
        partition,
        some.map(({ job, retryAt }) => ({ id: job.id, retryAt })),
      );
  };

  const run = async () => {
    while (settled.length > 0) {
      const entries = settled;
      const isOurs = () => writing === entries;
      [writing, settled] = [entries, []];
      try {
        await write(entries, isOurs);
        if (isOurs()) for (const { job } of entries) isDone(job);
        await sleep(SOON);
      } catch (error) {
        log("error", "The database did not take what became of events; it is tried again", { code: error?.code, events: entries.length });
        if (isOurs()) settled = [...entries, ...settled];
        await sleep(PAUSE);
      }
    }
    running = undefined;
  };

  return {
    settle(job, became = {}) {
      settled.push({ job, ...became });
      running ??= sleep(SOON).then(run);
    },
    /**
     * Lets go of what is not written, as the cache does: the jobs are others' to deliver, who do not know what was known here of the people in
     * them. At once: they may be given out again before a write ends.
     */
    forget() {
      for (const { job } of [...writing, ...settled]) isDone(job);
      [writing, settled] = [[], []];
    },
    /** Resolves when nothing is left to write. */
    flush: async () => running,
  };
};

const byPartition = (entries) => {
  const groups = new Map();
  for (const entry of entries) {
    const { partition } = entry.job;
    if (!groups.has(partition)) groups.set(partition, []);
    groups.get(partition).push(entry);
  }
  return groups;
};
