// What goes wrong on a page: its code and what it is about are here, its sentence in a file that the first fault fetches.
import { failure, reporter } from "../errors.js";
import { part } from "../engine/lazy-files.js";

let held, asked;

/** What the file `sentences` holds, for whoever needs it; undefined where it does not come. */
export const sentences = (nonce) =>
  (asked ??= part("sentences", nonce).then(
    (texts) => (held = texts),
    () => {},
  ));

const sentenceOf = (code, values) =>
  held?.sentenceOf(code, values) ?? [...values, "see docs/errors.md"].filter((value) => value).join(": ");

/** A function that tells a site of what goes wrong: a code, and what its sentence is about. */
export const reporterOf = (settings) =>
  reporter(settings?.onError, (code, values, say) => {
    const tell = () => say(sentenceOf(code, values));
    if (held) tell();
    else sentences(settings?.nonce).then(tell);
  });

/** Tells of what was thrown. */
export const reportError =
  (report) =>
  ({ code, values = [], message }) =>
    code ? report(code, ...values) : report("engine_fault", message);

/** Rejects with the Error that a site gets of what was thrown. */
export const rejectWith = async (settings, { code, values, message }) => {
  await sentences(settings?.nonce);
  throw failure(code, values ? sentenceOf(code, values) : message);
};
