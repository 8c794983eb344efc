// What Prometheus reads. No label has anything of an event in it.
import { Counter, Gauge, Registry } from "prom-client";

const PREFIX = "intercom_destination_";
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
  const make = (Kind, name, help, labelNames = []) => new Kind({ name: PREFIX + name, help, labelNames, registers: [registry] });
  const counters = {
    received: make(Counter, "events_received_total", "Events that were taken into the queue"),
    requests: make(Counter, "http_requests_total", "Requests to the receiver, by code", ["code"]),
  };
  const outcomes = make(Counter, "events_total", "Events by what became of them; a retry is counted each time", ["status", "code"]);
  const calls = make(Counter, "intercom_requests_total", "Requests to Intercom by HTTP status; 0: there was no answer", ["status"]);
  const rate = {
    limit: make(Gauge, "rate_limit", "Requests in Intercom's window of ten seconds, as it says itself"),
    remaining: make(Gauge, "rate_remaining", "Requests that are left in the window"),
    share: make(Gauge, "rate_share", "The share of the rate limit that is this receiver's"),
  };
  const queue = {
    depth: make(Gauge, "queue_depth", "Events in the queue"),
    age: make(Gauge, "queue_oldest_seconds", "Age of the oldest event in the queue"),
    dead: make(Gauge, "dead_letters", "Events that were put aside"),
  };
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
    observe: (fetch) => async (url, init) => {
      try {
        const response = await fetch(url, init);
        calls.inc({ status: response.status }, 1);
        for (const name of ["limit", "remaining"]) {
          const told = response.headers.get(`x-ratelimit-${name}`);
          if (told) rate[name].set(Number(told));
        }
        return response;
      } catch (error) {
        calls.inc({ status: 0 }, 1);
        throw error;
      }
    },
    async render() {
      const found = await recent().catch(() => undefined);
      if (found) for (const name of Object.keys(queue)) queue[name].set(found[name]);
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
};
