// RudderStack: the object for `rudderanalytics.addCustomIntegration(destinationId, rudderstack(settings))`.
import { createFeed } from "../feed.js";

/** RudderStack copies what it is given property by property, so these are closures and know nothing of `this`. */
export const rudderstack = (settings) => {
  const feed = createFeed(settings);
  const take = (_analytics, _logger, given) =>
    feed.send(() => {
      const { message } = given;
      const { type, context } = message;
      const userId = message.userId || undefined;
      // An alias names the other identity; it is still the same visitor.
      if (type !== "alias") feed.follow(userId);
      return {
        ...message,
        userId,
        event: message.event ?? undefined,
        properties: message.properties ?? undefined,
        traits: type === "identify" ? context.traits : message.traits,
        timestamp: message.originalTimestamp,
      };
    });
  return {
    init: (_config, analytics) => feed.open(analytics),
    // All of the site's destinations wait until each is ready; this one keeps its own queue.
    isReady: () => true,
    track: take,
    page: take,
    identify: take,
    group: take,
    alias: take,
    reset: () => feed.reset(),
  };
};
