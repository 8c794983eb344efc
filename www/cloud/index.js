// Cloud mode's half of the page. It is loaded when the switch is used, with the engine and the stand-in for Intercom.

import { presets } from "../../js/cloud/inspector.js";
import { settingsOf, storeAt } from "../state.js";
import { createSubscriptions } from "../subscriptions.js";
import { cloudViewer, outcomeOf } from "./entry.js";
import { openCloudSession } from "./session.js";
import { createCloudSettingsForm } from "./settings.js";
import { CLOUD_SNIPPETS } from "./snippets.js";
import * as words from "./words.js";
import { createWorkspace } from "./workspace.js";

/** `roots` are the elements that both modes draw into, and Cloud mode's own. */
export async function openCloudMode({ store: page, timeline, eventOf, roots }) {
  const presetList = await presets();
  const store = storeAt(page, "cloud");
  const isShown = () => document.body.dataset.mode === "cloud";

  const session = openCloudSession({
    onEntry: (entry) => timeline.add(entry, cloudViewer),
    onCheck(check) {
      subscriptions.use(check);
      settings.use(check);
    },
    onState: (state, waiting) => workspace.use(state, waiting),
  });
  const subscriptions = createSubscriptions({ root: roots.subscriptions, store, words, presets: presetList, eventOf, isShown });
  const settings = createCloudSettingsForm({ root: roots.settings, store, isShown });
  const workspace = createWorkspace({
    root: roots.workspace,
    waitingBar: roots.waiting,
    store,
    onEmpty: () => session.empty(store.state.fault),
    onAdd: subscriptions.add,
    async onPass() {
      await session.pass();
      // The button goes when nothing waits any more.
      if (document.activeElement === document.body) roots.scroller.focus({ preventScroll: true });
    },
    now: session.now,
  });

  return {
    show() {
      subscriptions.show();
      settings.show();
    },
    use: () => session.use(settingsOf(store.state), store.state.fault),
    said: () => JSON.stringify([settingsOf(store.state), store.state.fault]),
    send: async (event) => outcomeOf(await session.send(event)),
    code: { snippets: CLOUD_SNIPPETS, key: "code", store },
  };
}
