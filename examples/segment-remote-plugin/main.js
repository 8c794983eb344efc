import { AnalyticsBrowser } from "@segment/analytics-next";

const intercom = {
  name: "Intercom Web (Actions)",
  creationName: "Intercom Web (Actions)",
  libraryName: "intercomDestination",
  url: "https://your.cdn/intercom-destination.umd.js",
  settings: { appId: "YOUR_APP_ID" },
};

const analytics = AnalyticsBrowser.load(
  { writeKey: "YOUR_WRITE_KEY" },
  { updateCDNSettings: (cdn) => ({ ...cdn, remotePlugins: [...(cdn.remotePlugins ?? []), intercom] }) },
);

analytics.identify("u-1", { name: "Ada", email: "ada@example.com" });
analytics.track("Order Completed", { revenue: 19.99, currency: "EUR" });
