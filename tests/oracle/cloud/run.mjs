// `npm run test:oracle:cloud`: our Cloud mode beside Segment's published one, on drawn cases. `--seed N` draws others, `--cases N` more or fewer.
import { parseArgs } from "node:util";
import { build } from "../../../scripts/build.mjs";
import { Failure, main, seconds } from "../../../scripts/command.mjs";

const { values } = parseArgs({ options: { seed: { type: "string", default: "1" }, cases: { type: "string", default: "20000" } } });
const options = { seed: Number(values.seed), cases: Number(values.cases) };

await main(import.meta.url, async () => {
  const began = performance.now();
  await build();
  // It stands on what is built.
  const { compare } = await import("./compare.mjs");
  const { named, faults, wrong, described } = await compare(options);
  for (const fault of faults.filter(Boolean)) console.log(`A difference in ${fault}\n`);
  for (const sentence of wrong) console.log(sentence);
  console.log(`named differences: ${[...named].map(([id, count]) => `${id} ${count}`).join(", ") || "none"}`);
  console.log(`named differences: ${described} cases, ${wrong.length} not as described`);
  console.log(`cloud oracle: ${options.cases} cases, ${faults.length} differences, in ${seconds(began)}`);
  if (faults.length + wrong.length > 0)
    throw new Failure(`There are differences that are not on the list: run again with --seed ${options.seed} --cases ${options.cases}.`);
});
