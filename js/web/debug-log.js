// What `debug: true` writes: which subscriptions matched an event and what was called, with nothing in it that could be a secret.
import { masked } from "../redact.js";

/** The reason of `Skip` in src/web/session for a call that repeats the last one. */
export const REPEAT = 1;

// What stands beside a call that is not made, for a reason of `Skip` in src/web/session.
const skipped = (reason) => (reason === REPEAT ? "skipped as a repeat" : "skipped");

const shown = ([[method, ...args], skip]) =>
  `${method}(${[...args, ...(skip ? [skipped(skip)] : [])].map((arg) => JSON.stringify(arg, masked)).join(", ")})`;

/** `names` of the subscriptions that matched, and the `calls` they made, each with its reason of `Skip`. */
export const explain = (action, type, names, calls) =>
  console.log(
    `[intercom-destination] ${action}, ${type}: ${names || "no subscription"} matched, called ${calls.map(shown).join(", ") || "nothing"}`,
  );
