// `analytics` of getanalytics.io: the plugin for `Analytics({ plugins: [getanalytics(settings)] })`.
import { createFeed, currentPage } from "../feed.js";

export const getanalytics = (settings) => {
  const feed = createFeed(settings);

  const send = (type, read) =>
    feed.send(() => {
      const { userId, meta, options, ...rest } = read();
      return {
        ...rest,
        type,
        userId: userId || undefined,
        context: { page: currentPage(), ...options?.context },
        integrations: options?.integrations ?? {},
        timestamp: new Date(meta?.ts ?? Date.now()),
        messageId: meta?.rid,
      };
    });

  const take = (type) => (given) => send(type, () => given.payload);

  return {
    name: /** @type {"intercom"} */ ("intercom"),
    config: {},
    initialize: () => feed.open(),
    // While this is false, calls wait, and identify overtakes the others.
    loaded: () => true,
    track: take("track"),
    page: take("page"),
    identify: take("identify"),
    reset: feed.reset,
    // The loader has no calls of these names: they are `analytics.plugins.intercom.group(…)`, and it binds `this`.
    methods: {
      group(groupId, traits) {
        send("group", () => ({ ...this.instance.user(), groupId, traits }));
      },
      alias(userId, previousId) {
        send("alias", () => ({ anonymousId: this.instance.user("anonymousId"), userId, previousId }));
      },
    },
  };
};
