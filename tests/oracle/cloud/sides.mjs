// One case at Segment's code and at ours: what each writes into a workspace of its own, and whether the event is delivered.
import { createCloud } from "../../../pkg/intercom-destination.cloud.js";
import { createClock } from "../../intercom/clock.mjs";
import { standInFetch } from "../../intercom/fetch.mjs";
import { createIntercom } from "../../intercom/intercom.mjs";
import { loseFields, mendFetch, mendPayload, NOW, on } from "./mends.mjs";

const TOKEN = "dG9rOnRoZS1zZWNyZXQ=";
/** So often an event is handed in again before it counts as not delivered. */
const TRIES = 4;
const PAUSE = 60_000;

const TYPES = { identifyContact: "identify", groupIdentifyContact: "group", trackEvent: "track" };

/** A workspace with somebody in it. What is fine with Segment's code and not with the stand-in's strict checks is let through. */
function workspace({ contacts = [], faults = [], standIn = {} }) {
  const clock = createClock({ start: NOW });
  const calls = [];
  const switches = { unknownCompanyField: "ignore", badTime: "ignore", badPrice: "keep", longText: "cut", invalidEmail: "accept" };
  const options = { attributes: "any", owners: [1, 5], faults, token: TOKEN, switches, ...standIn };
  const intercom = createIntercom({ now: clock.now, onCall: (call) => calls.push(call), ...options });
  intercom.seed({ contacts });
  return { clock, calls, intercom, fetch: standInFetch(intercom, { light: true }) };
}

/** What was written, but for the same once more: kind, whose, body. How a request names its contact is not compared, but whom it reaches. */
function writesOf({ calls, intercom }) {
  const { contacts } = intercom.state();
  const writes = calls.filter(({ isWritten, method, path }) => isWritten && method !== "GET" && path !== "/contacts/search");
  const named = writes.map(({ method, path, body }) => {
    const given = body ? JSON.parse(body) : undefined;
    if (path === "/events") return ["event", reached(contacts, given), unnamed(given)];
    if (/^\/contacts(\/[0-9a-f]{24})?$/.test(path) && method !== "DELETE")
      return ["contact", path.split("/")[2] ?? created(contacts, given), given];
    return [`${method} ${path}`, given];
  });
  const all = new Map();
  for (const [kind, whose, body] of named) {
    // What a contact is written in several requests, after an answer was lost, is one write to it.
    const key = kind === "contact" ? `contact ${whose}` : JSON.stringify([kind, whose, body]);
    const before = all.get(key)?.[2];
    all.set(key, body === undefined ? [kind, whose] : [kind, whose, { ...before, ...body }]);
  }
  return [...all.values()];
}

// Told by its names: a fault may have taken the answer.
const created = (contacts, { role, external_id = null, email = null }) =>
  contacts.find((one) => one.role === role && (role === "user" && external_id ? one.external_id === external_id : one.email === email))?.id;

const unnamed = ({ id, user_id, email, ...event }) => event;

// By e-mail it is a user; a lead is reached by Intercom's id alone.
const reached = (contacts, { id, user_id, email }) => {
  const by = { id, external_id: id ? undefined : user_id, email: id || user_id ? undefined : email };
  const [key, name] = Object.entries(by).find(([, name]) => name !== undefined);
  return contacts.find((one) => one[key] === name && (key === "id" || one.role === "user"))?.id;
};

const result = (place, isDelivered, rest) => ({ writes: writesOf(place), isDelivered, ...rest });

export async function askOurs({ action, mapping, event, settings, ...about }) {
  const place = workspace(about);
  const { clock, fetch } = place;
  const subscriptions = [{ partnerAction: action, name: "a", enabled: true, subscribe: `type = "${TYPES[action]}"`, mapping }];
  const cloud = await createCloud({ accessToken: TOKEN, subscriptions, fetch, clock, ...settings });
  let outcome = { status: "retry", retryAt: 0 };
  for (let tries = 0; tries < TRIES && outcome.status === "retry"; tries++) {
    await clock.advance(Math.max(0, outcome.retryAt - clock.now()));
    [outcome] = await clock.run(cloud.deliver([event]));
  }
  return result(place, outcome.status === "delivered", { outcome, calls: place.calls });
}

export async function askSegment(segment, { action, mapping, event, ...about }) {
  const place = workspace(about);
  const payload = mendPayload(action, segment.transform(mapping, event), event);
  const met = {};
  segment.use(mendFetch(place.fetch, payload, met));
  let outcome = { status: payload ? "retry" : "dropped" };
  for (let tries = 0; tries < TRIES && outcome.status === "retry"; tries++) {
    outcome = await segment.execute(action, payload, TOKEN);
    if (on.has("bad-field") && outcome.error?.name === "AggregateAjvError" && loseFields(payload, outcome.error)) outcome.status = "retry";
    await place.clock.advance(PAUSE);
  }
  // Ours gives a group back until its contact is there.
  const isLate = on.has("late-contact") && action === "groupIdentifyContact" && met.missed;
  return result(place, outcome.status === "delivered" && !isLate, { calls: place.calls });
}
