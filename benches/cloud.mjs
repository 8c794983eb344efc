// Made-up days through Segment's published Cloud mode and through ours, on the stand-in for Intercom: what the workspace
// holds in the evening, the calls, and the time that an event takes, each measured in turn in this process.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { createCloud } from "../pkg/intercom-destination.cloud.js";
import { Failure } from "../scripts/command.mjs";
import { days, judge, live, plan } from "../tests/cloud/days.mjs";
import { open } from "../tests/cloud/workspace.mjs";
import { liveWithSegment, settingsOf, TOKEN } from "../tests/oracle/cloud/live.mjs";
import { openSegment } from "../tests/oracle/cloud/segment.mjs";
import { createClock } from "../tests/intercom/clock.mjs";
import { createIntercom } from "../tests/intercom/intercom.mjs";

const COLUMNS = [
  ["doubled", "contacts doubled"],
  ["lost", "events lost"],
  ["unattached", "attachments missing"],
  ["wrong", "contacts with wrong fields"],
  ["cents", "prices wrong in cents"],
  ["unordered", "people with events out of order"],
];

const sum = (list) => list.reduce((total, one) => total + one, 0);
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

async function liveWithOurs(day, options) {
  const workspace = await open(options);
  workspace.intercom.seed({ contacts: day.known });
  await live(workspace, day.events);
  return workspace.state();
}

/** What is wrong in the evening, over all seeds, and the calls of an event. */
async function evening(liveDay, options, seeds) {
  const results = [];
  for (const seed of seeds) {
    const day = plan(seed);
    results.push(judge(await liveDay(day, { random: seed, ...options }), day));
  }
  const wrong = Object.fromEntries(COLUMNS.map(([key]) => [key, sum(results.map((result) => result[key]))]));
  return { ...wrong, calls: sum(results.map(({ calls }) => calls)) / results.length };
}

/** A `fetch` of the stand-in whose own time is counted, so that it can be taken off. */
function timedFetch(now) {
  const intercom = createIntercom({ now, token: TOKEN, rate: { limit: 1e6 } });
  let spent = 0;
  const fetch = async (url, { method, headers, body = "" }) => {
    const began = process.cpuUsage();
    const { hostname, pathname } = new URL(url);
    const answer = intercom.handle({ method, host: hostname, path: pathname, headers, body });
    const lower = new Map(Object.entries(answer.headers));
    const bytes = new TextEncoder().encode(answer.body);
    spent += microseconds(process.cpuUsage(began));
    return {
      status: answer.status,
      headers: { get: (name) => lower.get(name) ?? null, [Symbol.iterator]: () => lower.entries() },
      text: async () => answer.body,
      arrayBuffer: async () => bytes,
    };
  };
  return { fetch, spent: () => spent };
}

const microseconds = ({ user, system }) => user + system;

/** Processor time of an event in ms: all of this process's but the stand-in's. */
async function cost(count, timed, work) {
  const began = process.cpuUsage();
  await work();
  return (microseconds(process.cpuUsage(began)) - timed.spent()) / count / 1000;
}

async function segmentCost(segment, { events }, isPublished) {
  let now = 0;
  const timed = timedFetch(() => now);
  segment.use(timed.fetch, isPublished);
  const settings = settingsOf(segment.definition);
  return cost(events.length, timed, async () => {
    for (const { at, event } of events) {
      now = at;
      await segment.deliver(event, settings);
    }
  });
}

async function ourCost({ events }) {
  const clock = createClock();
  const timed = timedFetch(clock.now);
  const cloud = await createCloud({ accessToken: TOKEN, fetch: timed.fetch, clock });
  const deliver = (batch) => clock.run(cloud.deliver(batch));
  return cost(events.length, timed, () => live({ clock, deliver }, events));
}

/** Both sides' evenings of one kind of day. */
async function compareDays(segment, { title, options, most }, seeds) {
  const segments = await evening((day, given) => liveWithSegment(segment, day, given), options, seeds);
  const ours = await evening(liveWithOurs, options, seeds);
  const faults = COLUMNS.filter(([key]) => ours[key] > 0).map(([, name]) => name);
  if (faults.length > 0) throw new Failure(`On a day with ${title} there are ${faults.join(", ")}.`);
  if (ours.calls >= most) throw new Failure(`On a day with ${title} an event takes ${ours.calls} calls.`);
  return [segments, ours];
}

/** Medians of ms an event: Segment's without its library for requests and with it, and ours. */
async function compareCosts(segment, rounds) {
  const ways = [(day) => segmentCost(segment, day), (day) => segmentCost(segment, day, true), ourCost];
  const times = ways.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    const day = plan(100 + round);
    for (const [i, way] of ways.entries()) {
      const time = await way(day);
      // The first round warms all up.
      if (round > 0) times[i].push(time);
    }
  }
  return times.map(median);
}

const cells = (name, list) => `| ${[name, ...list].join(" | ")} |`;

export async function bench(args) {
  const options = { days: { type: "string", default: "4" }, rounds: { type: "string", default: "5" } };
  const { values } = parseArgs({ args, options });
  const seeds = Array.from({ length: Number(values.days) }, (_, i) => i + 1);
  const segment = openSegment();
  const evenings = [];
  for (const day of days) evenings.push(...(await compareDays(segment, day, seeds)));
  const [bare, published, ours] = await compareCosts(segment, Number(values.rounds));
  const titles = days.flatMap(({ title }) => [`${title}: Segment's`, "this"]);
  const table = [
    ["", titles],
    ["---", titles.map(() => "--:")],
    ...COLUMNS.map(([key, name]) => [name, evenings.map((one) => one[key])]),
    ["calls an event", evenings.map(({ calls }) => calls.toFixed(2))],
  ];
  const events = sum(seeds.map((seed) => plan(seed).events.length));
  const node = process.versions.node.split(".")[0];
  console.log(`\n${seeds.length} days of each kind, ${events} events\n`);
  for (const [name, list] of table) console.log(cells(name, list));
  console.log(`\nProcessor time an event, the stand-in's taken off, median of ${values.rounds} days`);
  console.log(`${cpus().length} × ${cpus()[0].model.trim()}, ${process.platform} ${process.arch}, Node ${node}\n`);
  console.log(`| | ms | ÷ this |\n| --- | --: | --: |`);
  const rows = { "Segment's": published, "Segment's without node-fetch": bare, this: ours };
  for (const [name, time] of Object.entries(rows)) console.log(cells(name, [time.toFixed(3), (time / ours).toFixed(1)]));
}
