// The setting `forward` as its site gave it: which words it asks for, and what their events are called.

/** The texts of `Word` in src/web/forwarding.rs; tests/js/numbers.test.mjs compares them. */
export const WORDS = ["show", "hide", "unread", "emailSupplied", "email"];

const EMAIL_SUPPLIED = "Messenger Email Supplied";
const EVENTS = ["Messenger Opened", "Messenger Closed", "Messenger Unread Changed", EMAIL_SUPPLIED, EMAIL_SUPPLIED];

/** An event's name for each word, undefined for one that is not asked for. Whatever is no word or no name is told to `report`. */
export const read = (forward, report) => {
  const refuse = (place) =>
    report("setting_forward", `${place}: expected ${WORDS.slice(0, -1).join(", ")} or email, each true or an event's name`);
  // Who says only `true` has not asked for what a visitor entered.
  if (forward === true) return EVENTS.slice(0, -1);
  const names = [];
  if (Object(forward) !== forward) refuse("forward");
  else {
    const isList = Array.isArray(forward);
    for (const [key, given] of Object.entries(forward)) {
      const word = WORDS.indexOf(isList ? given : key);
      const value = isList || given;
      const isName = typeof value === "string" && value !== "";
      if (word < 0 || !(isName || value == null || typeof value === "boolean")) refuse(`forward.${key}`);
      else if (value) names[word] = isName ? value : EVENTS[word];
    }
  }
  return names;
};
