// Whether a request comes from somebody who knows the secrets. Web Crypto alone, so that it runs in Node and in Workers.
import { failure } from "../../js/errors.js";
import { refusal } from "./refusal.js";

const encoder = new TextEncoder();

const digest = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));

/** The time it takes tells nothing about where they differ. */
const isSame = (one, other) => {
  let difference = 0;
  for (let i = 0; i < one.length; i++) difference |= one[i] ^ other[i];
  return difference === 0;
};

const fromHex = (text) =>
  /^[0-9a-f]{40}$/i.test(text) ? Uint8Array.from(text.match(/../g), (byte) => Number.parseInt(byte, 16)) : undefined;

const texts = (given) => [given ?? []].flat();

/** A function that refuses a request without one of `accepted` in the header `Authorization`; each may be in use while they are changed. */
export const authorizer = (accepted) => {
  if (accepted === false) return async () => {};
  // A blank one would let in who sends an empty header.
  const secrets = texts(accepted).filter(Boolean);
  if (secrets.length === 0)
    throw failure(
      "authorization_missing",
      "The receiver needs a secret for the header Authorization: a signature covers a batch's first event only",
    );
  const expected = Promise.all(secrets.map(digest));
  return async (header) => {
    const given = await digest(header ?? "");
    const known = await expected;
    if (header === undefined || known.filter((one) => isSame(one, given)).length === 0)
      throw refusal(401, "authorization_wrong", "The header Authorization is missing or has another value than the receiver was given");
  };
};

/**
 * A function that refuses a body whose `X-Signature`, hex HMAC-SHA1, was not made with one of `secrets`. Segment and Customer.io sign a batch's
 * first event only: `first` is that event's part of the body.
 */
export const signatures = (secrets) => {
  const usage = { name: "HMAC", hash: "SHA-1" };
  const keys = Promise.all(
    texts(secrets).map((secret) => crypto.subtle.importKey("raw", encoder.encode(secret), usage, false, ["verify"])),
  );
  return async (header, body, first) => {
    const known = await keys;
    if (known.length === 0) return;
    const given = fromHex(header ?? "");
    if (!given) throw refusal(401, "signature_missing", "The header X-Signature is missing, or is not 40 hexadecimal digits");
    const parts = [first, ...(body === first ? [] : [body])].map((text) => encoder.encode(text));
    const checks = known.flatMap((key) => parts.map((bytes) => crypto.subtle.verify("HMAC", key, given, bytes)));
    if (!(await Promise.all(checks)).includes(true))
      throw refusal(401, "signature_wrong", "X-Signature was made with another secret, or for another body");
  };
};
