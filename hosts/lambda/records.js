// What SQS hands over.

/** Standard queues may have message groups too, which say nothing about order. */
export const isFifo = ({ eventSourceARN }) => /\.fifo$/.test(eventSourceARN ?? "");

const unreadable = (message) => ({ events: [], refused: [{ status: "dropped", code: "body_unreadable", message, warnings: [] }] });

/** The events of a record: its body is the JSON of one event or of a list of events. */
export const readBody = ({ body }) => {
  let read;
  try {
    read = JSON.parse(body);
  } catch (error) {
    // The message quotes the body, which is about a person.
    const [, position] = /position (\d+)/.exec(error.message) ?? [];
    const place = position ? `character ${Number(position) + 1}` : "its end";
    return unreadable(`The body is not JSON: it can't be read at ${place}.`);
  }
  if (typeof read !== "object" || read === null) return unreadable("The body is not an event or a list of events.");
  return { events: Array.isArray(read) ? read : [read] };
};
