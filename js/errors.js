// Telling people what is wrong: an Error with a code and a sentence, once per cause, never thrown into the page.
import { REPORTS } from "./limits.js";

/** An Error with a stable `code` and a sentence. */
export const failure = (code, sentence) => Object.assign(new Error(sentence), { name: "IntercomDestinationError", code });

/** An Error with a stable `code`, and what its sentence is about; whoever tells of it makes the sentence. */
export const raised = (code, ...values) => Object.assign(new Error(code), { code, values });

const ownSentence = (_code, values, say) => say(values[0]);

/**
 * A function that passes each cause to `onError`, and to the console, the first time it comes up.
 *
 * It takes a code and a sentence, or the values that `phrase(code, values, say)` makes a sentence of, at once or later.
 */
export const reporter = (onError, phrase = ownSentence) => {
  const known = new Set();
  return (code, ...values) => {
    const cause = code + values;
    if (known.has(cause) || known.size >= REPORTS) return;
    known.add(cause);
    phrase(code, values, (sentence) => {
      try {
        console.warn(`[intercom-destination] ${sentence} (${code})`);
        onError?.(failure(code, sentence));
      } catch {
        // The page's own handler failed; there is no one left to tell.
      }
    });
  };
};

/** What an inspector says beside what the engine does, as the engine's own problems are. */
export const warning = (code, sentence) => ({ severity: "warning", code, sentence, expected: sentence, found: "", path: [] });
export const fault = (code, sentence) => ({ ...warning(code, sentence), severity: "fault" });
