// Events into the queue, within Cloudflare's limits for a message and for a call.
import { hasId } from "../receiver/queued.js";
import { MESSAGE_BYTES, MOST_BYTES, MOST_MESSAGES } from "./limits.js";

const encoder = new TextEncoder();
const sizeOf = (body) => encoder.encode(body).length + MESSAGE_BYTES;

const callsOf = (bodies) => {
  const calls = [];
  let left = 0;
  for (const body of bodies) {
    const size = sizeOf(body);
    if (left < size || calls.at(-1).length === MOST_MESSAGES) {
      calls.push([]);
      left = MOST_BYTES;
    }
    calls.at(-1).push({ body, contentType: "text" });
    left -= size;
  }
  return calls;
};

/** Sends texts, in their order. Where it fails, some may have been sent. */
export const sendTexts = async (queue, bodies) => {
  for (const messages of callsOf(bodies)) await queue.sendBatch(messages);
};

/** Sends events with what tells their order, each with a message id. */
export const sendAll = (queue, events) => {
  const at = Date.now();
  const known = events.map((event) => (hasId(event) ? event : { ...event, messageId: crypto.randomUUID() }));
  return sendTexts(
    queue,
    known.map((event, number) => JSON.stringify({ at, number, event })),
  );
};
