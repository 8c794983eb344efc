// Runs in the page: a visit to a shop whose widget weighs what Intercom's does. Notes how long the main thread was held, what was downloaded and
// what moved.
import { settingsFor } from "./cases.mjs";
import { bringIn } from "./page-side.mjs";

window.widgetUrl = "/heavy/widget.js";

const tasks = [];
const shifts = [];
const observe = (type, list) => new PerformanceObserver((found) => list.push(...found.getEntries())).observe({ type, buffered: true });
observe("longtask", tasks);
observe("layout-shift", shifts);

let shown;
const opened = new Promise((done) => {
  window.heard = (method) => {
    if (method !== "show") return;
    shown ??= performance.now();
    done();
  };
});

const files = (pattern) => performance.getEntriesByType("resource").filter(({ name }) => pattern.test(name));

/** The site's own part: the plugin, the page and who the visitor is. */
async function visit({ side, load }) {
  const plugins = await bringIn(side, { ...settingsFor[side]({}), ...(load && { load }) });
  const events = [
    { type: "page", name: "Home", properties: { url: location.href } },
    { type: "identify", userId: "u-1", traits: { name: "Ada", email: "ada@example.com" } },
  ];
  for (const event of events) for (const plugin of plugins) await plugin[event.type]?.({ event });
}

/** What it has cost so far: milliseconds over 50 of each task, the longest task, bytes, and how far things moved. */
const cost = () => ({
  blocking: tasks.reduce((sum, { duration }) => sum + duration - 50, 0),
  longest: Math.max(0, ...tasks.map(({ duration }) => duration)),
  bytes: files(/\/(peer|ours|widget|intercom-destination)[./]/).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  widgets: files(/\/widget\.js/).length,
  shift: shifts.reduce((sum, { value }) => sum + value, 0),
});

/** Milliseconds from the click to the open Messenger, and how many of them the widget itself took to load and to start. */
async function opening(clicked) {
  await opened;
  const [script] = files(/\/widget\.js/);
  const [run] = performance.getEntriesByName("widget-runs");
  return { open: shown - clicked, widget: script.startTime > clicked ? run.startTime - script.startTime : 0 };
}

window.bench = { visit, cost, opening };
