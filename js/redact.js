// What must not be shown, and how it is recognised. Two rules: what could be a secret stays out of logs and terminals, which others
// read; what proves to Intercom who a visitor is stays out of screens and links too.

const SECRET_NAME = /hash|jwt|token|secret|passw|mail/i;
const SECRET_VALUE = /@|%40|^[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}$|^[\da-f]{32,}$/i;
// Narrower than for a whole value: a file also holds names of other things with dots in them.
const SECRET_IN_TEXT = /[^\s"'\\]+@[\w-]+\.[\w.-]+|\beyJ[\w-]+\.[\w-]+\.[\w-]+|\b[\da-f]{32,}\b/gi;
// In Intercom's spelling and in that of an event's options.
const PROOFS = "user_?hash|intercom_?user_?jwt";

/** A replacer for `JSON.stringify` that leaves out what could be a secret. */
export const masked = (key, value) => (Object(value) !== value && (SECRET_NAME.test(key) || SECRET_VALUE.test(value)) ? "***" : value);

/** Text of a file with as many stars as a secret has characters, so that what points at a place still does. */
export const starred = (text) => text.replace(SECRET_IN_TEXT, (secret) => "*".repeat(secret.length));

/** Whether a property of this name proves who a visitor is. */
export const isProof = (key) => new RegExp(`^(?:${PROOFS})$`, "i").test(key);

/** JSON, perhaps half written, without the strings that prove who a visitor is. */
export const withoutProofs = (text) => text.replace(new RegExp(`("(?:${PROOFS})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, "gi"), '$1"hidden"');
