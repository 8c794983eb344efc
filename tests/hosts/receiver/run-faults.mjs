// `npm run test:faults`: the receiver on a day on which everything fails, with the embedded queue and with PostgreSQL. `--seed N` draws
// another day, `--events N` and `--kills N` a longer one, `--only pglite|postgres` one of the queues.
import { parseArgs } from "node:util";
import { Failure, main } from "../../../scripts/command.mjs";
import { runFaults } from "./faults.mjs";
import { startPostgres } from "./postgres.mjs";

const options = { events: { type: "string" }, kills: { type: "string" }, seed: { type: "string" }, only: { type: "string" } };

await main(import.meta.url, async (args) => {
  const { values } = parseArgs({ args, options });
  const given = { events: Number(values.events ?? 20_000), kills: Number(values.kills ?? 50), seed: Number(values.seed ?? 1) };
  const failed = [];
  for (const queue of ["pglite", "postgres"]) {
    if (values.only && values.only !== queue) continue;
    const postgres = queue === "postgres" ? await startPostgres() : undefined;
    if (typeof postgres === "string") {
      console.log(postgres);
      continue;
    }
    const say = (text) => console.error(`${queue}: ${text}`);
    const { counts, faults } = await runFaults({ ...given, postgres, withLeads: true, say }).finally(() => postgres?.stop());
    console.log(`${queue}: ${JSON.stringify(counts)}\n${queue}: ${JSON.stringify(faults)}`);
    if (Object.values(faults).some((count) => count > 0)) failed.push(queue);
  }
  if (failed.length > 0) throw new Failure(`There are faults with ${failed.join(" and ")}.`);
});
