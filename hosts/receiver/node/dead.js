// Events that were put aside: listed, sent again, or dropped for good.
import { failure } from "../../../js/errors.js";

const MOST_TOGETHER = 500;

const summary = ({ id, at, data: { event, code, message } }, showsEvents) => {
  const read = JSON.parse(event);
  return { id, at: new Date(at).toISOString(), code, message, type: String(read.type), ...(showsEvents && { event: read }) };
};

// Another message id: what was dropped is known under its own, and would be taken for a replay.
const again = ({ id, at, data }) => ({ ...JSON.parse(data.event), messageId: `${id}/${+new Date(at)}` });
// Under ids of the queue's own: one that is put aside again at once is another letter than the one that is removed here.
const sendAgain = (queue) => (jobs) => queue.insert(jobs.map(again));

/** Each of them, or those with `ids`; gives how many. What is put aside in the meantime is left alone: it comes behind those that are there. */
const each = async (queue, ids, work) => {
  const all = ids?.length ?? (await queue.counts()).dead;
  let count = 0;
  while (count < all) {
    const some = await queue.dead.list(ids, Math.min(all - count, MOST_TOGETHER));
    if (some.length === 0) break;
    await work(some);
    await queue.dead.remove(some.map(({ id }) => id));
    count += some.length;
  }
  return count;
};

/** Answers `{ command: "list" | "retry" | "drop", ids?, most?, showsEvents? }`. */
export const answerDead = async (queue, { command, ids, most = 1000, showsEvents = false }) => {
  if (command === "list") return (await queue.dead.list(ids, most)).map((job) => summary(job, showsEvents));
  if (command === "retry") return each(queue, ids, sendAgain(queue));
  if (command === "drop") return each(queue, ids, async () => {});
  throw failure("command_unknown", `There is no command "${command}"`);
};
