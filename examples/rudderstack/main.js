import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";
import intercom from "intercom-destination";

const analytics = new RudderAnalytics();
analytics.addCustomIntegration("YOUR_DESTINATION_ID", intercom.rudderstack({ appId: "YOUR_APP_ID" }));
analytics.load("YOUR_WRITE_KEY", "YOUR_DATA_PLANE_URL");

analytics.identify("u-1", { name: "Ada", email: "ada@example.com" });
analytics.track("Order Completed", { revenue: 19.99, currency: "EUR" });
