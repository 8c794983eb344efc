// WebKit, the engine of Safari, in the shape of Playwright's `Browser`, so that the same tests of pages run in it.
import { Unsupported, navigate, pageOf, watched } from "./page.mjs";
import { LONGEST_BRIEF, startDriver } from "./driver.mjs";
import { startProxy } from "./proxy.mjs";

const CLEARED = ["https://shop.test/", "https://cdn.shop.test/"];

/** Starts WebKit. It has one window, so one context at a time: a new one ends the one before. */
export async function launchWebKit(programs) {
  const proxy = await startProxy(watched);
  const start = () => startDriver({ ...programs, proxyPort: proxy.port });
  let driver = await start().catch((error) => {
    proxy.close();
    throw error;
  });
  const command = (method, path, body) => driver.command(method, path, body, LONGEST_BRIEF);

  let open;
  const openPage = async () => {
    const size = await command("POST", "/execute/sync", { script: "return { width: innerWidth, height: innerHeight }", args: [] });
    open = pageOf(driver, size);
    return open;
  };

  /** A window without a history, in which nothing is stored of the pages before. */
  const clean = async () => {
    const { handle } = await command("POST", "/window/new", { type: "tab" });
    await command("DELETE", "/window");
    await command("POST", "/window", { handle });
    proxy.serve((route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html>", headers: { "clear-site-data": '"cookies", "storage"' } }),
    );
    for (const url of CLEARED) await navigate(command, url, LONGEST_BRIEF);
    proxy.serve(undefined);
  };

  const closePage = async () => {
    await open?.close();
    open = undefined;
  };

  const cleanOrNew = async () => {
    await closePage();
    try {
      await clean();
    } catch {
      // The driver falls now and then when a window is closed: between two pages that is nobody's fault.
      await driver.close();
      driver = await start();
    }
  };

  const newContext = async (options = {}) => {
    const asked = Object.keys(options);
    if (asked.length > 0) throw new Unsupported(`WebKit's driver cannot set ${asked.join(", ")} of a page`);
    await cleanOrNew();
    return {
      // The pattern is the tests' own, for everything.
      route: async (_pattern, answer) => proxy.serve(answer),
      newPage: openPage,
      close: async () => {
        await closePage();
        await navigate(command, "about:blank", LONGEST_BRIEF).catch(() => undefined);
        proxy.serve(undefined);
      },
    };
  };

  return {
    newContext,
    newPage: () => cleanOrNew().then(openPage),
    version: () => driver.version,
    close: async () => {
      await driver.close();
      proxy.close();
    },
  };
}
