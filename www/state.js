// What a link reproduces: the settings, the subscriptions, the event in the composer and the loader of the code panel.

import { compact } from "./json.js";

export const DEFAULT_SETTINGS = { appId: "demo", richLinkProperties: ["receipt"] };
const TEXTS = ["name", "partnerAction", "subscribe", "mapping"];

let made = 0;

/** `subscriptions` is undefined where the presets apply. `drafts` are the examples that were changed, by their id. */
export function defaultState() {
  return { settings: { ...DEFAULT_SETTINGS }, subscriptions: undefined, example: "track", drafts: {}, loader: "segment-npm" };
}

/** A subscription as the page edits it: its mapping is text, which need not be JSON all the time. */
export function editable({ name = "", partnerAction = "", enabled = true, subscribe = "", mapping }) {
  const text = typeof mapping === "string" ? mapping : compact(JSON.stringify(mapping ?? {}, null, 2));
  return {
    id: `subscription-${(made += 1)}`,
    name: String(name),
    partnerAction: String(partnerAction),
    enabled: enabled === true,
    subscribe: String(subscribe),
    mapping: text,
  };
}

/** The settings as the plugin takes them. A mapping that is no JSON stays text, which the plugin refuses to run. */
export function settingsOf({ settings, subscriptions }) {
  if (!subscriptions) return { ...settings };
  return {
    ...settings,
    subscriptions: subscriptions.map(({ name, partnerAction, enabled, subscribe, mapping }) => {
      const shared = { partnerAction, name, enabled, subscribe };
      try {
        return { ...shared, mapping: JSON.parse(mapping) };
      } catch {
        return { ...shared, mapping };
      }
    }),
  };
}

/** State out of a link, whatever is in it. Throws an Error that says what does not fit. */
export function readState(given, { examples, loaders }) {
  const state = defaultState();
  const { settings, subscriptions, example, drafts, loader } = asObject(given, "The link");
  if (settings !== undefined) state.settings = asObject(settings, "Its settings");
  if (subscriptions !== undefined) {
    if (!Array.isArray(subscriptions)) throw new Error("Its subscriptions are no list");
    state.subscriptions = subscriptions.map((subscription, index) => {
      asObject(subscription, `Its subscription ${index + 1}`);
      const wrong = TEXTS.find((key) => typeof subscription[key] !== "string");
      if (wrong) throw new Error(`The ${wrong} of its subscription ${index + 1} is no text`);
      return editable(subscription);
    });
  }
  if (drafts !== undefined) {
    for (const [id, text] of Object.entries(asObject(drafts, "Its events"))) {
      if (examples.includes(id) && typeof text === "string") state.drafts[id] = text;
    }
  }
  if (examples.includes(example)) state.example = example;
  if (loaders.includes(loader)) state.loader = loader;
  return state;
}

/** What of the state is worth a link: all that is not as it is by default. */
export function worthSaying({ settings, subscriptions, example, drafts, loader }) {
  const plain = defaultState();
  const said = {};
  if (JSON.stringify(settings) !== JSON.stringify(plain.settings)) said.settings = settings;
  if (subscriptions) said.subscriptions = subscriptions.map(({ id, ...rest }) => rest);
  if (example !== plain.example) said.example = example;
  // The other drafts are no part of what is on view.
  if (drafts[example] !== undefined) said.drafts = { [example]: drafts[example] };
  if (loader !== plain.loader) said.loader = loader;
  return said;
}

/** State and those who want to know when it changes: `listener(changed keys)`. */
export function createStore(state) {
  const listeners = [];
  return {
    get state() {
      return state;
    },
    listen: (listener) => void listeners.push(listener),
    change(part) {
      state = { ...state, ...part };
      for (const listener of listeners) listener(Object.keys(part));
    },
  };
}

function asObject(value, what) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${what} is no object`);
  return value;
}
