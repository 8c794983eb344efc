import { AnalyticsBrowser } from "@segment/analytics-next";
import intercom from "intercom-destination";

// The destination "Intercom Web (Actions)" must be enabled in Segment's app: its settings and subscriptions apply.
const analytics = AnalyticsBrowser.load({ writeKey: "YOUR_WRITE_KEY", plugins: [intercom] });

analytics.identify("u-1", { name: "Ada", email: "ada@example.com" });
analytics.track("Order Completed", { revenue: 19.99, currency: "EUR" });
