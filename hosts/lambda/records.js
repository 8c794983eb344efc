// What SQS hands over.
import { failure } from "../../js/errors.js";

/** The records of an event. Throws where it is not one of SQS: without a message id none of it can be told to come again. */
export const recordsOf = (event) => {
  const records = event?.Records;
  if (!Array.isArray(records)) throw failure("records_missing", "expected an event of SQS, with a list of Records");
  const wrong = records.findIndex((record) => typeof record !== "object" || record === null);
  if (wrong >= 0) throw failure("records_missing", `Records[${wrong}]: expected a record of SQS: an object`);
  return records;
};

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
