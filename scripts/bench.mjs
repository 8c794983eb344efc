// `npm run bench`, also on a fresh clone: what it measures is built first when it is not there. What the bench itself imports comes
// from npm, so it is loaded after that.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { main, root, run } from "./command.mjs";

// With `--json`, the standard output is the result's alone.
const stdio = ["ignore", 2, 2];

await main(import.meta.url, async (args) => {
  if (!existsSync(join(root, "pkg", "intercom-destination.umd.js"))) {
    for (const script of ["setup.mjs", "build.mjs"]) run(process.execPath, [join(root, "scripts", script)], { stdio });
  }
  const { bench } = await import("../benches/bench.mjs");
  await bench(args);
});
