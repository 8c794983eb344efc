import analytics from "@segment/analytics.js-core";
import intercom from "intercom-destination";

analytics.use(intercom.classic()).initialize({ Intercom: { appId: "YOUR_APP_ID" } });

analytics.identify("u-1", { name: "Ada", email: "ada@example.com" });
analytics.track("Order Completed", { revenue: 19.99, currency: "EUR" });
