// Carries out the engine's commands: requests, cache, timers. It decides nothing about events.

const RETRY_AFTER_FAULT = 60_000;

/**
 * Delivers events with `engine`: `deliver` resolves to their outcomes, `stop` gives back what is left of them. `report(code, sentence)` hears what is wrong with the
 * host's own functions. A cache that has not written within `cacheTimeout` is not waited for.
 */
export const createDriver = (engine, { send, cache, cacheTimeout, clock, onRequest, report }) => {
  // The engine numbers events on from 1, in the order in which it receives them.
  let received = 0;
  const waiting = new Map();
  const onTheirWay = new Set();
  let timer;
  let stops = 0;
  let isBroken = false;
  let latest = 0;

  // Clocks are set back; the engine's time is not.
  const now = () => (latest = Math.max(latest, clock.now()));

  const guarded = async (what, step) => {
    try {
      return await step();
    } catch (error) {
      report("cache_failed", `cache.${what}() failed: ${error?.name ?? "no Error was thrown"}`);
    }
  };

  const inTime = (work) => {
    let timer;
    const late = new Promise((done) => (timer = clock.setTimeout(done, cacheTimeout)));
    return Promise.race([work, late]).finally(() => clock.clearTimeout(timer));
  };

  const carryOut = {
    async sendRequest({ id, request, isDry }, written) {
      try {
        onRequest?.({ ...request, body: request.body === undefined ? undefined : JSON.parse(request.body) });
      } catch (error) {
        report("listener_failed", `onRequest() failed: ${error?.name ?? "no Error was thrown"}`);
      }
      if (isDry) return;
      const before = stops;
      if (written.length > 0) await inTime(Promise.all(written));
      // The host may have given the event to another program meanwhile.
      if (stops > before) return tell((at) => engine.fail(at, id, "notSent"));
      const sent = send(request);
      onTheirWay.add(sent);
      const { failure, status, headers, body } = await sent.result;
      onTheirWay.delete(sent);
      tell((at) => (failure ? engine.fail(at, id, failure) : engine.respond(at, id, status, headers, body)));
    },

    async readCache({ id, keys }) {
      const entries = [];
      const read = async (key) => {
        const value = await guarded("get", () => cache.get(key));
        if (typeof value === "string") entries.push(key, value);
      };
      await Promise.all(keys.map(read));
      tell((at) => engine.cached(at, id, entries));
    },

    writeCache({ key, value, timeToLive }, written) {
      written.push(
        value === undefined ? guarded("delete", () => cache.delete(key)) : guarded("put", () => cache.put(key, value, timeToLive)),
      );
    },

    finish({ event, outcome }) {
      waiting.get(event)?.(outcome);
      waiting.delete(event);
    },
  };

  const wake = () => tell((at) => engine.wake(at));

  /** Tells the engine something and does what it wants. A panic of its gives every event back: none may be lost. */
  const tell = (step) => {
    if (isBroken) return;
    try {
      const { commands, wakeAt } = step(now());
      clock.clearTimeout(timer);
      // Longer delays than this overflow a timer.
      if (wakeAt !== undefined) timer = clock.setTimeout(wake, Math.min(Math.max(wakeAt - latest, 0), 0x7fffffff));
      // A request waits for the cache to write what comes before it.
      const written = [];
      for (const command of commands) carryOut[command.command](command, written);
    } catch (error) {
      isBroken = true;
      report("engine_fault", `The engine failed: ${error?.message}`);
      for (const done of waiting.values()) done(givenBack());
      waiting.clear();
    }
  };

  const givenBack = () => ({
    status: "retry",
    code: "engine_fault",
    message: "The engine failed; the program has to be restarted.",
    retryAt: now() + RETRY_AFTER_FAULT,
    warnings: [],
  });

  const deliver = (events) => {
    if (isBroken) return events.map(givenBack);
    const outcomes = events.map(() => new Promise((done) => waiting.set(++received, done)));
    tell((at) => engine.receive(at, events));
    return Promise.all(outcomes);
  };

  const stop = (grace = 0) => {
    stops += 1;
    tell((at) => engine.stop(at));
    // Those of later events are not meant.
    const sent = [...onTheirWay];
    if (sent.length > 0) clock.setTimeout(() => sent.forEach(({ giveUp }) => giveUp()), grace);
  };

  return { deliver, stop, setRateShare: (share) => tell((at) => engine.setRateShare(at, share)) };
};
