// What only JavaScript can be given: the token, and the host's own fetch, clock, cache and listeners. All other settings are Rust's.
import { failure } from "../errors.js";
import { createHastyClock } from "./hasty-clock.js";

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

/** All of `options` that is for Rust to check. */
export const withoutHosts = (options) => {
  if (typeof options !== "object" || !options) return options;
  return Object.fromEntries(Object.entries(options).filter(([key]) => !Object.hasOwn(EXPECTED, key)));
};

/** The host's part of `options`, with defaults, and all the rest, which is for Rust to check. Throws where a value can't be used. */
export const divide = (options) => {
  /** @type {any} */
  const host = { fetch: (url, init) => globalThis.fetch(url, init), clock: systemClock };
  const settings = withoutHosts(options);
  if (typeof options !== "object" || !options) return { host, settings };
  for (const key of Object.keys(EXPECTED)) {
    const [isFine, expected] = EXPECTED[key];
    const value = options[key];
    if (value === undefined || value === null) continue;
    // Never the value itself: it may be a token.
    if (!isFine(value)) throw failure("setting_invalid", `Setting ${key}: expected ${expected}`);
    host[key] = value;
  }
  if (settings.dryRun === true && !options.clock) host.clock = createHastyClock();
  if (!host.accessToken && settings.dryRun !== true) {
    throw failure("setting_invalid", "Setting accessToken: expected an access token; only with `dryRun` none is needed");
  }
  return { host, settings };
};
