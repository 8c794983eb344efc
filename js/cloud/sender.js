// Sends one request and reads its response. Whatever happens, there is a result, and nothing is thrown.
import { RESPONSE_READ } from "../limits.js";

// No byte of the request has left when one of these comes.
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

const readBody = async (response) => {
  const reader = response.body?.getReader?.();
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
    // The engine does not read more anyway; an endless body must not fill the memory.
    if (length > RESPONSE_READ) {
      reader.cancel().catch(() => {});
      break;
    }
  }
  if (chunks.length === 1) return chunks[0];
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
};

/**
 * A function that sends requests. `result` resolves to `{ status, headers, body }` or `{ failure: "notSent" | "cut" | "timedOut" }`;
 * `giveUp` waits no longer for it.
 */
export const createSender = ({ address, headers, readHeaders, requestTimeout }, { accessToken, fetch, clock }) => {
  const sent = { ...Object.fromEntries(headers), Authorization: `Bearer ${accessToken}` };

  const answer = async (request, signal) => {
    const { method, path, body } = request;
    // A redirect would take the token elsewhere.
    const response = await fetch(address + path, { method, headers: sent, body, signal, redirect: "manual" });
    const read = readHeaders.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null || value === undefined ? [] : [name, value];
    });
    return { status: response.status, headers: read, body: await readBody(response) };
  };

  return (request) => {
    const abort = globalThis.AbortController && new AbortController();
    let giveUp;
    // Not left to the signal alone: a fetch that was given may not know of it.
    const late = new Promise((done) => {
      giveUp = () => {
        abort?.abort();
        done({ failure: "timedOut" });
      };
    });
    const timer = clock.setTimeout(giveUp, requestTimeout);
    const failed = (error) => ({ failure: NOT_SENT.has(error?.cause?.code ?? error?.code) ? "notSent" : "cut" });
    const answered = answer(request, abort?.signal).catch(failed);
    const result = Promise.race([answered, late]).finally(() => clock.clearTimeout(timer));
    return { result, giveUp };
  };
};
