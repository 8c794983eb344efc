// What `debug: true` writes: which subscriptions matched an event and what was called, with nothing in it that could be a secret.
import { masked } from "../redact.js";
import { unproven } from "./user-jwt/claims.js";

/** The reason of `Skip` in src/web/session for a call that repeats the last one. */
export const REPEAT = 1;

// What stands beside a call that is not made, for a reason of `Skip` in src/web/session.
const skipped = (reason) => (reason === REPEAT ? "skipped as a repeat" : "skipped");

const shown = ([[method, ...args], skip]) =>
  `${method}(${[...args, ...(skip ? [skipped(skip)] : [])].map((arg) => JSON.stringify(arg, masked)).join(", ")})`;

/** `what` happened, and the `calls` that it made, each with its reason of `Skip`. */
export const explain = (what, calls) => {
  const outside = calls.flatMap(([[, attributes]]) => unproven(attributes));
  const made = calls.map(shown).join(", ") || "nothing";
  console.log(
    `[intercom-destination] ${what}, called ${made}${outside.length > 0 ? `; not in the user's token: ${outside.join(", ")}` : ""}`,
  );
};
