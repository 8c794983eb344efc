// `npm run test:oracle`: our languages and our plugin beside Segment's own, on drawn cases. `--seed N` draws others, `--cases N` more.
import { parseArgs } from "node:util";
import { Failure, main, seconds } from "../../scripts/command.mjs";
import { build } from "../../scripts/build.mjs";
import { checkDifferences } from "./check-differences.mjs";
import { compareFilters } from "./compare-filters.mjs";
import { compareMappings } from "./compare-mappings.mjs";
import { comparePlugins } from "./compare-plugin.mjs";
import { differences as namedDifferences } from "./differences.mjs";
import { startEngine } from "./engine.mjs";

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, cases: { type: "string", default: "20000" }, only: { type: "string" } },
});
const options = { seed: Number(values.seed), cases: Number(values.cases) };

await main(import.meta.url, async () => {
  const began = performance.now();
  await build();
  const engine = await startEngine();
  const parts = {
    filters: () => compareFilters(engine, options),
    mappings: () => compareMappings(engine, options),
    plugin: () => comparePlugins(options),
  };
  const summary = [];
  let differences = 0;
  for (const [name, work] of Object.entries(parts)) {
    if (values.only && values.only !== name) continue;
    const start = performance.now();
    const { cases, named, faults } = await work();
    differences += faults.length;
    for (const fault of faults.filter(Boolean).slice(0, 3)) console.log(`A difference in ${name}, ${fault}\n`);
    const list = [...named].map(([id, count]) => `${id} ${count}`).join(", ");
    console.log(`${name}: ${cases} cases in ${seconds(start)}; named differences: ${list || "none"}`);
    summary.push(`${name} ${cases} cases, ${faults.length} differences`);
  }
  if (!values.only) {
    const wrong = await checkDifferences(engine);
    for (const sentence of wrong) console.log(sentence);
    console.log(`named differences: ${namedDifferences.length} cases, ${wrong.length} not as described`);
    differences += wrong.length;
  }
  console.log(`The run took ${seconds(began)}.`);
  console.log(`oracle: ${summary.join("; ")}`);
  if (differences > 0)
    throw new Failure(`${differences} are not on the list: run again with --seed ${values.seed} --cases ${values.cases}.`);
});
