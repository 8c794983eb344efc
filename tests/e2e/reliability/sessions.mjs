// What Intercom would know of its visitors after these calls: `boot` begins a session, `update` merges, `shutdown` ends it.
import assert from "node:assert/strict";
import { until } from "../site.mjs";

const APP = new Set(["app_id", "api_base", "installation_type"]);

/** One entry for each session, in order: who it is about, and the events in it. What no session hears is in `lost`. */
export function sessions(calls) {
  const all = [];
  const lost = [];
  let current;
  for (const [method, first, ...rest] of calls) {
    if (method === "boot" && !current) all.push((current = { person: {}, events: [] }));
    if (method === "shutdown") current = undefined;
    else if (!current) lost.push([method, first, ...rest]);
    else if (method === "trackEvent") current.events.push(first);
    else if (method === "boot" || method === "update") {
      for (const [key, value] of Object.entries(first)) if (!APP.has(key)) current.person[key] = value;
    }
  }
  return { all, lost, last: current };
}

/** A call in one word: the event's name, or the method. */
export const words = (calls) => calls.map(([method, name]) => (method === "trackEvent" ? name : method));

/** Waits until a warning with this code is in the console. */
export async function warned(site, code) {
  await until(() => codes(site).includes(code));
  assert.ok(codes(site).includes(code), `no ${code}, but ${codes(site)}`);
}

/** The codes of all warnings so far, in order. */
export const codes = (site) => site.warnings().map((text) => /\((\w+)\)$/.exec(text)[1]);

/** Waits until Intercom has heard so many calls, or for 15 seconds; gives what it has heard. */
export async function heard(site, count) {
  const start = performance.now();
  let calls = await site.calls();
  while (calls.length < count && performance.now() - start < 15_000) {
    await site.page.waitForTimeout(20);
    calls = await site.calls();
  }
  return calls;
}

/** Waits for what a held `shutdown` and late events may still bring. */
export async function settled(site) {
  await site.passes(600);
  return site.calls();
}

/** Lets a held widget come. On a busy machine its request may come later than the page gave it up. */
export async function arrive(site) {
  await until(() => site.network.widgetRequests.length > 0);
  site.release();
}
