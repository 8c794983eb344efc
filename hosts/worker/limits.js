// Cloudflare's limits, and what is left of them.

// A message may have 128,000 bytes; some are for what stands around the event, here and in a dead letter.
export const MOST_EVENT_BYTES = 126_000;
// A call may have 100 messages and 256,000 bytes, with about 100 for each message's own data.
export const MOST_MESSAGES = 100;
export const MOST_BYTES = 250_000;
export const MESSAGE_BYTES = 100;

/** That of wrangler.jsonc, which is Cloudflare's largest. */
export const MOST_RETRIES = 100;
/** Seconds until a message comes again. */
export const LONGEST_DELAY = 43_200;
