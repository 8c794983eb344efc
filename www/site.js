// The site of this page: the real Analytics.js with our plugin, made anew when the settings change, and nothing that could reach
// Segment.

import { AnalyticsBrowser } from "@segment/analytics-next";
import intercomDestination from "../js/entries/package.js";
import { send } from "./event.js";

// A little longer than docs/session.md says.
const HOLD_MS = 300;

/** `onFault(error)` hears what the plugin reports, `onForwarded(event)` what it tracks of the Messenger's. */
export function openSite({ onFault, onForwarded }) {
  const analytics = AnalyticsBrowser.load(
    {
      writeKey: "playground",
      // Left alone, Analytics.js reports its own performance to Segment every thirty seconds.
      cdnSettings: { integrations: {}, metrics: { sampleRate: 0 } },
    },
    {
      integrations: { "Segment.io": false },
      // The stand-in forgets everybody when the page reloads, so Analytics.js must as well.
      disableClientPersistence: true,
    },
  );
  // A destination like any other of the site's.
  const other = { name: "Timeline", type: "destination", version: "1", isLoaded: () => true, load: async () => {} };
  analytics.register({ ...other, track: (ctx) => (ctx.event.context?.Intercom?.forwarded && onForwarded(ctx.event), ctx) });
  let plugins = [];

  return {
    /** Takes the last plugin off the page and puts one with these settings there; false when it refuses them. */
    async use(settings) {
      for (const plugin of plugins) await analytics.deregister(plugin.name);
      plugins = [];
      try {
        // The visit asks for consent; the events of this page are sent as if it were given.
        plugins = await intercomDestination({ ...settings, consent: undefined, onError: onFault });
      } catch (error) {
        onFault(error);
        return false;
      }
      await analytics.register(...plugins);
      return true;
    },
    /** The event as the plugin saw it. */
    send: async (event) => (await send(analytics, event)).event,
    async reset() {
      await analytics.reset();
      // The plugin holds the shutdown for events that Analytics.js may still hand in.
      await new Promise((resolve) => setTimeout(resolve, HOLD_MS));
    },
  };
}
