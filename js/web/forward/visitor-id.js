// The setting `visitorId`: a plugin for enriching events, which loaders of the Analytics.js 2.0 family take.
import { attempt } from "../../engine/values.js";
import { version } from "../../version.js";
import { shared } from "../page.js";

const TYPES = ["track", "page", "identify", "group", "alias", "screen"];

/** Has `loader` add `context.Intercom.visitorId` to its events until the result is called; undefined if it takes no such plugin. */
export const addVisitorId = (loader, visitorId) => {
  if (typeof loader?.register !== "function") return;
  // A plugin that is taken back would be another one's of the same name: each loader has one, and it says something while anyone asks.
  const plugins = (shared().enriched ??= new WeakMap());
  let users = plugins.get(loader);
  if (!users) {
    plugins.set(loader, (users = { count: 0 }));
    const enrich = (ctx) => {
      const id = users.count > 0 && visitorId();
      if (id) attempt(() => ctx.updateEvent("context.Intercom.visitorId", id));
      return ctx;
    };
    const plugin = { name: "Intercom visitor id", type: "enrichment", version, isLoaded: () => true, load: () => Promise.resolve() };
    TYPES.forEach((type) => (plugin[type] = enrich));
    Promise.resolve(loader.register(plugin)).catch(() => {});
  }
  users.count++;
  return () => users.count--;
};
