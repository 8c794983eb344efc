// What Prometheus reads. Requests and batches are served in many places; what they count is kept in the workspace's objects.
import { PREFIX, SERIES } from "../receiver/series.js";

const SOON = 1_000;

const FAMILIES = { ...SERIES, rate_share: ["gauge", "The share of the rate limit that is this lane's"] };

const RECEIVERS = { received: "events_received_total", requests: "http_requests_total" };

export const series = (name, labels = {}) => {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return pairs.length > 0 ? `${name}{${pairs.join(",")}}` : name;
};

/** Numbers that belong to series. */
export const createTally = () => {
  let counts = new Map();
  return {
    add: (name, by) => counts.set(name, (counts.get(name) ?? 0) + by),
    /** All that was added since the last time, as `[series, by]`. */
    take() {
      const taken = [...counts];
      counts = new Map();
      return taken;
    },
  };
};

/**
 * The receiver's `metrics.count`. `send` gets a promise of counts, once a second at most: a call of an object costs as much as a request.
 */
export const createCounter = (send) => {
  const tally = createTally();
  let sending;
  return (name, labels, by) => {
    tally.add(series(RECEIVERS[name], labels), by);
    if (sending) return;
    sending = new Promise((done) => setTimeout(done, SOON)).then(() => {
      sending = undefined;
      return tally.take();
    });
    send(sending);
  };
};

/** `snapshots`: what each lane's object has, `{ counts, gauges }`; `backlog`: the queue's `{ depth, age }`. */
export const render = (snapshots, backlog) => {
  const values = createTally();
  snapshots.forEach(({ counts, gauges }, lane) => {
    for (const [name, by] of counts) values.add(name, by);
    for (const [name, value] of Object.entries(gauges)) values.add(series(name, { lane }), value);
  });
  if (backlog) {
    values.add("queue_depth", backlog.depth);
    values.add("queue_oldest_seconds", backlog.age);
  }
  const found = values.take();
  const lines = Object.entries(FAMILIES).flatMap(([name, [type, help]]) => {
    const own = found.filter(([text]) => text === name || text.startsWith(`${name}{`));
    const shown = own.map(([text, value]) => `${PREFIX}${text} ${value}`).sort();
    return [`# HELP ${PREFIX}${name} ${help}`, `# TYPE ${PREFIX}${name} ${type}`, ...shown];
  });
  return { type: "text/plain; version=0.0.4; charset=utf-8", body: `${lines.join("\n")}\n` };
};
