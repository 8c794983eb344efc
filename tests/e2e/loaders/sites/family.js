// The loaders that descend from analytics-next: they differ in name, and in what of `plugins` they take.
import intercomDestination from "intercom-destination";

/** Ways in by name: each starts the loader `load` and gives the object that events are called on. */
export const family = (load) => ({
  "remote plugin": ({ loader, options }) => load(loader, options),
  "npm factory": ({ loader, options, settings }) => load({ ...loader, ...(settings && { plugins: [intercomDestination] }) }, options),
  plugins: ({ loader, options, settings }) =>
    load({ ...loader, ...(settings && { plugins: [intercomDestination.plugin(settings)] }) }, options),
  register: ({ loader, options, settings }) => {
    const analytics = load(loader, options);
    if (settings) analytics.register(intercomDestination.plugin(settings));
    return analytics;
  },
});

/** What a page needs of its loader: the object of its calls, and when it has loaded. */
export const offer = (ways) => {
  window.site = {
    open: (way, options) => {
      const analytics = ways[way](options);
      window.site.loader = () => analytics;
      window.site.ready = () => new Promise((done) => void analytics.ready(done));
    },
  };
};
