// `analytics` of getanalytics.io: the plugin for `Analytics({ plugins: [getanalytics(settings)] })`.
import { attempt } from "../../engine/values.js";
import { createFeed, currentPage } from "../feed.js";

export const getanalytics = (settings) => {
  const feed = createFeed(settings);
  let anonymousId;

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
    initialize: (given) => {
      anonymousId = () => given.instance.user("anonymousId");
      feed.open({ user: () => ({ anonymousId }), track: (...words) => given.instance.track(...words) });
    },
    // While this is false, calls wait, and identify overtakes the others.
    loaded: () => true,
    track: take("track"),
    page: take("page"),
    identify: take("identify"),
    // Calls made before it come after it, and until then the loader has the id that they have.
    reset: () => feed.reset(true, attempt(anonymousId)),
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
