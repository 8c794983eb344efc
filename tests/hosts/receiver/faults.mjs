// A day on which everything fails: receivers are killed, stopped or cut off from their database, it is restarted, Intercom is down, limits, and loses answers. Senders do what
// webhooks do: they send again until they are answered.
import { seededRandom } from "../../intercom/random.mjs";
import { findFaults, makePeople } from "./people.mjs";
import { until } from "../until.mjs";
import { openFolder, openIntercom, openQueueFolder, startReceiver } from "./program.mjs";
import { openProxy } from "./proxy.mjs";
import { AUTHORIZATION } from "./requests.mjs";

const SENDERS = 8;
// Milliseconds an event.
const PACE = 2;
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Sends each person's events in order, one or several at a time, to any of the receivers, each until it is answered 200. */
async function send(people, draw, urls, counts) {
  const body = (events) => JSON.stringify(events.length === 1 ? events[0] : events);
  const headers = { authorization: AUTHORIZATION, "content-type": "application/json" };
  const open = people.map(({ events }) => [...events]);
  while (open.some((events) => events.length > 0)) {
    const events = open.filter((events) => events.length > 0);
    const own = events[Math.floor(draw() * events.length)];
    const some = own.splice(0, draw() < 0.5 ? 1 : 1 + Math.floor(draw() * 5));
    for (;;) {
      const url = urls[Math.floor(draw() * urls.length)];
      const response = await fetch(`${url}/events`, { method: "POST", headers, body: body(some) }).catch(() => undefined);
      await response?.text().catch(() => {});
      if (response?.status === 200) break;
      counts.repeated += some.length;
      await sleep(50);
    }
    counts.sent += some.length;
    await sleep(PACE * some.length * SENDERS);
  }
}

/** What happens at Intercom, by turns, until `isOver()`. */
async function weather(intercom, draw, isOver) {
  const turns = [
    { kind: "503", chance: 1 },
    { kind: "429", chance: 0.7, retryAfter: 1 },
    { kind: "lost", chance: 0.2 },
    { kind: "reset", chance: 0.3 },
  ];
  for (let turn = 0; !isOver(); turn++) {
    await sleep(1_500 + draw() * 2_000);
    intercom.addFault(turns[turn % turns.length]);
    await sleep(500 + draw() * 1_500);
    intercom.clearFaults();
  }
}

/** A receiver that can be ended and started again at its port; with PostgreSQL its connections can be cut. */
async function openStation({ folder, baseUrl, database }) {
  const proxy = database && (await openProxy(database));
  const environment = proxy ? { DATABASE_URL: proxy.url } : {};
  const start = (port) => startReceiver({ folder, baseUrl, environment, port });
  let receiver = await start(0);
  const { url } = receiver;
  const again = async () => void (receiver = await start(Number(new URL(url).port)));
  return {
    url,
    get: (path) => receiver.get(path),
    stop: () => receiver.stop(),
    again,
    kill: () => receiver.kill().then(again),
    restart: () => receiver.stop().then(again),
    async cut(ms) {
      proxy.cut();
      await sleep(ms);
      proxy.mend();
    },
    close: () => proxy?.close(),
  };
}

/** What happens to a receiver: always a kill where it is alone, else now and then something milder, for the others to take over and give back. */
async function befall({ stations, postgres, draw, counts }) {
  const station = stations[Math.floor(draw() * stations.length)];
  if (postgres && counts.kills % 10 === 5) {
    postgres.restart();
    counts.restarts++;
  }
  const kind = stations.length === 1 ? 0 : Math.floor(draw() * 3);
  if (kind === 0) await station.kill();
  else if (kind === 1) await station.restart();
  else await station.cut(500 + draw() * 4_000);
  counts.kills++;
}

/**
 * Runs it; gives counts, and `faults` that should all be 0. `kills` at random moments while `events` are sent; `postgres`, if there is one, is
 * restarted with every tenth, and `receivers` share it.
 */
export async function runFaults({ events, kills, seed, postgres, receivers = 1, withLeads = false, say = () => {} }) {
  const draw = seededRandom(seed);
  const folder = postgres ? openFolder("faults") : await openQueueFolder("faults");
  const { intercom, url: baseUrl, close } = await openIntercom({ random: seed, rate: { limit: 5_000 }, searchLag: withLeads ? 30 : 0 }, 5);
  const people = makePeople({ count: events / 40, each: 40, withLeads });
  const database = postgres?.database(`faults_${seed}_${receivers}`);
  const stations = [];
  for (let i = 0; i < receivers; i++) stations.push(await openStation({ folder, baseUrl, database }));
  let isSent = false;
  const counts = { sent: 0, repeated: 0, kills: 0, restarts: 0 };
  const parts = Array.from({ length: SENDERS }, (_, i) => people.filter((_, at) => at % SENDERS === i));
  const began = performance.now();
  const urls = stations.map(({ url }) => url);
  const sending = Promise.all(parts.map((part, i) => send(part, seededRandom(seed + i + 1), urls, counts))).finally(() => (isSent = true));
  const clouds = weather(intercom, seededRandom(seed + 100), () => isSent);
  // Kills are spread over the events, however long a restart takes.
  let next = 0;
  while (counts.kills < kills) {
    next += draw() * 2 * (events / kills);
    while (counts.sent < next && !isSent) await sleep(1);
    await sleep(draw() * 20);
    await befall({ stations, postgres, draw, counts });
    say(`${counts.kills} times ended or cut off, ${counts.sent} events sent`);
  }
  await sending;
  await clouds;
  intercom.clearFaults();
  say("all is sent");
  const [first] = stations;
  const isDelivered = async () => (await first.get("/health")).depth === 0;
  await until(isDelivered, "everything is delivered", 900_000).catch((error) => say(error.message));
  for (const station of stations) await station.stop();
  await first.again();
  const health = await first.get("/health");
  await first.stop();
  for (const station of stations) station.close();
  const state = intercom.state();
  await close();
  const { calls, limited, eaten, duplicates } = state.counters;
  const seconds = Math.round((performance.now() - began) / 1000);
  return {
    counts: { ...counts, people: people.length, calls, limited, eaten, duplicates, seconds },
    faults: { ...findFaults(people, state), left: health.depth, dead: health.dead },
  };
}
