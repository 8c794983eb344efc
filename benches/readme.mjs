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

/** `readme` with its table, and the machine named above it, as `results` have them. */
export function withTable(readme, { rows, rounds, machine }) {
  const chosen = Object.keys(lines).flatMap((name) => rows.filter((row) => row.name === name));
  const table = [head, ["---", ...head.slice(1).map(() => "--:")], ...chosen.map(cells)].map((line) => `| ${line.join(" | ")} |`);
  const setting = `${rounds} alternating rounds on ${machine.cpu}, ${machine.system}, Chromium ${machine.chromium.split(".")[0]}:`;
  return readme
    .replace(/\d+ alternating rounds on .*:$/m, () => setting)
    .replace(/^\| measure \|.*\n(?:\|.*\n)+/m, () => `${table.join("\n")}\n`);
}
