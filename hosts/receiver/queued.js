// What the queues know of an event and its outcome, in Node and in Workers.

/** By its message id an event is recognised when it comes again. */
export const hasId = ({ messageId }) => typeof messageId === "string" && messageId !== "";

/** Codes of what waits for something that later events or Intercom's index bring: for these others go on. */
export const ASIDE = new Set(["contact_missing", "lead_unclear", "behind_another"]);

/** What an event says of who it is about. Not the anonymous id first: two of them with one e-mail address are one lead at Intercom. */
const personOf = ({ userId, traits, properties, context, anonymousId }) => {
  const email = [traits, properties, context?.traits].map((place) => place?.email).find((one) => typeof one === "string");
  return userId ?? email?.trim().toLowerCase() ?? anonymousId ?? "";
};

/** FNV-1a. */
const hash = (text) => {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  // The lowest bits of the sum are the weakest.
  return (sum ^ (sum >>> 15)) >>> 0;
};

/** The partition of an event, from 0: each is delivered in one place at a time, so that one person's events stay in order. */
export const partitionOf = (event, partitions) => (partitions === 1 ? 0 : hash(String(personOf(event))) % partitions);
