// From the queue to the workspace's object, and what becomes of each event back to the queue.
import { LONGEST_DELAY, MOST_RETRIES } from "./limits.js";
import { sendTexts } from "./producer.js";
import { laneOf, log, workspaceOf } from "./workspaces.js";

/** `{ message, entry }` for each message that holds an event; the others are dead. */
const readAll = (messages) => {
  const read = [];
  const unreadable = [];
  for (const message of messages) {
    try {
      const { at, number, event } = JSON.parse(message.body);
      if (Object(event) !== event) throw new TypeError();
      read.push({ message, entry: { at, number, event } });
    } catch {
      unreadable.push({
        message,
        outcome: { code: "message_unreadable", message: "The message in the queue is not one of the receiver's." },
      });
    }
  }
  return { read, unreadable };
};

const lanesIn = (env, read) => {
  const lanes = new Map();
  for (const one of read) {
    const lane = laneOf(env, one.entry.event);
    if (!lanes.has(lane)) lanes.set(lane, []);
    lanes.get(lane).push(one);
  }
  return [...lanes];
};

/** Later with each attempt: an object that fails is not helped by haste. */
const failed = (attempts) => ({
  status: "retry",
  code: "workspace_failed",
  retryAt: Date.now() + Math.min(1000 * 2 ** attempts, 600_000),
});

const deliver = async (env, lane, messages) => {
  try {
    const outcomes = await workspaceOf(env, lane).deliver(
      lane,
      messages.map(({ entry }) => entry),
    );
    return messages.map((one, i) => ({ ...one, outcome: outcomes[i] }));
  } catch (error) {
    log("error", "The workspace's object failed; its events are delivered later", { lane, events: messages.length, name: error?.name });
    return messages.map((one) => ({ ...one, outcome: failed(one.message.attempts) }));
  }
};

const retry = ({ message, outcome }) => {
  const seconds = Math.ceil((outcome.retryAt - Date.now()) / 1000);
  message.retry({ delaySeconds: Math.min(Math.max(seconds, 1), LONGEST_DELAY) });
};

/** With a message id of its own: by the old one it is known, and would be dropped at once where it is sent again. */
const eventOf = ({ message, entry: { event } }) => ({ ...event, messageId: `${event.messageId}/${message.id}` });

const letterOf = (dead) => {
  const { message, entry, outcome } = dead;
  const event = entry ? eventOf(dead) : String(message.body);
  return JSON.stringify({ code: outcome.code, message: outcome.message, attempts: message.attempts, at: entry?.at, event });
};

/** Dead letters come first: an event that is gone from the queue must be in the other one. */
const bury = async (env, dead) => {
  if (dead.length === 0) return;
  for (const { message, outcome } of dead) log("warn", "An event was put aside", { id: message.id, code: outcome.code });
  try {
    await sendTexts(env.DEAD, dead.map(letterOf));
    for (const { message } of dead) message.ack();
  } catch (error) {
    log("error", "The dead-letter queue did not take events", { events: dead.length, name: error?.name });
    for (const one of dead) retry({ ...one, outcome: failed(one.message.attempts) });
  }
};

/** The queue's consumer. */
export const consume = async (batch, env) => {
  const { read, unreadable } = readAll(batch.messages);
  const settled = (await Promise.all(lanesIn(env, read).map(([lane, messages]) => deliver(env, lane, messages)))).flat();
  const isToCome = ({ message, outcome }) => outcome.status === "retry" && message.attempts <= MOST_RETRIES;
  for (const { message, outcome } of settled) if (outcome.status === "delivered") message.ack();
  for (const one of settled.filter(isToCome)) retry(one);
  await bury(env, [...unreadable, ...settled.filter((one) => one.outcome.status !== "delivered" && !isToCome(one))]);
};
