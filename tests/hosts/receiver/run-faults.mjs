// `npm run test:faults`: the receiver on a day on which everything fails, with the embedded queue, with PostgreSQL, and three of them
// with one PostgreSQL. `--seed N` draws another day, `--events N` and `--kills N` a longer one, `--only pglite|postgres|three` one of these.
import { parseArgs } from "node:util";
import { Failure, main } from "../../../scripts/command.mjs";
import { runFaults } from "./faults.mjs";
import { startPostgres } from "./postgres.mjs";

const options = { events: { type: "string" }, kills: { type: "string" }, seed: { type: "string" }, only: { type: "string" } };

await main(import.meta.url, async (args) => {
  const { values } = parseArgs({ args, options });
  const given = { events: Number(values.events ?? 20_000), kills: Number(values.kills ?? 50), seed: Number(values.seed ?? 1) };
  const failed = [];
  for (const queue of ["pglite", "postgres", "three"]) {
    if (values.only && values.only !== queue) continue;
    const postgres = queue === "pglite" ? undefined : await startPostgres();
    const receivers = queue === "three" ? 3 : 1;
    if (typeof postgres === "string") {
      console.log(postgres);
      continue;
    }
    const say = (text) => console.error(`${queue}: ${text}`);
    const { counts, faults } = await runFaults({ ...given, postgres, receivers, withLeads: true, say }).finally(() => postgres?.stop());
    console.log(`${queue}: ${JSON.stringify(counts)}\n${queue}: ${JSON.stringify(faults)}`);
    if (Object.values(faults).some((count) => count > 0)) failed.push(queue);
  }
  if (failed.length > 0) throw new Failure(`There are faults with ${failed.join(" and ")}.`);
});
