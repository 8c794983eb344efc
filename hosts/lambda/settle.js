// What becomes of a record when the outcomes of its events are known.

// SQS's own limit, in seconds.
const LONGEST_DELAY = 12 * 3600;

/** A function that resolves to whether a record is done. */
export const createSettle = ({ onDropped, delay, clock, log }) => {
  const nameOf = (error) => error?.name ?? "no Error was thrown";

  const keep = async (record, dropped) => {
    const { messageId, attributes } = record;
    const attempt = Number(attributes?.ApproximateReceiveCount ?? 1);
    for (const each of dropped) log({ level: "error", status: "dropped", ...each, messageId, attempt });
    if (!onDropped) return false;
    try {
      await onDropped({ record, dropped });
      return true;
    } catch (error) {
      log({ level: "error", code: "on_dropped_failed", message: `onDropped() failed: ${nameOf(error)}`, messageId });
      return false;
    }
  };

  const postpone = async (record, outcomes) => {
    const retryAt = Math.max(...outcomes.map(({ retryAt }) => retryAt));
    const seconds = Math.min(Math.max(Math.ceil((retryAt - clock.now()) / 1000), 0), LONGEST_DELAY);
    try {
      await delay?.(record, seconds);
    } catch (error) {
      log({ level: "warn", code: "delay_failed", message: `delay() failed: ${nameOf(error)}`, messageId: record.messageId });
    }
  };

  return async (record, outcomes) => {
    const retried = outcomes.filter(({ status }) => status === "retry");
    if (retried.length > 0) {
      await postpone(record, retried);
      return false;
    }
    // Not before: what is dropped would be so again each time that the record comes.
    const dropped = outcomes.flatMap(({ status, code, message }, index) => (status === "dropped" ? [{ code, message, index }] : []));
    return dropped.length === 0 || keep(record, dropped);
  };
};
