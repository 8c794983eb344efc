// The codes of what a session tells a site, in the order of src/web/session/notice.rs.
export const NOTICES = [
  "widget_unavailable",
  "queue_full",
  "update_quota",
  "value_too_long",
  "metadata_many",
  "identify_ignored",
  "group_before_identify",
  "other_workspace",
  "event_after_reset",
  "user_jwt_missing",
];

/** The numbers of those that JavaScript asks for. */
export const NOTICE = { widgetUnavailable: 0, queueFull: 1 };

// As much of a visitor's own text as a sentence repeats.
const SHOWN = 99;

/** The code of a notice, and what it is about. */
export const noticeOf = (notice, subject = "") => [NOTICES[notice], subject.slice(0, SHOWN)];
