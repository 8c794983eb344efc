import { presets } from "../js/inspect/inspector.js";
import { copied, createCodePanel } from "./code.js";
import { createComposer } from "./composer.js";
import { EXAMPLES } from "./examples.js";
import { createImport } from "./import.js";
import { readLink, writeLink } from "./link.js";
import { createMessenger } from "./messenger.js";
import { createPanel } from "./panel.js";
import { openSession } from "./session.js";
import { createSettingsForm } from "./settings.js";
import { LOADERS } from "./snippets.js";
import { createStore, defaultState, readState, settingsOf, worthSaying } from "./state.js";
import { createSubscriptions } from "./subscriptions.js";
import { createTimeline } from "./timeline.js";

// Long enough to finish a word, short enough to feel at once.
const PAUSE = 300;

const byId = (id) => document.getElementById(id);

function notify(message) {
  byId("notice").textContent = message;
  byId("notice").hidden = !message;
}

async function linked() {
  const known = { examples: EXAMPLES.map(({ id }) => id), loaders: LOADERS.map(({ id }) => id) };
  try {
    const said = await readLink(location.hash);
    return said === undefined ? defaultState() : readState(said, known);
  } catch (error) {
    notify(`${error.message}. The page shows its own example instead.`);
    return defaultState();
  }
}

const store = createStore(await linked());
const presetList = await presets().catch((error) => {
  notify(`This page needs WebAssembly, which is missing or forbidden here (${error.message}).`);
  throw error;
});

// Before the plugin loads, so that it finds a Messenger that is already there and fetches none.
const aside = document.createElement("aside");
aside.id = "messenger";
aside.ariaLabel = "Messenger";
document.body.append(aside);
const messenger = createMessenger({ page: window, draw: (...args) => draw(...args) });
const draw = createPanel(aside, { onToggle: messenger.toggle, onClose: messenger.close });
window.Intercom = messenger.Intercom;

const timeline = createTimeline({
  list: byId("happened"),
  scroller: byId("happened-scroll"),
  empty: byId("happened-empty"),
  count: byId("happened-count"),
  live: byId("happened-live"),
  clear: byId("happened-clear"),
  onClear: () => session.forget(),
});

const session = openSession({
  messenger,
  onEntry: timeline.add,
  onReplace: timeline.replace,
  onCheck(check) {
    subscriptions.use(check);
    settings.use(check);
  },
});

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
  send: async (event) => (await bringUp(), session.send(event)),
  reset: async () => (await bringUp(), session.reset()),
});

const importer = createImport({
  dialog: byId("import"),
  onImport: ({ settings, subscriptions }) => store.change({ settings, subscriptions }),
});

const subscriptions = createSubscriptions({
  root: byId("subscriptions"),
  store,
  presets: presetList,
  eventOf: composer.event,
  openImport: importer.open,
});
const settings = createSettingsForm({ root: byId("settings"), store });
createCodePanel({
  store,
  elements: { choice: byId("loader"), note: byId("code-note"), code: byId("code"), copy: byId("copy-code"), status: byId("copy-status") },
});

let applied;
let timer;
function applyNow() {
  clearTimeout(timer);
  const next = settingsOf(store.state);
  const text = JSON.stringify(next);
  if (text === applied) return;
  applied = text;
  session.use(next);
}

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
  applyNow();
  await remember();
}

store.listen((keys) => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    remember();
    applyNow();
  }, PAUSE);
  if (keys.includes("settings")) explainHelp();
});
applyNow();

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
