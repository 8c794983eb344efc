// Web mode's half of the page: the real Analytics.js with the real plugin, and a stand-in for the Messenger.

import { presets } from "../js/inspect/inspector.js";
import { webViewer } from "./entry.js";
import { createImport } from "./import.js";
import { createMessenger } from "./messenger.js";
import { createPanel } from "./panel.js";
import { openSession } from "./session.js";
import { createSettingsForm } from "./settings.js";
import { LOADERS } from "./snippets.js";
import { settingsOf } from "./state.js";
import { createSubscriptions } from "./subscriptions.js";
import { outcomeOf } from "./wording.js";
import { createVisit } from "./visit.js";
import * as words from "./words.js";

/** `roots` are the elements that both modes draw into, and web mode's own. */
export async function openWebMode({ store, timeline, eventOf, roots }) {
  const presetList = await presets();
  const isShown = () => document.body.dataset.mode === "web";

  // Before the plugin loads, so that it finds a Messenger that is already there and fetches none.
  const messenger = createMessenger({ page: window, draw: (...args) => draw(...args) });
  const draw = createPanel(roots.messenger, {
    onToggle: messenger.toggle,
    onClose: messenger.close,
    onMessage: messenger.receive,
    onEmail: messenger.supplyEmail,
  });
  window.Intercom = messenger.Intercom;

  const session = openSession({
    messenger,
    onEntry: (entry) => timeline.add(entry, webViewer),
    onCheck(check) {
      subscriptions.use(check);
      settings.use(check);
      visit.use(check);
    },
  });
  const importer = createImport({
    dialog: roots.dialog,
    onImport: ({ settings, subscriptions }) => store.change({ settings, subscriptions }),
  });
  const subscriptions = createSubscriptions({
    root: roots.subscriptions,
    store,
    words,
    presets: presetList,
    eventOf,
    openImport: importer.open,
    isShown,
  });
  const settings = createSettingsForm({ root: roots.settings, store, isShown });
  const visit = createVisit({ root: roots.visit, store, isShown });

  return {
    show() {
      subscriptions.show();
      settings.show();
      visit.show();
    },
    use: () => session.use(settingsOf(store.state)),
    said: () => JSON.stringify(settingsOf(store.state)),
    send: async (event) => outcomeOf(await session.send(event)),
    reset: async () => outcomeOf(await session.reset()),
    forget: session.forget,
    code: { snippets: LOADERS, key: "loader", store },
  };
}
