// Batches of the queue on their way to Cloud mode: in the order in which they came to the receiver, and through an outage.
import { ASIDE } from "../receiver/queued.js";

const byArrival = (one, other) => one.at - other.at || one.number - other.number;

const later = (milliseconds) => new Promise((done) => setTimeout(done, Math.max(milliseconds, 0)));

/**
 * A function that delivers entries `{ at, number, event }` and resolves to their outcomes. `reorderFor`: milliseconds in which batches that
 * the queue handed out side by side are put in order. `holdFor`: milliseconds for which events wait here during an outage.
 */
export const createLane = ({ deliver, reorderFor, holdFor }) => {
  let inbox;

  const deliverHeld = async (entries) => {
    const end = Date.now() + holdFor;
    const outcomes = new Map();
    let due = entries;
    for (;;) {
      const some = await deliver(due.map(({ event }) => event));
      due.forEach((entry, i) => outcomes.set(entry, some[i]));
      const open = entries.filter((entry) => outcomes.get(entry).status === "retry");
      const next = Math.min(...open.map((entry) => outcomes.get(entry).retryAt));
      if (open.every((entry) => ASIDE.has(outcomes.get(entry).code)) || next > end) return outcomes;
      await later(next - Date.now());
      due = open.filter((entry) => outcomes.get(entry).retryAt <= Date.now());
    }
  };

  const empty = async () => {
    await later(reorderFor);
    const entries = inbox.entries.sort(byArrival);
    inbox = undefined;
    return deliverHeld(entries);
  };

  return async (entries) => {
    inbox ??= { entries: [], outcomes: later(0).then(empty) };
    inbox.entries.push(...entries);
    const outcomes = await inbox.outcomes;
    return entries.map((entry) => outcomes.get(entry));
  };
};
