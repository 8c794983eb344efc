// The receiver's HTTP side by itself, with a queue that is a list, and requests to it.
import { createHmac } from "node:crypto";
import { createReceiver } from "../../../hosts/receiver/app.js";

export const AUTHORIZATION = "Bearer receiver-secret";
export const SIGNING = "shared-secret";

export const track = (userId, properties = {}) => ({ type: "track", messageId: `m-${userId}`, userId, event: "Seen", properties });

export const sign = (text, secret = SIGNING) => createHmac("sha1", secret).update(text).digest("hex");

/** An app, what its queue has kept, and `post(body, headers)`, which gives `[status, answer]`. */
export function open({ authorization = AUTHORIZATION, signing, queue, limits, metrics } = {}) {
  const kept = [];
  const logged = [];
  const list = { send: async (events) => void kept.push(...events) };
  const log = (...line) => logged.push(line);
  const app = createReceiver({ secrets: { authorization, signing }, queue: queue ?? list, limits, metrics, log });

  const call = async (method, path, body, headers = {}) => {
    const text = body === undefined || typeof body === "string" || body instanceof ReadableStream ? body : JSON.stringify(body);
    const sent = { authorization: AUTHORIZATION, "content-type": "application/json", ...headers };
    for (const [name, value] of Object.entries(sent)) if (value === undefined) delete sent[name];
    const response = await app.request(`http://receiver${path}`, { method, body: text, headers: sent, duplex: "half" });
    const answer = await response.text();
    return Object.assign([response.status, answer.startsWith("{") ? JSON.parse(answer) : answer], { headers: response.headers });
  };
  return { app, kept, logged, call, post: (body, headers) => call("POST", "/events", body, headers) };
}
