// The address bar holds the page's state, behind the #, which no server ever sees: deflated, as text that fits into an address.
import { withoutProofs } from "../js/redact.js";

const VERSION = "1";
// A link is opened by whoever was sent it; what it unpacks to has an end.
const MOST_CHARACTERS = 2_000_000;

/** The fragment for what is worth saying; empty when that is nothing. */
export async function writeLink(said) {
  if (Object.keys(said).length === 0) return "";
  const text = JSON.stringify(withoutSecrets(said));
  const bytes = await transform(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  return `#${VERSION}.${base64url(bytes)}`;
}

/** What a fragment says; undefined for none. Throws an Error with a sentence for the person who opened the link. */
export async function readLink(fragment) {
  if (fragment.length < 2) return undefined;
  const [, version, body] = /^#(\d+)\.([\w-]+)$/.exec(fragment) ?? [];
  if (version === undefined) throw new Error("This link is damaged: what follows the # is not what this page writes");
  if (Number(version) > Number(VERSION)) throw new Error("This link was made by a newer version of this page");
  try {
    const bytes = await transform(bytesOf(body), new DecompressionStream("deflate-raw"));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Error("This link is damaged: perhaps a part of it was cut off");
  }
}

// What proves who a visitor is must not stay in an address, which ends up in histories and chats.
export function withoutSecrets(said) {
  const { drafts, subscriptions, cloud } = said;
  return {
    ...said,
    ...(cloud && { cloud: withoutSecrets(cloud) }),
    ...(drafts && { drafts: Object.fromEntries(Object.entries(drafts).map(([id, text]) => [id, withoutProofs(text)])) }),
    ...(subscriptions && {
      subscriptions: subscriptions.map((subscription) => ({ ...subscription, mapping: withoutProofs(subscription.mapping) })),
    }),
  };
}

async function transform(bytes, stream) {
  const parts = [];
  let length = 0;
  for (const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    length += value.length;
    if (length > MOST_CHARACTERS) throw new Error("too long");
    parts.push(value);
  }
}

function base64url(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
