import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";
import rudderstack from "intercom-destination/rudderstack";
import { offer } from "./family.js";

offer({
  addCustomIntegration: ({ loader, settings }) => {
    const analytics = new RudderAnalytics();
    if (settings) analytics.addCustomIntegration("custom-1", (window.integration = rudderstack(settings)));
    analytics.load(loader.writeKey, "https://plane.test", { queueOptions: { minRetryDelay: 10 } });
    return analytics;
  },
});
