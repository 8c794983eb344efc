// The plugin as loaders want it: a factory that resolves to one plugin per action, or one plain object at once.
import { ACTIONS, TYPES, createDestination } from "./destination.js";
import { rejectWith } from "./faults.js";
import { createFeed } from "./feed.js";
import { turn } from "../engine/start.js";
import { attempt } from "../engine/values.js";
import { version } from "../version.js";

/** @type {"Intercom Web (Actions)"} */
const NAME = "Intercom Web (Actions)";

/**
 * Whether the loader has this plugin in a wrapper with the destination's name, as it does with remote plugins: it then drops all
 * wrappers of that name, and tells only the first.
 */
const isWrapped = (plugin, analytics) => attempt(() => analytics.queue.plugins.some(({ action }) => action === plugin));

const pluginFor = (destination, action) => {
  const plugin = {
    name: `${NAME} ${ACTIONS[action]}`,
    // A site's `integrations` name the destination.
    alternativeNames: [NAME],
    type: "destination",
    version,
    isLoaded: destination.isOpen,
    ready: () => Promise.resolve(),
    load: async (_ctx, analytics) => destination.open(analytics),
    unload: async (_ctx, analytics) => destination.close(isWrapped(plugin, analytics) ? undefined : action),
  };
  const types = destination.types()[action];
  TYPES.forEach((type) => {
    plugin[type] = (ctx) => {
      // A context that cannot be read holds no event.
      const event = attempt(() => ctx.event);
      // An event's type decides, which middleware may change, not the method that it comes by.
      const bit = TYPES.indexOf(attempt(() => event.type));
      if (bit < 0 || (types >> bit) & 1) destination.handle(action, event);
      return ctx;
    };
  });
  return plugin;
};

/** One plugin for all actions, for loaders that take objects only: whatever has been loaded, it answers at once. */
export const plugin = (settings) => {
  const feed = createFeed(settings);
  const made = /** @type {import("../types/index.js").Plugin} */ ({
    name: NAME,
    type: "destination",
    version,
    isLoaded: feed.isOpen,
    ready: () => Promise.resolve(),
    load: (_ctx, analytics) => Promise.resolve(feed.open(analytics)),
    unload: () => Promise.resolve(feed.close()),
  });
  TYPES.forEach((type) => {
    made[type] = (ctx) => {
      feed.send(() => ctx.event);
      return ctx;
    };
  });
  return made;
};

/** Resolves to one plugin per action with a subscription; rejects when a setting is wrong. */
export const factory = async (settings) => {
  const destination = createDestination(settings);
  await destination.ready.catch((error) => rejectWith(settings, error));
  // What the loader then does is a task of its own: the longest one on the way to the first event is 9 ms instead of 13 (`npm run bench`).
  await turn();
  return ACTIONS.flatMap((_, action) => (destination.types()[action] < 0 ? [] : [pluginFor(destination, action)]));
};
factory.pluginName = NAME;
