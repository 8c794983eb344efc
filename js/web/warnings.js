// What Intercom would take without a word and then drop: said once, so that a site can mend it.

const MOST_KEYS = 10,
  LONGEST = 255;

/** A function that looks at each call about to be made; `report(code, sentence)`. `forget` is for the next visitor. */
export const adviser = (report) => {
  let isKnown;
  const look = (method, payload) => {
    let count = 0;
    let isBare = true;
    for (const key in payload) {
      const value = payload[key];
      count++;
      if (typeof value === "string" && value.length > LONGEST) {
        report("value_too_long", `"${key.slice(0, 50)}" has over ${LONGEST} characters, which Intercom cuts off`);
      }
      isBare &&= value == null || key === "email" || key === "user_hash" || key === "widget";
    }
    if (method === "trackEvent") {
      if (count > MOST_KEYS) report("metadata_many", `Of an event's metadata, Intercom is sure to keep only ${MOST_KEYS} keys`);
      return;
    }
    isKnown ||= payload.user_id || payload.email;
    if (payload.email && isBare) {
      report("identify_ignored", "Intercom ignores an update of only email and user_hash: map one more trait, or last_request_at");
    }
    if (payload.company && !isKnown) {
      report("group_before_identify", "Intercom ignores the company of someone it does not know: call identify before group");
    }
  };
  const forget = () => {
    isKnown = false;
  };
  return { look, forget };
};
