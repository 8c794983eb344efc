// A made-up day through Segment's code, as Segment delivers it: each event when it happens, and again after growing, random pauses for
// four hours.
import { createClock } from "../../intercom/clock.mjs";
import { standInFetch } from "../../intercom/fetch.mjs";
import { createIntercom } from "../../intercom/intercom.mjs";
import { seededRandom } from "../../intercom/random.mjs";

const HOUR = 3600_000;
const TIMEOUT = 10_000;
const FIRST_PAUSE = 5_000;

export const TOKEN = "dG9rOnRoZS1zZWNyZXQ=";

/** The fields' own defaults, and the role, which has none. */
export function subscriptions({ actions }) {
  const role = { "@if": { exists: { "@path": "$.userId" }, then: "user", else: "lead" } };
  return Object.entries(actions).map(([partnerAction, { fields, defaultSubscription }]) => {
    const defaults = Object.entries(fields).flatMap(([key, field]) => (field.default === undefined ? [] : [[key, field.default]]));
    const mapping = { ...(fields.role && { role }), ...Object.fromEntries(defaults) };
    return { partnerAction, name: partnerAction, enabled: true, subscribe: defaultSubscription, mapping };
  });
}

export const settingsOf = (definition) => ({
  subscriptions: subscriptions(definition),
  oauth: { access_token: TOKEN, refresh_token: "none" },
});

/** Lives the day; gives the workspace's state in the evening. */
export async function liveWithSegment(segment, { events, known }, { random, latency = 200, ...options }) {
  const clock = createClock();
  const intercom = createIntercom({ now: clock.now, token: TOKEN, random, ...options });
  intercom.seed({ contacts: known });
  const standIn = standInFetch(intercom, { latency, light: true, setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout });
  // Segment's own timeout runs by the system's clock, so this one, of the same length, comes in its place.
  segment.use(async (url, init) => {
    const abort = new AbortController();
    const timer = clock.setTimeout(() => abort.abort(), TIMEOUT);
    try {
      return await standIn(url, { ...init, signal: abort.signal });
    } finally {
      clock.clearTimeout(timer);
    }
  });
  const settings = settingsOf(segment.definition);
  const draw = seededRandom(random);
  const deliver = async ({ at, event }) => {
    await clock.sleep(at - clock.now());
    for (let pause = FIRST_PAUSE; clock.now() < at + 4 * HOUR; pause *= 2) {
      if ((await segment.deliver(event, settings)).status !== "retry") return;
      await clock.sleep(pause * (0.5 + draw()));
    }
  };
  await clock.run(Promise.all(events.map(deliver)));
  return intercom.state();
}
