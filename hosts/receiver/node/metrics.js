// What Prometheus reads.
import { Counter, Gauge, Registry } from "prom-client";
import { observe, PREFIX, SERIES } from "../series.js";

const FAMILIES = { ...SERIES, dead_letters: ["gauge", "Events that were put aside"] };
const KINDS = { counter: Counter, gauge: Gauge };
const DEPTH_AGE = 5_000;
// A database that is stuck must not make those wait who ask for its health.
const LONGEST_ANSWER = 2_000;

const inTime = async (work) => {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error("The database does not answer")), LONGEST_ANSWER)));
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/** `counts()` gives `{ depth, dead, age }` of the queue. */
export const createMetrics = (counts) => {
  const registry = new Registry();
  const make = (name, labelNames = []) => {
    const [kind, help] = FAMILIES[name];
    return new KINDS[kind]({ name: PREFIX + name, help, labelNames, registers: [registry] });
  };
  const counters = { received: make("events_received_total"), requests: make("http_requests_total", ["code"]) };
  const outcomes = make("events_total", ["status", "code"]);
  const calls = make("intercom_requests_total", ["status"]);
  const rate = { limit: make("rate_limit"), remaining: make("rate_remaining"), share: make("rate_share") };
  const queue = { depth: make("queue_depth"), age: make("queue_oldest_seconds"), dead: make("dead_letters") };
  let known;
  let knownAt = 0;

  /** The queue's counts, at most some seconds old: to count takes time. */
  const recent = async () => {
    if (!known || Date.now() - knownAt > DEPTH_AGE) {
      knownAt = Date.now();
      known = inTime(counts());
      known.catch(() => (known = undefined));
    }
    return known;
  };

  return {
    recent,
    count: (name, labels, by) => counters[name].inc(labels, by),
    outcome: ({ status, code = "" }) => outcomes.inc({ status, code }, 1),
    share: (share) => rate.share.set(share),
    /** A `fetch` whose answers are counted. */
    observe: (fetch) => observe(fetch, { answered: (status) => calls.inc({ status }, 1), left: (name, value) => rate[name].set(value) }),
    async render() {
      const found = await recent().catch(() => undefined);
      if (found) for (const name of Object.keys(queue)) queue[name].set(found[name]);
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
};
