// The sentences of faults and warnings on a page. The engine's own are in src/error.rs, out of which the build takes them.
import { CODES, EXPECTED } from "../../pkg/sentences.js";
import { FILE_TIMEOUT } from "../limits.js";

/** Sentences of the page's, and of what a session tells; each `%` is one of the values. A code with two has that with more first. */
export const SENTENCES = [
  ["engine_fault", "An event could not be handled: %"],
  ["event_unreadable", "An event could not be read: %"],
  ["event_unreadable", "Skipped an event that is not an object"],
  ["consent_unavailable", "Intercom is not loaded: %"],
  ["liquid_unavailable", "Mappings with @liquid fail: %"],
  ["forward_unavailable", "Nothing is forwarded: %"],
  ["jwt_unavailable", "userJwt is not asked: %"],
  ["load_unavailable", "Intercom is loaded at once: %"],
  ["debug_unavailable", "The debug log cannot be written: its file did not come"],
  ["messenger_fault", 'Intercom\'s own "%" failed'],
  ["app_id_conflict", 'This page runs Intercom with the app id "%", so "%" is refused'],
  ["setting_activator", "activator: not a valid CSS selector"],
  ["widget_unavailable", "Intercom's widget is not available: %"],
  ["queue_full", "More than 1000 events wait; later ones are dropped"],
  ["update_quota", "Intercom accepts 20 updates per page in 30 minutes; it may ignore further ones"],
  ["value_too_long", '"%" has over 255 characters, which Intercom cuts off'],
  ["metadata_many", "Intercom keeps at most 10 metadata keys per event"],
  ["identify_ignored", "Intercom ignores an update of only email and user_hash: map one more trait, or last_request_at"],
  ["group_before_identify", "Intercom ignores the company of someone it does not know: call identify before group"],
  ["other_workspace", "intercomSettings are another workspace's: only looks are used"],
  ["event_after_reset", "An event from before the reset is dropped"],
  ["user_jwt_missing", "userJwt gave no token in time; Intercom is told of the user without a new one"],
];

/** Why something did not come. */
const CAUSES = {
  late: "it did not load within % ms",
  silent: "its script loaded but did not start",
  policy: "the page's Content-Security-Policy does not allow widget.intercom.io",
  offline: "the browser is offline",
  blocked: "it is blocked, or the app id is wrong",
  late_file: `it did not load within ${FILE_TIMEOUT} ms`,
  silent_file: "its file did not start",
  blocked_file: "its file is blocked",
};

const filled = (text, values) => values.reduce((text, value) => text.replace("%", () => value), text);

const CODE = CODES.split("\n");
const EXPECTATION = EXPECTED.split("\n");

/** The sentence of a fault or a warning. The engine's have a location and what was found there; a sentence that is made elsewhere is a value. */
export const sentenceOf = (code, values) => {
  const own = CODE.indexOf(code);
  if (own >= 0) return `${values[0]}: ${EXPECTATION[own]}${values[1] && `, found ${values[1]}`}`;
  const [, text] = SENTENCES.find(([of, text]) => of === code && text.split("%").length <= values.length + 1) ?? [code, "%"];
  const [first, ...rest] = values;
  const cause = code.endsWith("_unavailable") && CAUSES[first];
  return filled(text, cause ? [filled(cause, rest)] : values);
};
