// Whole plugins: the calls that the published build and our drop-in script make to `window.Intercom`, in Chromium.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../../scripts/browser.mjs";
import { Failure, root } from "../../scripts/command.mjs";
import { bundle, patch } from "./patches.mjs";

const origin = "https://oracle.example";
const published = join(root, "node_modules", "@segment", "browser-destinations", "dist", "web");
const dropIn = join(root, "pkg", "intercom-destination.umd.js");

// Both are on one page under the same global names, so each build gets its own.
const RENAMED = { plain: "segmentPlain", mended: "segmentMended" };

function publishedFile(variant, folder) {
  const path = join(
    published,
    folder,
    readdirSync(join(published, folder)).find((name) => name.endsWith(".js")),
  );
  const names = {
    webpackChunk_name_Destination: `${variant}Chunks`,
    "window.intercomDestination": `window.${RENAMED[variant]}`,
    '"data-webpack"': `"data-${variant}"`,
  };
  const text = Object.entries(names).reduce((renamed, [from, to]) => renamed.replaceAll(from, to), readFileSync(path, "utf8"));
  if (variant === "plain") return text;
  // The chunk's copies of two modules give way to those the first file has loaded already, unless they have numbers of their own.
  const mended = folder === "688" ? text.replace(/\b(6783|7128)\b/g, "1$1") : text;
  return patch(mended, bundle[folder], path);
}

/** What the page may ask for; anything else is refused, so nothing leaves the machine. */
function answer(url) {
  const path = new URL(url).pathname;
  const script = (body) => ({ body, contentType: "text/javascript; charset=utf-8" });
  if (path === "/") return { body: "<!doctype html><script></script>", contentType: "text/html; charset=utf-8" };
  if (path === "/ours.js") return script(readFileSync(dropIn, "utf8"));
  const [, variant, folder] = path.split("/");
  if (RENAMED[variant]) return script(publishedFile(variant, folder));
  if (path.startsWith("/oracle/")) return script(readFileSync(join(root, "tests", "oracle", path.slice("/oracle/".length)), "utf8"));
  return undefined;
}

/** A page with all three plugins on it, and `evaluate` for the functions of plugin-page.mjs. */
export async function openPluginPage(zone = "UTC") {
  if (!existsSync(dropIn)) throw new Failure("pkg/intercom-destination.umd.js is missing: please run `npm run build` first.");
  const browser = await launch();
  const context = await browser.newContext({ timezoneId: zone });
  await context.route("**/*", (route) => {
    const found = route.request().url().startsWith(origin) ? answer(route.request().url()) : undefined;
    return found ? route.fulfill(found) : route.abort();
  });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  await page.goto(`${origin}/`);
  await page.addScriptTag({ url: "/oracle/plugin-page.mjs", type: "module" });
  await page.waitForFunction(() => window.oracle);
  for (const url of ["/plain/intercom/build.js", "/mended/intercom/build.js", "/ours.js"]) await page.addScriptTag({ url });
  return {
    call: (name, options) => page.evaluate(([name, options]) => window.oracle[name](options), [name, options]),
    wrong,
    close: () => browser.close(),
  };
}

export async function comparePlugins({ seed, cases }) {
  const page = await openPluginPage();
  try {
    const { named, faults } = await page.call("compare", { seed, cases });
    return { cases, named: new Map(named), faults: [...faults, ...page.wrong] };
  } finally {
    await page.close();
  }
}
