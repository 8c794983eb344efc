// `npm run plot`: benches/results.json → the README's table, and benches/*.svg, a light and a dark one of each, as a README shows either.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vega from "vega";
import { compile } from "vega-lite";
import { withTable } from "../benches/readme.mjs";
import { Failure, main, root } from "./command.mjs";

const folder = join(root, "benches");
const names = { peer: "Segment's build", ours: "intercom-destination", plain: "plain JavaScript by hand" };
const themes = {
  light: { text: "#1f2328", grid: "#d1d9e0", colours: ["#8c959f", "#0969da", "#1a7f37"] },
  dark: { text: "#f0f6fc", grid: "#3d444d", colours: ["#9198a1", "#4493f8", "#3fb950"] },
};

// One row for each picture.
const charts = [
  { file: "events", title: "Time for each event, in microseconds", wants: ({ group }) => group === "event", log: true },
  { file: "loading", title: "Loading, in milliseconds", wants: ({ group }) => group === "loading", log: true },
  { file: "bytes", title: "Bytes that a page downloads, under brotli", wants: ({ name }) => /^(tag|npm)-brotli$/.test(name), log: false },
];

const spell = (value) => (value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(value >= 10 ? 0 : 1));

function valuesOf(rows) {
  return rows.flatMap(({ title, sides }) =>
    Object.entries(sides)
      // A few hundred hand-written bytes do four fixed things; beside the others they would say nothing.
      .filter(([side]) => side !== "plain" || rows[0].group === "event")
      .map(([side, { median }]) => ({ measure: title, side: names[side], median, text: spell(median) })),
  );
}

function specification({ title, wants, log }, { text, grid, colours }, results) {
  const rows = results.rows.filter(wants);
  if (rows.length === 0) throw new Failure(`benches/results.json has no rows for "${title}".`);
  const values = valuesOf(rows);
  const domain = Object.values(names).filter((name) => values.some(({ side }) => side === name));
  const least = Math.min(...values.map(({ median }) => median));
  // Bars on a logarithmic scale need a floor; a round one below the least.
  const floor = log ? 10 ** Math.floor(Math.log10(least) - 0.01) : 0;
  const y = { field: "measure", type: "nominal", sort: rows.map((row) => row.title), title: null, axis: { labelLimit: 320 } };
  const yOffset = { field: "side", sort: domain };
  const axis = log
    ? { values: Array.from({ length: 9 }, (_, power) => floor * 10 ** power), format: "~g" }
    : { tickCount: 4, format: ",d" };
  const x = { field: "median", type: "quantitative", title: null, scale: { type: log ? "log" : "linear", domainMin: floor }, axis };
  const color = {
    field: "side",
    sort: domain,
    scale: { domain, range: colours.slice(0, domain.length) },
    legend: { title: null, orient: "bottom" },
  };
  const machine = `${results.machine.cpu}, Chromium ${results.machine.chromium.split(".")[0]}; medians of ${results.rounds} rounds`;
  const subtitle = log ? `${machine}; logarithmic, less is better` : "less is better";
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: { text: title, subtitle, anchor: "start" },
    width: 460,
    height: { step: 15 },
    data: { values },
    layer: [
      {
        mark: { type: "bar", cornerRadiusEnd: 2 },
        encoding: { y, yOffset, x, x2: { datum: floor }, color },
      },
      { mark: { type: "text", align: "left", dx: 4, fontSize: 10, color: text }, encoding: { y, yOffset, x, text: { field: "text" } } },
    ],
    background: "transparent",
    config: {
      font: "system-ui, sans-serif",
      view: { stroke: null },
      title: { color: text, subtitleColor: text, subtitleFontSize: 11 },
      axis: { labelColor: text, gridColor: grid, domainColor: grid, tickColor: grid },
      legend: { labelColor: text, labelLimit: 260 },
    },
  };
}

await main(import.meta.url, async () => {
  const path = join(folder, "results.json");
  if (!existsSync(path))
    throw new Failure("benches/results.json is missing: please run `npm run --silent bench -- --json > benches/results.json` first.");
  const results = JSON.parse(readFileSync(path, "utf8"));
  const readme = join(root, "README.md");
  writeFileSync(readme, withTable(readFileSync(readme, "utf8"), results));
  for (const chart of charts) {
    for (const [theme, colours] of Object.entries(themes)) {
      const view = new vega.View(vega.parse(compile(specification(chart, colours, results)).spec), { renderer: "none" });
      const file = join(folder, `${chart.file}-${theme}.svg`);
      writeFileSync(file, `${await view.toSVG()}\n`);
      view.finalize();
      console.log(file.slice(root.length + 1));
    }
  }
});
