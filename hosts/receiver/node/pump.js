// From the queue to Cloud mode, and what becomes of each event back to the queue.
import { ASIDE, hasId } from "../queued.js";

// Events that are being delivered, or wait for the end of an outage: when there are fewer, so many more are fetched, because each fetch costs
// the database as much as hundreds of events.
const ENOUGH = 500;
const MOST_TOGETHER = 500;
// Of one partition, so that none waits for another.
const LEAST_TOGETHER = 50;
const MOST_ASIDE = 10_000;
const POLL = 250;
// For what became of requests that were broken off.
const MARGIN = 1_000;

/**
 * Delivers the jobs of the partitions that `leases` holds, from the first `deliverWith` on. One that is to be sent again waits in memory: it
 * stays taken in the queue, so that after a restart it is delivered in its place.
 */
export const createPump = ({ queue, leases, ledger, retryFor, metrics, log }) => {
  const jobs = new Map();
  let [working, aside] = [0, 0];
  let isStopped = false;
  // Undefined: what is fetched meanwhile waits for the next one.
  let cloud;
  let running;
  let wake = () => {};

  /** Whether it waits here: neither Cloud mode nor the ledger has it. */
  const waits = ({ isWorking, isSettled }) => !isWorking && !isSettled;

  const end = (job, became) => {
    job.isSettled = true;
    ledger.settle(job, became);
  };

  const bury = (job, { code, message }) => {
    log("warn", "An event was put aside", { id: job.id, code });
    end(job, { dead: { id: job.id, event: JSON.stringify(job.event), code, message } });
  };

  const deliver = async (job) => {
    if (!cloud) return;
    working++;
    job.isWorking = true;
    const { event } = job;
    const [outcome] = await cloud.deliver([hasId(event) ? event : { ...event, messageId: job.id }]);
    working--;
    job.isWorking = false;
    settle(job, outcome);
    wake();
  };

  const settle = (job, outcome) => {
    const { status, code, retryAt } = outcome;
    metrics.outcome(outcome);
    if (status === "delivered") end(job);
    else if (status === "dropped") bury(job, outcome);
    else if (!leases.has(job.partition)) jobs.delete(job.id);
    // A token that is refused is no fault of the event's.
    else if (code !== "unauthorized" && Date.now() - job.since > retryFor) bury(job, outcome);
    // The next Cloud gets it in its place.
    else if (!cloud) return;
    else if (ASIDE.has(code) && aside >= MOST_ASIDE) end(job, { retryAt });
    else wait(job, retryAt, ASIDE.has(code));
  };

  const wait = (job, retryAt, isAside) => {
    const count = (by) => (isAside ? (aside += by) : (working += by));
    count(1);
    job.forget = () => {
      clearTimeout(timer);
      count(-1);
      job.forget = undefined;
    };
    const again = () => {
      job.forget();
      deliver(job);
    };
    const timer = setTimeout(again, Math.min(Math.max(retryAt - Date.now(), 0), 0x7fffffff));
  };

  const take = async (partition, most) => {
    const found = await queue.fetch(partition, most, leases.ask);
    // If it was lost in the meantime, who has it next finds them.
    if (!leases.has(partition)) return 0;
    for (const job of found) {
      if (jobs.has(job.id)) continue;
      jobs.set(job.id, job);
      deliver(job);
    }
    return found.length;
  };

  const run = async () => {
    while (!isStopped) {
      let found = 0;
      const woken = new Promise((done) => (wake = () => done(undefined)));
      try {
        const held = cloud && working < ENOUGH ? leases.held() : [];
        const most = Math.max(Math.ceil(MOST_TOGETHER / held.length), LEAST_TOGETHER);
        for (const partition of held) if (!isStopped) found += await take(partition, most);
      } catch (error) {
        log("error", "The queue can't be read; it is tried again", { code: error?.code });
      }
      if (found === 0 || working >= ENOUGH) await Promise.race([woken, new Promise((done) => setTimeout(done, POLL))]);
    }
  };

  const forget = (isOf) => {
    for (const job of jobs.values()) {
      if (!isOf(job) || !waits(job)) continue;
      job.forget?.();
      jobs.delete(job.id);
    }
  };

  const settled = async (isOf, patience) => {
    const end = Date.now() + patience;
    while ([...jobs.values()].some((job) => isOf(job) && job.isWorking) && Date.now() < end)
      await new Promise((done) => setTimeout(done, 20));
  };

  /** Forgets what waits of a partition, which is another's now; resolves when nothing of it is on its way, or after `patience`. */
  const leave = async (isOf, patience) => {
    forget(isOf);
    await settled(isOf, patience);
  };

  const stopCloud = (patience) => {
    const stopped = cloud;
    cloud = undefined;
    stopped?.stop(patience);
  };

  return {
    start: () => (running = run()),
    /** Something new is in the queue. */
    wake: () => wake(),
    /** The same event may have been fetched anew in the meantime. */
    isDone: (job) => jobs.get(job.id) === job && jobs.delete(job.id),
    leave: (partition, patience) => leave((job) => job.partition === partition, patience),
    /** All partitions may be others' now: what Intercom has not been asked yet is theirs to deliver. */
    lose(patience) {
      stopCloud(patience);
      forget(() => true);
    },
    /** From now on with this Cloud: it gets what another one has not delivered, in the order in which it was fetched. */
    async deliverWith(next, patience) {
      stopCloud(patience);
      for (const job of jobs.values()) job.forget?.();
      await settled(() => true, patience + MARGIN);
      if (isStopped) return;
      cloud = next;
      for (const job of jobs.values()) if (waits(job)) deliver(job);
      wake();
    },
    waiting: () => jobs.size,
    async stop(patience) {
      isStopped = true;
      stopCloud(patience);
      wake();
      await running;
      await leave(() => true, patience + MARGIN);
    },
  };
};
