import { CLOUD_SNIPPETS } from "./cloud/snippets.js";
import { SCENARIOS } from "./cloud/scenarios.js";
import { copied, createCodePanel } from "./code.js";
import { createComposer } from "./composer.js";
import { EXAMPLES } from "./examples.js";
import { readLink, writeLink } from "./link.js";
import { LOADERS } from "./snippets.js";
import { createStore, defaultState, readState, worthSaying } from "./state.js";
import { createTimeline } from "./timeline.js";
import { openWebMode } from "./web.js";

// Long enough to finish a word, short enough to feel at once.
const PAUSE = 300;

const byId = (id) => document.getElementById(id);

function notify(message) {
  byId("notice").textContent = message;
  byId("notice").hidden = !message;
}

async function linked() {
  const ids = (list) => list.map(({ id }) => id);
  const known = { examples: ids(EXAMPLES), loaders: ids(LOADERS), faults: ids(SCENARIOS), codes: ids(CLOUD_SNIPPETS) };
  try {
    const said = await readLink(location.hash);
    return said === undefined ? defaultState() : readState(said, known);
  } catch (error) {
    notify(`${error.message}. The page shows its own example instead.`);
    return defaultState();
  }
}

const store = createStore(await linked());

const aside = document.createElement("aside");
aside.id = "messenger";
aside.ariaLabel = "Messenger";
document.body.append(aside);

const timeline = createTimeline({
  list: byId("happened"),
  scroller: byId("happened-scroll"),
  empty: byId("happened-empty"),
  count: byId("happened-count"),
  live: byId("happened-live"),
  clear: byId("happened-clear"),
  onClear: () => web.forget(),
});

// Until what was chosen is on view, it is web mode.
const current = () => (document.body.dataset.mode === "cloud" ? cloud : web);

const composer = createComposer({
  store,
  elements: {
    tablist: byId("examples"),
    panel: byId("example-panel"),
    form: byId("composer"),
    about: byId("example-about"),
    part: byId("event-part"),
    frame: byId("event-editor"),
    mistakes: byId("event-problems"),
    button: byId("send-button"),
    restore: byId("restore"),
    status: byId("send-status"),
  },
  send: async (event) => (await bringUp(), current().send(event)),
  reset: async () => (await bringUp(), web.reset()),
});

const roots = {
  ...Object.fromEntries(["subscriptions", "settings", "visit", "workspace", "waiting"].map((id) => [id, byId(id)])),
  scroller: byId("happened-scroll"),
  messenger: aside,
  dialog: byId("import"),
};
const parts = { store, timeline, eventOf: composer.event, roots };
const web = await openWebMode(parts).catch((error) => {
  notify(`This page needs WebAssembly, which is missing or forbidden here (${error.message}).`);
  throw error;
});
let cloud;
let opening;

const code = createCodePanel({
  kindOf: () => current().code,
  elements: { choice: byId("loader"), note: byId("code-note"), code: byId("code"), copy: byId("copy-code"), status: byId("copy-status") },
});

const applied = new Map();
let showing;
let timer;
function applyNow() {
  clearTimeout(timer);
  const mode = current();
  const said = mode.said();
  if (said === applied.get(mode)) return;
  applied.set(mode, said);
  mode.use();
}

/** Brings the chosen mode on view; what only Cloud mode needs is loaded the first time. */
async function showMode() {
  if (store.state.mode === "cloud" && !cloud) {
    byId("link-status").textContent = "Cloud mode is being loaded…";
    try {
      opening ??= import("./cloud/index.js").then(({ openCloudMode }) => openCloudMode(parts));
      cloud = await opening;
    } catch (error) {
      opening = undefined;
      notify(`Cloud mode cannot be loaded (${error.message}).`);
      store.change({ mode: "web" });
      return;
    } finally {
      byId("link-status").textContent = "";
    }
  }
  const { mode } = store.state;
  document.body.dataset.mode = mode;
  aside.hidden = mode !== "web";
  for (const radio of byId("mode").querySelectorAll("input")) radio.checked = radio.value === mode;
  composer.show();
  current().show();
  code.show();
  applyNow();
}
byId("mode").addEventListener("change", ({ target }) => store.change({ mode: target.value }));

let writing = Promise.resolve();
function remember() {
  writing = writing.then(async () => {
    const fragment = await writeLink(worthSaying(store.state));
    if (fragment !== location.hash) history.replaceState(null, "", fragment || location.pathname + location.search);
  });
  return writing;
}

/** Everything as it was typed, also in the address: an address that changes later would look like another page to the plugin. */
async function bringUp() {
  await showing;
  applyNow();
  await remember();
}

store.listen((keys) => {
  if (keys.includes("mode")) showing = showMode();
  if (["settings", "subscriptions", "loader", "cloud"].some((key) => keys.includes(key))) code.show();
  clearTimeout(timer);
  timer = setTimeout(() => {
    remember();
    applyNow();
  }, PAUSE);
  if (keys.includes("settings")) explainHelp();
});
showing = showMode();
await showing;

addEventListener("hashchange", () => location.reload());
byId("skip").addEventListener("click", (event) => {
  // Its target would take the place of the state in the address.
  event.preventDefault();
  byId("send").focus();
});
byId("copy-link").addEventListener("click", async () => {
  await remember();
  byId("link-status").textContent = (await copied(location.href)) ? "Link copied." : "Copy the address of this page.";
});
byId("start-over").addEventListener("click", () => {
  clearTimeout(timer);
  history.replaceState(null, "", location.pathname + location.search);
  location.reload();
});

let isHelpBound = false;
byId("help").addEventListener("click", () => {
  if (!isHelpBound)
    notify("Nothing is bound to this button yet. Set the custom activator to #help, in the settings, and it opens the Messenger.");
});
function explainHelp() {
  isHelpBound = store.state.settings.activator === "#help";
  if (isHelpBound) notify("");
}
explainHelp();
