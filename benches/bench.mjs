// Segment's published build (peer), ours, and plain JavaScript written by hand, beside each other in headless Chromium.
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { executablePath, webkitPrograms } from "../scripts/browser.mjs";
import { Failure, output, root, seconds } from "../scripts/command.mjs";
import { measureBytes } from "./bytes.mjs";
import { cases } from "./cases.mjs";
import { measureEvents, measureHeap } from "./events.mjs";
import { measureLoading } from "./loading.mjs";
import { rowsOf, tableOf } from "./report.mjs";
import { openBrowser } from "./server.mjs";
import { measureVisits } from "./visit.mjs";

const known = [...Object.keys(cases), "loading", "visits", "heap", "bytes", "engines"];
const usage = `npm run bench -- [--rounds N] [--only name,name] [--json]
names: ${known.join(" ")}`;

// Beside Chromium; those that are not installed are left out.
const engines = [
  { name: "Firefox", browser: "firefox", isInstalled: () => executablePath("firefox") },
  { name: "WebKit", browser: "webkit", isInstalled: webkitPrograms },
];

const method = `Medians [quartiles] of the rounds; a ratio is the median of the rounds' own ratios. In each round every side takes its turn, in
alternating order. An event goes to every plugin of a side as a loader sends it; promises are awaited a hundred at a time, and
belong to the time. The widget and every file come from this machine at once. Before timing, the calls that all sides make for
the events were compared and were equal.`;

function options(args) {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: "string", default: "7" }, only: { type: "string" }, json: { type: "boolean" } },
  });
  const rounds = Number(values.rounds);
  const only = values.only?.split(",") ?? known;
  const strange = only.find((name) => !known.includes(name));
  if (strange !== undefined || !(rounds >= 1)) throw new Failure(usage);
  return { rounds, only, json: values.json };
}

/** What `work(place)` measures in the browser, with `version`. */
async function inBrowser(name, work) {
  const place = await openBrowser(name);
  try {
    const measured = await work(place);
    if (place.unexpected.length > 0) throw new Failure(`The pages asked for ${place.unexpected.join(", ")}, which nobody serves.`);
    return { ...measured, version: place.browser.version() };
  } finally {
    await place.close();
  }
}

const measure = ({ rounds, only, say }) =>
  inBrowser("chromium", async (place) => {
    const names = Object.keys(cases).filter((name) => only.includes(name));
    const found = {};
    if (names.length > 0) found.events = await measureEvents(place, names, rounds, say);
    if (only.includes("loading")) found.loading = await measureLoading(place, rounds, say);
    if (only.includes("visits")) found.visits = await measureVisits(place, rounds, say);
    if (only.includes("heap")) found.heap = await measureHeap(place, Math.min(rounds, 3), say);
    return { found };
  });

/** `[{ engine, version, rows }]`: the presets' events in each other engine. */
async function measureEngines({ rounds, say }) {
  const presets = Object.keys(cases).filter((name) => cases[name].isPreset);
  const measured = [];
  for (const { name, browser } of engines.filter(({ isInstalled }) => isInstalled())) {
    const rows = async (place) => {
      const events = await measureEvents(place, presets, rounds, (text) => say(`${name}, ${text}`));
      return { engine: name, rows: rowsOf({ events }) };
    };
    measured.push(await inBrowser(browser, rows));
  }
  return measured;
}

/** Measures what `args` ask for, and prints it. */
export async function bench(args) {
  const start = performance.now();
  const { rounds, only, json } = options(args);
  const say = (text) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);
  const { found, version } = await measure({ rounds, only, say });
  if (only.includes("bytes")) found.bytes = await measureBytes(say);
  const others = only.includes("engines") ? await measureEngines({ rounds, say }) : [];
  say("");
  const machine = {
    cpu: `${cpus().length} × ${cpus()[0].model.trim()}`,
    system: `${process.platform} ${process.arch}`,
    chromium: version,
    node: process.version,
  };
  const rows = rowsOf(found);
  if (json) {
    const commit = output("git", ["-C", root, "rev-parse", "--short", "HEAD"]);
    return console.log(
      JSON.stringify({ date: new Date().toISOString().slice(0, 10), commit, machine, rounds, rows, engines: others }, null, 1),
    );
  }
  const tables = others.map(({ engine, version, rows }) => `\n\n${engine} ${version}\n\n${tableOf(rows)}`);
  console.log(
    `${Object.values(machine).join(", ")}; ${rounds} rounds\n\n${tableOf(rows)}${tables.join("")}\n\n${method}\nTook ${seconds(start)}.`,
  );
}
