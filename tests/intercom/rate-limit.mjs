// Calls are dealt out in windows of 10 seconds, as Intercom does it.
import { Refusal } from "./answers.mjs";

const windowLength = 10_000;

export function createRateLimit({ now, random, rate }) {
  let current = { number: -1, used: 0, searches: 0 };
  let peak = 0;

  function enter() {
    const number = Math.floor(now() / windowLength);
    if (number !== current.number) current = { number, used: 0, searches: 0 };
    return current;
  }

  // Calls by other apps of the workspace, spread over the window.
  const others = () => Math.floor(rate.others * ((now() % windowLength) / windowLength));

  return {
    /** Takes one call from the window: a refusal when nothing is left. */
    take(isSearch) {
      const window = enter();
      const isFull = window.used + others() >= rate.limit;
      if (isFull || (isSearch && window.searches >= rate.search)) {
        const limit = isFull ? rate.limit : rate.search;
        return new Refusal(429, "rate_limit_exceeded", `Exceeded rate limit of ${limit} in 10_seconds`);
      }
      window.used += 1;
      if (isSearch) window.searches += 1;
      peak = Math.max(peak, window.used);
      return undefined;
    },

    headers() {
      if (rate.headersAbsent > 0 && random() < rate.headersAbsent) return {};
      const window = enter();
      return {
        "x-ratelimit-limit": String(rate.limit),
        "x-ratelimit-remaining": String(Math.max(0, rate.limit - window.used - others())),
        "x-ratelimit-reset": String(((window.number + 1) * windowLength) / 1000),
      };
    },

    peak: () => peak,
  };
}
