// A clock that moves only when told to, with timers: hours of retries pass in milliseconds, the same way each time.

// Lets everything that is ready run, promises of promises included.
const ready = () => new Promise((done) => (globalThis.setImmediate ?? globalThis.setTimeout)(done, 0));

export function createClock({ start = Date.UTC(2026, 0, 1), settle = ready } = {}) {
  let time = start;
  let timers = [];
  let count = 0;

  const clock = {
    now: () => time,

    setTimeout(work, delay = 0, ...values) {
      count += 1;
      const due = time + Math.max(0, Number(delay) || 0);
      let place = timers.length;
      while (place > 0 && timers[place - 1].due > due) place -= 1;
      timers.splice(place, 0, { id: count, due, work, values });
      return count;
    },

    clearTimeout(id) {
      timers = timers.filter((timer) => timer.id !== id);
    },

    sleep: (delay) => new Promise((done) => clock.setTimeout(done, delay)),

    /** Moves by that many milliseconds, running what falls due on the way. */
    async advance(milliseconds) {
      const end = time + milliseconds;
      await settle();
      while (timers.length > 0 && timers[0].due <= end) await fire();
      time = end;
    },

    /** Moves from timer to timer until the promise is settled, and answers with its value. */
    async run(promise, { limit = 1e7 } = {}) {
      let isSettled = false;
      const settled = () => {
        isSettled = true;
      };
      promise.then(settled, settled);
      await settle();
      for (let step = 0; !isSettled; step += 1) {
        if (timers.length === 0) await settle();
        if (isSettled) break;
        if (timers.length === 0) throw new Error(`nothing is left that could go on at ${new Date(time).toISOString()}`);
        if (step >= limit) throw new Error(`not settled after ${limit} timers`);
        await fire();
      }
      return promise;
    },

    pending: () => timers.length,
  };

  async function fire() {
    const timer = timers.shift();
    time = timer.due;
    timer.work(...timer.values);
    await settle();
  }

  return clock;
}
