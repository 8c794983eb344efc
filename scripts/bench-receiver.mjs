// `npm run bench:receiver`, also on a fresh clone. What the bench itself runs is built here.
import { build } from "./build.mjs";
import { main } from "./command.mjs";
import { setUp } from "./setup.mjs";

await main(import.meta.url, async (args) => {
  setUp();
  await build();
  const { bench } = await import("../benches/receiver.mjs");
  await bench(args);
});
