import Analytics from "analytics";
import getanalytics from "intercom-destination/getanalytics";
import { collect } from "./collect.js";
import { offer } from "./family.js";

const vendor = () => ({
  name: "vendor",
  page: ({ payload }) => collect(payload),
  track: ({ payload }) => collect(payload),
  identify: ({ payload }) => collect(payload),
});

offer({
  plugins: ({ settings }) => {
    const analytics = Analytics({ app: "shop", plugins: [...(settings ? [getanalytics(settings)] : []), vendor()] });
    const { intercom } = analytics.plugins;
    // Who asks later is not told that it has been ready for long.
    const ready = new Promise((done) => analytics.ready(done));
    return {
      page: (name, properties) => analytics.page({ name, ...properties }),
      track: analytics.track,
      identify: analytics.identify,
      group: (...args) => intercom?.group(...args),
      alias: (...args) => intercom?.alias(...args),
      reset: analytics.reset,
      ready: (done) => ready.then(done),
    };
  },
});
