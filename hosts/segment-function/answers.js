// What Segment is told of an outcome. It retries 5xx and RetryError for four hours, and drops 4xx and all other errors.

// Types that the presets do not ask for, so that nobody misses them.
const UNASKED = ["page", "screen", "alias"];

const describe = ({ code, message }) => `${code}: ${message}`;

/** A row of what `onBatch` answers. */
export const statusOf = (outcome) => {
  if (outcome.status === "delivered") return { status: 200 };
  return { status: outcome.status === "retry" ? 503 : 400, errormessage: describe(outcome) };
};

// The sandbox's own classes; where one is missing, its name is what Segment goes by.
const classes = {
  RetryError: () => RetryError,
  ValidationError: () => ValidationError,
  EventNotSupported: () => EventNotSupported,
};

const errorOf = (name, message) => {
  try {
    return new (classes[name]())(message);
  } catch {
    return Object.assign(new Error(message), { name });
  }
};

/** What a single event's handler throws; undefined: it is done. */
export const errorFor = (event, outcome) => {
  if (outcome.status === "retry") return errorOf("RetryError", describe(outcome));
  if (outcome.status === "dropped") return errorOf("ValidationError", describe(outcome));
  if (outcome.code === "not_subscribed" && UNASKED.includes(event?.type)) return errorOf("EventNotSupported", describe(outcome));
};

/** What `onBatch` throws when it is given no list: nothing of it can be delivered, now or later. */
export const noList = () =>
  errorOf("ValidationError", describe({ code: "events_not_a_list", message: "onBatch() expects a list of events" }));

export const givenBack = ({ code = "function_fault", message }) => ({ status: "retry", code, message, warnings: [] });
