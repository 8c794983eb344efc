// What is counted, in Node and in Workers. No label has anything of an event in it.

export const PREFIX = "intercom_destination_";

/** What Prometheus is told of each series: its kind, and what it says. */
export const SERIES = {
  events_received_total: ["counter", "Events that were taken into the queue"],
  http_requests_total: ["counter", "Requests to the receiver, by code"],
  events_total: ["counter", "Events by what became of them; a retry is counted each time"],
  intercom_requests_total: ["counter", "Requests to Intercom by HTTP status; 0: there was no answer"],
  rate_limit: ["gauge", "Requests in Intercom's window of ten seconds, as it says itself"],
  rate_remaining: ["gauge", "Requests that are left in the window"],
  rate_share: ["gauge", "The share of the rate limit that is this receiver's"],
  queue_depth: ["gauge", "Events in the queue"],
  queue_oldest_seconds: ["gauge", "Age of the oldest event in the queue"],
};

/**
 * A `fetch` that is listened to: `answered(status)` hears of each request, with 0 where there was no answer, `left(name, value)` of the `limit` of
 * Intercom's window and what is `remaining` of it.
 */
export const observe =
  (fetch, { answered, left }) =>
  async (url, init) => {
    let status = 0;
    try {
      const response = await fetch(url, init);
      ({ status } = response);
      for (const name of ["limit", "remaining"]) {
        const told = response.headers.get(`x-ratelimit-${name}`);
        if (told) left(name, Number(told));
      }
      return response;
    } finally {
      answered(status);
    }
  };
