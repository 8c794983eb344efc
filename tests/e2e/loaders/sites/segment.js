import { AnalyticsBrowser } from "@segment/analytics-next";
import { createWrapper } from "@segment/analytics-consent-tools";
import { family, offer } from "./family.js";
import intercomDestination from "intercom-destination";

offer({
  ...family((loader, options) => AnalyticsBrowser.load(loader, options)),
  /** As "npm factory", behind the consent wrapper: `categories` are what the visitor has agreed to. */
  consent: ({ loader, categories, consentModel }) => {
    const analytics = new AnalyticsBrowser();
    createWrapper({
      shouldLoadSegment: (context) => context.load({ consentModel }),
      getCategories: () => categories,
    })(analytics);
    analytics.load({ ...loader, plugins: [intercomDestination] });
    return analytics;
  },
});
