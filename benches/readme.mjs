// The README's table of what was measured, out of benches/results.json.

const head = ["measure", "Segment's build", "this plugin", "ratio", "by hand", "this plugin ÷ by hand"];

// One line for each row of the results that a reader asks for.
const lines = {
  track: "track, preset, µs",
  identify: "identify, preset, µs",
  page: "page, preset, µs",
  group: "group, preset, µs",
  nothing: "event that matches nothing, µs",
  fifty: "50 subscriptions, µs",
  directives: "a mapping with every directive Segment's build knows, µs",
  cold: "script arrival to plugin ready, first visit, ms",
  warm: "the same, third visit, ms",
  event: "script arrival to first event heard, ms",
  task: "longest task while loading, ms",
  "blocking-now": "blocking time of a visit, processor four times slower, ms",
  "blocking-idle": 'the same, `load: "idle"`, ms',
  "blocking-launcher": 'the same, `load: "launcher"`, ms',
  "tag-raw": "drop-in, bytes",
  "tag-gzip": "drop-in, gzip",
  "tag-brotli": "drop-in, brotli",
  "npm-brotli": "from npm through webpack, brotli",
};

const spell = (value) => (value >= 1000 ? Math.round(value).toLocaleString("en") : value.toFixed(value >= 10 ? 1 : 2));
const ratio = (value) => (value ? value.median.toFixed(1) : "");

function cells({ name, group, sides, peerToOurs, oursToPlain }) {
  // What a few hundred hand-written bytes weigh says nothing beside the others.
  const plain = group === "event" ? sides.plain : undefined;
  const shown = [sides.peer, sides.ours].map(({ median }) => spell(median));
  return [lines[name], ...shown, ratio(peerToOurs), plain ? spell(plain.median) : "", plain ? ratio(oursToPlain) : ""];
}

const EVENTS = ["track", "identify", "page", "group"];

/** The table of engines: a row for each event, a column for each engine. */
function enginesOf({ rows, machine, engines }) {
  const all = [{ engine: "Chromium", version: machine.chromium, rows }, ...engines];
  const cell = (rows, event) => {
    const { sides, peerToOurs } = rows.find(({ group, name }) => group === "event" && name === event);
    const times = [sides.peer, sides.ours, sides.plain].map(({ median }) => spell(median));
    return `${times.join(" / ")} (${ratio(peerToOurs)})`;
  };
  const major = (version) => version.split(".")[0];
  return [
    ["event, µs", ...all.map(({ engine, version }) => `${engine} ${engine === "WebKit" ? version : major(version)}`)],
    ["---", ...all.map(() => "--:")],
    ...EVENTS.map((event) => [event, ...all.map(({ rows }) => cell(rows, event))]),
  ];
}

/** `readme` with its tables, and the machine named above them, as `results` have them. */
export function withTable(readme, { rows, rounds, machine, engines }) {
  const chosen = Object.keys(lines).flatMap((name) => rows.filter((row) => row.name === name));
  const text = (lines) => lines.map((line) => `| ${line.join(" | ")} |\n`).join("");
  const table = [head, ["---", ...head.slice(1).map(() => "--:")], ...chosen.map(cells)];
  const setting = `${rounds} alternating rounds on ${machine.cpu}, ${machine.system}, Chromium ${machine.chromium.split(".")[0]}:`;
  return readme
    .replace(/\d+ alternating rounds on .*:$/m, () => setting)
    .replace(/^\| measure \|.*\n(?:\|.*\n)+/m, () => text(table))
    .replace(/^\| event, µs \|.*\n(?:\|.*\n)+/m, () => text(enginesOf({ rows, machine, engines })));
}
