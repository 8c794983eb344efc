// Events on their way into the queue. What arrives while an insert runs goes in with the next one.
import { failure } from "../../../js/errors.js";

// So many may wait for the database.
const MOST_WAITING = 20_000;
const MOST_TOGETHER = 4_000;

/** `send(events)` resolves when `insert` has kept them; `close()` when nothing waits. */
export const createInlet = (insert, onInserted = () => {}) => {
  const waiting = [];
  let count = 0;
  let isClosed = false;
  let running;

  const takeSome = () => {
    let [length, events] = [0, 0];
    while (length < waiting.length && (length === 0 || events + waiting[length].events.length <= MOST_TOGETHER))
      events += waiting[length++].events.length;
    count -= events;
    return waiting.splice(0, length);
  };

  const run = async () => {
    while (waiting.length > 0) {
      const together = takeSome();
      try {
        await insert(together.flatMap(({ events }) => events));
        for (const { resolve } of together) resolve(undefined);
        onInserted();
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    running = undefined;
  };

  return {
    send(events) {
      if (isClosed) return Promise.reject(failure("receiver_stopping", "The receiver is stopping"));
      if (count + events.length > MOST_WAITING && count > 0)
        return Promise.reject(failure("database_behind", `${count} events wait for the database`));
      count += events.length;
      const kept = new Promise((resolve, reject) => waiting.push({ events, resolve, reject }));
      running ??= run();
      return kept;
    },
    async close() {
      isClosed = true;
      await running;
    },
  };
};
