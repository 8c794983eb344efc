// A list of events through both whole destinations, one after the other, each with a workspace of its own.
import { createCloud } from "../../../pkg/intercom-destination.cloud.js";
import { createClock } from "../../intercom/clock.mjs";
import { standInFetch } from "../../intercom/fetch.mjs";
import { createIntercom } from "../../intercom/intercom.mjs";
import { settingsOf, TOKEN } from "./live.mjs";
import { NOW } from "./mends.mjs";

const SECOND = 1000;
/** What is not delivered is handed in again so often, after so long. */
const TRIES = 3;
const PAUSE = 60 * SECOND;

/** What a scene is compared by. */
const views = {
  calls: ({ calls }) => calls.map(({ method, path }) => `${method} ${path.replace(/\/[0-9a-f]{24}/, "/{id}")}`),
  bodies: ({ calls }) => calls.map(({ body }) => JSON.parse(body)),
  hosts: ({ hosts }) => [...new Set(hosts)],
  versions: ({ intercom }) => Object.keys(intercom.state().counters.versions),
  statuses: ({ statuses }) => statuses,
  contacts: ({ intercom }) =>
    intercom
      .state()
      .contacts.filter(({ status }) => status === "live")
      .map(({ role, external_id, email, last_seen_at, custom_attributes, events }) =>
        JSON.parse(JSON.stringify({ role, external_id, email, last_seen_at, custom_attributes, events: events.length })),
      ),
};

async function play({ events, contacts = [], standIn = {}, of }, connect) {
  const clock = createClock({ start: NOW });
  const calls = [];
  const hosts = [];
  const intercom = createIntercom({
    now: clock.now,
    attributes: "any",
    token: TOKEN,
    onCall: (call) => calls.push(call),
    switches: { unknownCompanyField: "ignore", wrongHost: "serve" },
    ...standIn,
  });
  intercom.seed({ contacts });
  const fetch = standInFetch(intercom, { light: true });
  const deliver = await connect((url, init) => {
    hosts.push(new URL(url).hostname);
    return fetch(url, init);
  }, clock);
  const statuses = events.map(() => "retry");
  for (let tries = 0; tries < TRIES; tries++) {
    for (const [i, event] of events.entries()) {
      if (statuses[i] !== "retry") continue;
      statuses[i] = await deliver(event);
      await clock.advance(SECOND);
    }
    await clock.advance(PAUSE);
  }
  return views[of]({ calls, hosts, intercom, statuses });
}

export const playOurs = (scene) =>
  play(scene, async (fetch, clock) => {
    const cloud = await createCloud({ accessToken: TOKEN, fetch, clock, patience: SECOND, ...scene.settings });
    return async (event) => (await clock.run(cloud.deliver([event])))[0].status;
  });

export const playSegment = (segment, scene) =>
  play(scene, async (fetch) => {
    segment.use(fetch);
    const settings = settingsOf(segment.definition);
    return async (event) => (await segment.deliver(event, settings)).status;
  });
