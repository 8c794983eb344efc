// What a link reproduces: the mode, the settings, the subscriptions, the event in the composer and the loader of the code panel; in Cloud
// mode settings, subscriptions and code of its own, and what goes wrong.

import { compact } from "./json.js";

export const DEFAULT_SETTINGS = { appId: "demo", richLinkProperties: ["receipt"] };
const DEFAULT_CLOUD = { settings: {}, subscriptions: undefined, fault: "none", code: "node" };
const TEXTS = ["name", "partnerAction", "subscribe", "mapping"];

let made = 0;

/** `subscriptions` is undefined where the presets apply. `drafts` are the examples that were changed, by their id. */
export function defaultState() {
  return {
    mode: "web",
    settings: { ...DEFAULT_SETTINGS },
    subscriptions: undefined,
    example: "track",
    drafts: {},
    loader: "segment-npm",
    cloud: { ...DEFAULT_CLOUD },
  };
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
export function readState(given, { examples, loaders, faults, codes }) {
  const state = defaultState();
  const { mode, settings, subscriptions, example, drafts, loader, cloud } = asObject(given, "The link");
  if (settings !== undefined) state.settings = asObject(settings, "Its settings");
  if (subscriptions !== undefined) state.subscriptions = readSubscriptions(subscriptions);
  if (mode === "cloud") state.mode = mode;
  if (cloud !== undefined) {
    asObject(cloud, "Its Cloud mode");
    if (cloud.settings !== undefined) state.cloud.settings = asObject(cloud.settings, "Its settings");
    if (cloud.subscriptions !== undefined) state.cloud.subscriptions = readSubscriptions(cloud.subscriptions);
    if (faults.includes(cloud.fault)) state.cloud.fault = cloud.fault;
    if (codes.includes(cloud.code)) state.cloud.code = cloud.code;
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

function readSubscriptions(given) {
  if (!Array.isArray(given)) throw new Error("Its subscriptions are no list");
  return given.map((subscription, index) => {
    asObject(subscription, `Its subscription ${index + 1}`);
    const wrong = TEXTS.find((key) => typeof subscription[key] !== "string");
    if (wrong) throw new Error(`The ${wrong} of its subscription ${index + 1} is no text`);
    return editable(subscription);
  });
}

/** What of the state is worth a link: all that is not as it is by default. */
export function worthSaying({ mode, settings, subscriptions, example, drafts, loader, cloud }) {
  const plain = defaultState();
  const said = {};
  if (mode !== plain.mode) said.mode = mode;
  const own = {};
  if (Object.keys(cloud.settings).length) own.settings = cloud.settings;
  if (cloud.subscriptions) own.subscriptions = cloud.subscriptions.map(({ id, ...rest }) => rest);
  for (const key of ["fault", "code"]) if (cloud[key] !== plain.cloud[key]) own[key] = cloud[key];
  if (Object.keys(own).length) said.cloud = own;
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

/** The part of a store's state at `key`, as a store of its own. */
export function storeAt(store, key) {
  const listeners = [];
  return {
    get state() {
      return store.state[key];
    },
    listen: (listener) => void listeners.push(listener),
    change(part) {
      store.change({ [key]: { ...store.state[key], ...part } });
      for (const listener of listeners) listener(Object.keys(part));
    },
  };
}

function asObject(value, what) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${what} is no object`);
  return value;
}
