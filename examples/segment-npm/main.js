import { AnalyticsBrowser } from "@segment/analytics-next";
import intercom from "intercom-destination";

const analytics = AnalyticsBrowser.load({
  writeKey: "YOUR_WRITE_KEY",
  plugins: [intercom.plugin({ appId: "YOUR_APP_ID" })],
});

analytics.identify("u-1", { name: "Ada", email: "ada@example.com" });
analytics.track("Order Completed", { revenue: 19.99, currency: "EUR" });
