// The loaders that descend from analytics-next: they differ in name, and in what of `plugins` they take.
import intercomDestination from "intercom-destination";

/** Ways in by name: each starts the loader `load` and gives the object that events are called on. */
export const family = (load) => ({
  "remote plugin": ({ loader }) => load(loader),
  "npm factory": ({ loader, settings }) => load({ ...loader, ...(settings && { plugins: [intercomDestination] }) }),
  plugins: ({ loader, settings }) => load({ ...loader, ...(settings && { plugins: [intercomDestination.plugin(settings)] }) }),
  register: ({ loader, settings }) => {
    const analytics = load(loader);
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
