// Events that were put aside: listed, sent again, or dropped for good.
import { failure } from "../../../js/errors.js";

const MOST_TOGETHER = 500;

const summary = ({ id, at, data: { event, code, message } }, showsEvents) => {
  const read = JSON.parse(event);
  return { id, at: new Date(at).toISOString(), code, message, type: String(read.type), ...(showsEvents && { event: read }) };
};

// Another message id: what was dropped is known under its own, and would be taken for a replay.
const again = ({ id, at, data }) => ({ ...JSON.parse(data.event), messageId: `${id}/${+new Date(at)}` });
const sendAgain = (queue) => (jobs) =>
  queue.insertAs(
    jobs.map(({ id }) => id),
    jobs.map(again),
  );

/** Each of them, or those with `ids`; gives how many. */
const each = async (queue, ids, work) => {
  let count = 0;
  for (;;) {
    const some = await queue.dead.list(ids, MOST_TOGETHER);
    if (some.length === 0) return count;
    await work(some);
    await queue.dead.remove(some.map(({ id }) => id));
    count += some.length;
  }
};

/** Answers `{ command: "list" | "retry" | "drop", ids?, most?, showsEvents? }`. */
export const answerDead = async (queue, { command, ids, most = 1000, showsEvents = false }) => {
  if (command === "list") return (await queue.dead.list(ids, most)).map((job) => summary(job, showsEvents));
  if (command === "retry") return each(queue, ids, sendAgain(queue));
  if (command === "drop") return each(queue, ids, async () => {});
  throw failure("command_unknown", `There is no command "${command}"`);
};
