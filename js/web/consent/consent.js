// The setting `consent` on a page: what the visitor agrees to, and what becomes of events until then.
import { google } from "./google.js";
import { segment } from "./segment.js";

/**
 * Calls `grant(true)` when the visitor agrees and `grant(false)` when they do not any more.
 *
 * `waiting` is the list of what is to be done then: functions, those for an event with a copy of it as `event`. The result is called
 * with every event, and is false for one that must not be kept.
 */
export const ask = ({ from, categories, before = "keep" }, { waiting, grant, report }) => {
  // True or false as the visitor decided, undefined before that.
  let isAgreed;
  // Whether it is known what the visitor decided before.
  let isStarted = false;
  const isDropping = () => isAgreed === false || (before !== "keep" && !isAgreed);

  const set = (answer) => {
    if (answer === isAgreed) return;
    // What happened without consent is not told with it.
    if ((isStarted && isDropping()) || answer === false) waiting.length = 0;
    isAgreed = answer;
    // A Messenger's callback may have said so: its call has to end before the session does.
    Promise.resolve().then(() => grant(isAgreed === true));
  };
  // No answer is none yet.
  const tell = (answer) => answer === undefined || set(answer === true);
  const refuse = (error) =>
    report("consent_failed", `The setting consent failed, so Intercom waits: ${error?.message ?? "its promise was rejected"}`);

  let heed = (_event) => {};
  try {
    const isListed = Array.isArray(categories) && categories.length > 0;
    if (typeof from === "string" && !isListed) refuse(new TypeError("categories: expected an array of names"));
    else if (from === "google") google(categories, set);
    else if (from === "segment") heed = segment(categories, set, report);
    else if (typeof from === "function") {
      const answer = from(tell);
      if (typeof answer?.then === "function") answer.then(tell, refuse);
      else if (typeof answer === "boolean") tell(answer);
    } else refuse(new TypeError("from: expected segment, google or a function"));
  } catch (error) {
    refuse(error);
  }

  const admits = (event) => {
    try {
      heed(event);
    } catch {
      // An event that cannot be read says nothing of consent.
    }
    return !isDropping();
  };
  isStarted = true;
  for (const step of waiting.splice(0)) if (!step.event || admits(step.event)) waiting.push(step);
  return admits;
};
