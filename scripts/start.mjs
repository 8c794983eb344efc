// `npm start`: from a fresh machine to the playground in the browser.
import { join } from "node:path";
import { main, root } from "./command.mjs";
import { serve } from "./serve.mjs";
import { setUp } from "./setup.mjs";

await main(import.meta.url, async () => {
  setUp();
  const { build, buildPage } = await import("./build.mjs");
  await build();
  await buildPage();
  const { url } = await serve(join(root, "pkg", "www"), { port: Number(process.env.PORT ?? 8080), strict: "PORT" in process.env });
  console.log(`\nThe playground is at ${url} (press Ctrl+C to stop).`);
  console.log(
    "To try Cloud mode, use the page's switch; or start a stand-in for Intercom's REST API with `npm run intercom`; the README has the command that delivers to it.",
  );
});
