// What `debug: true` writes: which subscriptions matched an event and what was called, with nothing in it that could be a secret.

const SECRET_KEY = /hash|jwt|token|secret|passw|mail/i;
const SECRET_TEXT = /@|%40|^[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}$|^[\da-f]{32,}$/i;

/** A replacer for `JSON.stringify` that leaves out what could be a secret. */
export const masked = (key, value) => (Object(value) !== value && (SECRET_KEY.test(key) || SECRET_TEXT.test(value)) ? "***" : value);

const shown = ([method, ...args]) => `${method}(${args.map((arg) => JSON.stringify(arg, masked)).join(", ")})`;

/** `names` of the subscriptions that matched, and the `calls` they made. */
export const explain = (action, type, names, calls) =>
  console.log(
    `[intercom-destination] ${action}, ${type}: ${names || "no subscription"} matched, called ${calls.map(shown).join(", ") || "nothing"}`,
  );
