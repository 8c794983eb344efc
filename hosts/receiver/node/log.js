// One line of JSON for each thing that happens. Nothing of an event is in it but its id in the queue.

export const createLog =
  (stream) =>
  (level, message, fields = {}) =>
    stream.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
