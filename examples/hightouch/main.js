import { HtEventsBrowser } from "@ht-sdks/events-sdk-js-browser";
import intercom from "intercom-destination";

const analytics = HtEventsBrowser.load({
  writeKey: "YOUR_WRITE_KEY",
  plugins: [intercom.plugin({ appId: "YOUR_APP_ID" })],
});

analytics.identify("u-1", { name: "Ada", email: "ada@example.com" });
analytics.track("Order Completed", { revenue: 19.99, currency: "EUR" });
