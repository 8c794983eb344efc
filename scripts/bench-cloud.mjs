// `npm run bench:cloud`, also on a fresh clone. What the bench itself imports is built here, so it is loaded after that.
import { build } from "./build.mjs";
import { main } from "./command.mjs";
import { setUp } from "./setup.mjs";

await main(import.meta.url, async (args) => {
  setUp();
  await build();
  const { bench } = await import("../benches/cloud.mjs");
  await bench(args);
});
