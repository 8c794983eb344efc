// Whose events go the same way. One receiver at a time delivers a partition, so that one person's events stay in order.

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

/** The partition of an event, from 0. */
export const partitionOf = (event, partitions) => (partitions === 1 ? 0 : hash(String(personOf(event))) % partitions);
