// The plugin as loaders want it: a factory that resolves to one plugin per action, or one plain object at once.
import { ACTIONS, TYPES, createDestination } from "./destination.js";
import { createFeed } from "./feed.js";
import { version } from "../version.js";

/** @type {"Intercom Web (Actions)"} */
const NAME = "Intercom Web (Actions)";

/** A context that cannot be read holds no event. */
const eventOf = (ctx) => {
  try {
    return ctx.event;
  } catch {}
};

const pluginFor = (destination, action) => {
  const plugin = {
    name: `${NAME} ${ACTIONS[action]}`,
    type: "destination",
    version,
    isLoaded: destination.isOpen,
    ready: () => Promise.resolve(),
    load: async (_ctx, analytics) => destination.open(analytics),
    unload: async () => destination.close(action),
  };
  TYPES.forEach((type, bit) => {
    const wanted = (destination.types()[action] >> bit) & 1;
    plugin[type] = (ctx) => {
      if (wanted) destination.handle(action, eventOf(ctx));
      return ctx;
    };
  });
  return plugin;
};

/** One plugin for all three actions, for loaders that take objects only: whatever has been loaded, it answers at once. */
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
  await destination.ready;
  return ACTIONS.flatMap((_, action) => (destination.types()[action] < 0 ? [] : [pluginFor(destination, action)]));
};
factory.pluginName = NAME;
