// The sentences of what a session tells a site; src/web/session/notice.rs has their codes, in the same order.

/** `[code, sentence]`; `%` stands for what it is about. */
export const NOTICES = [
  ["widget_unavailable", "Intercom's widget is not available: %"],
  ["queue_full", "More than 1000 events wait; later ones are dropped"],
  ["update_quota", "Intercom accepts 20 updates per page in 30 minutes; it may ignore further ones"],
  ["value_too_long", '"%" has over 255 characters, which Intercom cuts off'],
  ["metadata_many", "Intercom keeps at most 10 metadata keys per event"],
  ["identify_ignored", "Intercom ignores an update of only email and user_hash: map one more trait, or last_request_at"],
  ["group_before_identify", "Intercom ignores the company of someone it does not know: call identify before group"],
  ["other_workspace", "intercomSettings are another workspace's: only looks are used"],
  ["event_after_reset", "An event from before the reset is dropped"],
];

/** The numbers of those that JavaScript asks for. */
export const NOTICE = { widgetUnavailable: 0, queueFull: 1 };

/** The code and the sentence of a notice about `subject`. */
export const sentenceOf = (notice, subject = "") => {
  const [code, sentence] = NOTICES[notice];
  return [code, sentence.replace("%", () => subject.slice(0, 99))];
};
