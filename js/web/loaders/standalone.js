// No loader at all: the same calls for tag managers and plain sites.
import { createFeed, currentPage } from "../feed.js";

/** A first argument that is an object stands for the second. */
const shift = (first, second) => (Object(first) === first ? [undefined, first] : [first, second]);

export const standalone = (settings) => {
  const feed = createFeed(settings);
  let userId;
  const listeners = [];

  const send = (type, rest) =>
    feed.send(() => {
      const page = currentPage();
      const event = { type, userId, integrations: {}, context: { page }, timestamp: new Date(), ...rest };
      if (type === "page") event.properties = { ...page, ...event.properties };
      return event;
    });

  feed.open({ track: (name, properties) => Promise.all(listeners.map(async (listener) => listener(name, properties))) });
  return {
    track: (event, properties) => send("track", { event, properties: properties ?? {} }),
    page: (first, second) => {
      const [name, properties] = shift(first, second);
      send("page", { name, properties: { ...(name && { name }), ...properties } });
    },
    identify: (first, second) => {
      const [id, traits] = shift(first, second);
      if (id != null && id !== "") userId = String(id);
      send("identify", { userId, traits: traits ?? {} });
    },
    group: (groupId, traits) => send("group", { groupId, traits: traits ?? {} }),
    alias: (id, previousId) => send("alias", { userId: id, previousId }),
    reset: () => {
      userId = undefined;
      feed.reset();
    },
    ready: feed.ready(),
    onMessenger: (listener) => void listeners.push(listener),
  };
};
