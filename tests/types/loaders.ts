// What this package makes is what the loaders' own types ask for.
import { AnalyticsBrowser, type Plugin as SegmentPlugin } from "@segment/analytics-next";
import { AnalyticsBrowser as CustomerIo } from "@customerio/cdp-analytics-browser";
import { HtEventsBrowser } from "@ht-sdks/events-sdk-js-browser";
import { AnalyticsBrowser as June } from "@june-so/analytics-next";
import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";
import { Analytics, type AnalyticsPlugin } from "analytics";
import intercomDestination, { type Plugin, type Settings } from "intercom-destination";

const settings: Settings = { appId: "abc123" };
const plugin = intercomDestination.plugin(settings);

const forSegment: SegmentPlugin = plugin;
const writeKey = "key";

export const segment = AnalyticsBrowser.load({ writeKey, plugins: [plugin, forSegment] });
export const registered = segment.register(plugin);
export const made: Promise<void> = intercomDestination(settings).then(async (plugins: Plugin[]) => {
  const each: SegmentPlugin[] = plugins;
  await segment.register(...each);
});
export const customerIo = CustomerIo.load({ writeKey, plugins: [plugin] });
export const hightouch = HtEventsBrowser.load({ writeKey, plugins: [plugin] });
export const june = June.load({ writeKey, plugins: [plugin] });

new RudderAnalytics().addCustomIntegration("destination", intercomDestination.rudderstack(settings));

const forGetAnalytics: AnalyticsPlugin = intercomDestination.getanalytics(settings);
export const getAnalytics = Analytics({ app: "shop", plugins: [intercomDestination.getanalytics(settings), forGetAnalytics] });
