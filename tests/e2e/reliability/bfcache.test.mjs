// A page that the browser brings back as it was: nothing of ours keeps it from that, and afterwards everything still works.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { launch } from "../../../scripts/browser.mjs";
import { root } from "../../../scripts/command.mjs";

const page = `<!doctype html><title>Shop</title><script>
  window.calls = []
  window.restored = 0
  window.Intercom = (...args) => void calls.push(args)
  addEventListener("pageshow", ({ persisted }) => (restored += persisted))
</script><script src="/intercom-destination.umd.js"></script><script>
  window.made = intercomDestination({ appId: "abc123" }).then(async (plugins) => {
    for (const plugin of plugins) await plugin.load({}, {})
    return plugins
  })
</script>`;

test("a page from the back/forward cache still delivers", { timeout: 60_000 }, async () => {
  const script = readFileSync(join(root, "pkg", "intercom-destination.umd.js"));
  const server = createServer(({ url }, response) => {
    const isScript = url === "/intercom-destination.umd.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? script : url === "/shop" ? page : "<!doctype html><title>Elsewhere</title>");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await launch({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    const tab = await browser.newPage();
    const errors = [];
    tab.on("pageerror", (error) => errors.push(error));
    const track = (name) =>
      tab.evaluate(
        async (event) => (await made).forEach((plugin) => plugin.track({ event: { type: "track", event, properties: {} } })),
        name,
      );
    await tab.goto(`${origin}/shop`);
    await track("Before");
    await tab.goto(`${origin}/elsewhere`);
    // A page that is shown again loads nothing, so there is no navigation to wait for.
    await tab.evaluate(() => void setTimeout(() => history.back()));
    while (!(await tab.evaluate(() => window.restored).catch(() => 0))) await tab.waitForTimeout(50);
    await track("After");
    assert.deepEqual(await tab.evaluate(() => restored), 1);
    assert.deepEqual(
      (await tab.evaluate(() => calls)).filter(([method]) => method === "trackEvent").map(([, name]) => name),
      ["Before", "After"],
    );
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
    server.close();
  }
});
