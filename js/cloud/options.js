// What only JavaScript can be given: the token, and the host's own fetch, clock, cache and listeners. All other settings are Rust's.
import { failure } from "../errors.js";

const EXPECTED = {
  accessToken: [(value) => typeof value === "string" && /^[\x21-\x7e]+$/.test(value), "an access token: text without spaces"],
  fetch: [(value) => typeof value === "function", "a function"],
  clock: [
    (value) => ["now", "setTimeout", "clearTimeout"].every((key) => typeof value?.[key] === "function"),
    "an object with now(), setTimeout() and clearTimeout()",
  ],
  cache: [
    (value) => ["get", "put", "delete"].every((key) => typeof value?.[key] === "function"),
    "an object with get(), put() and delete()",
  ],
  onError: [(value) => typeof value === "function", "a function"],
  onRequest: [(value) => typeof value === "function", "a function"],
};

const systemClock = {
  now: () => Date.now(),
  setTimeout: (work, delay) => globalThis.setTimeout(work, delay),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
};

/** The host's part of `options`, with defaults, and all the rest, which is for Rust to check. Throws where a value can't be used. */
export const divide = (options) => {
  /** @type {any} */
  const host = { fetch: (url, init) => globalThis.fetch(url, init), clock: systemClock };
  if (typeof options !== "object" || !options) return { host, settings: options };
  const settings = {};
  for (const [key, value] of Object.entries(options)) {
    if (!Object.hasOwn(EXPECTED, key)) settings[key] = value;
    else if (value !== undefined && value !== null) {
      const [isFine, expected] = EXPECTED[key];
      // Never the value itself: it may be a token.
      if (!isFine(value)) throw failure("setting_invalid", `Setting ${key}: expected ${expected}`);
      host[key] = value;
    }
  }
  if (!host.accessToken && settings.dryRun !== true) {
    throw failure("setting_invalid", "Setting accessToken: expected an access token; only with `dryRun` none is needed");
  }
  return { host, settings };
};
