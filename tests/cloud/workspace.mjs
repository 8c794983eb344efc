// Cloud mode with the stand-in for Intercom behind its `fetch`, on a clock that moves only when told to.
import { createCloud } from "../../pkg/intercom-destination.cloud.js";
import { createClock } from "../intercom/clock.mjs";
import { standInFetch } from "../intercom/fetch.mjs";
import { createIntercom } from "../intercom/intercom.mjs";

export const TOKEN = "dG9rOnRoZS1zZWNyZXQ=";

const attributes = ["plan", "tier"].flatMap((name) => ["contact", "company"].map((model) => ({ model, name, data_type: "string" })));

/** A destination and its workspace. `settings` are added to those of `createCloud`, all else is for the stand-in. */
export async function open({ settings, latency = 200, ...options } = {}) {
  const clock = createClock();
  const intercom = createIntercom({ now: clock.now, attributes, token: TOKEN, ...options });
  const standIn = standInFetch(intercom, { latency, setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout });
  const sent = [];
  const errors = [];
  const fetch = (url, init) => {
    sent.push({ url, ...init });
    return standIn(url, init);
  };
  const cloud = await createCloud({ accessToken: TOKEN, fetch, clock, onError: (error) => errors.push(error), ...settings });
  const deliver = (events) => clock.run(cloud.deliver(events));
  return { clock, intercom, cloud, deliver, sent, errors, state: () => intercom.state() };
}

/** Delivers, and hands in again what is to be sent again, until nothing is. */
export async function deliverFully({ clock, deliver }, events) {
  let rest = events;
  const outcomes = [];
  while (rest.length > 0) {
    const batch = await deliver(rest);
    outcomes.push(...batch.filter(({ status }) => status !== "retry"));
    const again = batch.flatMap((outcome, i) => (outcome.status === "retry" ? [i] : []));
    const due = Math.max(...again.map((i) => batch[i].retryAt));
    if (again.length > 0 && due > clock.now()) await clock.advance(due - clock.now());
    rest = again.map((i) => rest[i]);
  }
  return outcomes;
}

const at = (second) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
let messages = 0;
const event = (second, parts) => ({ messageId: `m-${++messages}`, timestamp: at(second), ...parts });

export const identify = (userId, traits, second = 0) => event(second, { type: "identify", userId, traits });
export const lead = (email, second = 0) => event(second, { type: "identify", anonymousId: `a-${email}`, traits: { email, role: "lead" } });
export const group = (userId, groupId, traits, second = 0) => event(second, { type: "group", userId, groupId, traits });
export const track = (userId, name, properties = {}, second = 0) => event(second, { type: "track", userId, event: name, properties });
