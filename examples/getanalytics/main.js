import Analytics from "analytics";
import intercom from "intercom-destination";

const analytics = Analytics({ app: "shop", plugins: [intercom.getanalytics({ appId: "YOUR_APP_ID" })] });

analytics.identify("u-1", { name: "Ada", email: "ada@example.com" });
analytics.track("Order Completed", { revenue: 19.99, currency: "EUR" });
