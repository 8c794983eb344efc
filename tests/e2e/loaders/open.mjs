// A page with one of the loaders, and what its vendor's servers received.
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { PAGE, bodyOf } from "../network.mjs";
import { cdnSettings, openSite } from "../site.mjs";
import { bundleSites, siteFolder } from "./sites.mjs";
import { scripts, servers } from "./vendors.mjs";

// Different at every run, whatever the plugin does.
const OWN = new Set([
  "messageId",
  "anonymousId",
  "timestamp",
  "originalTimestamp",
  "sentAt",
  "meta",
  "sessionId",
  "sessionStart",
  "id",
  "rid",
]);
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

const comparable = (value) => {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === "string") return value.replace(UUID, "uuid");
  if (Object(value) !== value) return value;
  return Object.fromEntries(
    Object.keys(value)
      .filter((key) => !OWN.has(key))
      .sort()
      .map((key) => [key, comparable(value[key])]),
  );
};

/**
 * Opens the page `html`, for which the row's vendor answers; `routes` answer for what else the page asks. What the vendor's
 * servers got is in `received`.
 */
export async function openVendor(row, { settings, widget, html, routes }) {
  const received = [];
  let start;
  const receive = (route) => {
    const request = route.request();
    received.push({ at: performance.now() - start, url: request.url(), body: comparable(bodyOf(request)) });
    const origin = request.headers().origin ?? "*";
    return route.fulfill({
      json: { success: true },
      headers: { "access-control-allow-origin": origin, "access-control-allow-credentials": "true", "access-control-allow-headers": "*" },
    });
  };
  const site = await openSite({
    way: "none",
    widget,
    settings,
    routes: [
      ...servers(row, settings, receive),
      [
        "https://cdn.segment.com/v1/projects/writeKey123/settings",
        (route) =>
          route.fulfill({
            json: row.loader?.(settings).cdnSettings ?? cdnSettings(settings),
            headers: { "access-control-allow-origin": "*" },
          }),
      ],
      ...routes,
      [PAGE, (route) => ((start = performance.now()), route.fulfill({ contentType: "text/html", body: html }))],
    ],
  });
  return { ...site, received };
}

/** Answers with the scripts in a folder. */
export const scriptsIn = (folder) => (route) => {
  const path = join(folder, basename(new URL(route.request().url()).pathname));
  return existsSync(path) ? route.fulfill({ contentType: "text/javascript", body: readFileSync(path, "utf8") }) : route.abort();
};

/**
 * Opens the row's page with our destination, or without when there are no `settings`. `early` is what the site does right
 * after it called the loader; `more` goes to the site's own script.
 */
export async function openLoader(row, { settings, early, widget, more }) {
  if (row.vendor) await bundleSites();
  const html = `<!doctype html><html lang="en"><head><title>Shop</title>${scripts(row, settings, `;(${early ?? (() => {})})()`, more)}</head><body></body></html>`;
  return openVendor(row, { settings, widget, html, routes: [[/^https:\/\/shop\.test\/loaders\//, scriptsIn(siteFolder)]] });
}
