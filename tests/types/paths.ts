// Every path and name of the package, and calls that must not pass.
import intercomDestination from "intercom-destination";
import type * as everything from "intercom-destination";
import classic from "intercom-destination/classic";
import getanalytics from "intercom-destination/getanalytics";
import { createInspector, destinationsIn, presets, type Call, type Check, type Report } from "intercom-destination/inspect";
import plugin, { type plugin as named } from "intercom-destination/plugin";
import rudderstack from "intercom-destination/rudderstack";
import standalone from "intercom-destination/standalone";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(equal: Same<A, B>) => equal;

same<typeof plugin, typeof intercomDestination.plugin>(true);
same<typeof plugin, typeof named>(true);
same<typeof rudderstack, typeof everything.rudderstack>(true);
same<typeof getanalytics, typeof intercomDestination.getanalytics>(true);
same<typeof classic, typeof intercomDestination.classic>(true);
same<typeof standalone, typeof everything.standalone>(true);
same<typeof everything.default, typeof everything.intercomDestination>(true);

const name: "Intercom Web (Actions)" = intercomDestination.pluginName;
const context = { event: { type: "track" } };
const given: typeof context = plugin({ appId: "a" }).track(context);

const intercom = standalone({ appId: "a", subscriptions: [], onError: ({ code, message }) => console.warn(code, message) });
intercom.track("Order Completed", { revenue: 12.5 });
intercom.page();
intercom.page("Pricing", { plan: "pro" });
intercom.page({ plan: "pro" });
intercom.identify("u-1", { name: "Ada" });
intercom.identify({ name: "Ada" });
intercom.group("g-1", { name: "Acme" });
intercom.alias("u-2", "u-1");
intercom.reset();
const ready: Promise<boolean> = intercom.ready;
intercom.onMessenger((event, properties) => console.log(event.length, properties.unread_count));
plugin({ appId: "a", forward: true, visitorId: true });
plugin({ appId: "a", forward: ["show", "email"] });
plugin({ appId: "a", forward: { unread: "Messages", hide: false } });
// @ts-expect-error Intercom's callback is not its word.
plugin({ appId: "a", forward: ["onShow"] });
const visitorId: Promise<string | undefined> = intercomDestination.whenReady().then((messenger) => messenger?.visitorId());

const Integration = classic();
new Integration({ appId: "a" }).initialize();
getanalytics({ appId: "a" }).methods.group("g-1", {});
const isReady: boolean = rudderstack({ appId: "a" }).isReady();

export const told: Promise<[Check, Report, Call[]]> = createInspector(destinationsIn({ appId: "a" })[0].settings).then(
  ({ check, inspect, reset }) => {
    reset();
    const report = inspect({ type: "track", event: "Seen" });
    for (const { path, offset, severity } of check.problems) console.log(path.join("."), offset?.toFixed(), severity === "fault");
    // @ts-expect-error an event type is one of five
    const screens = check.subscriptions.filter(({ eventTypes }) => eventTypes.includes("screen"));
    return [check, report, report.calls];
  },
);
presets().then((list) => plugin({ appId: "a", subscriptions: list }));
// @ts-expect-error settings are given
createInspector();

plugin({ appId: "a", consent: { from: "google", categories: ["functionality_storage"], before: "drop" } });
plugin({ appId: "a", consent: { from: (tell) => tell(true) }, messenger: { alignment: "left", z_index: 7, theme_mode: null } });
// @ts-expect-error a source of other people's has categories
plugin({ appId: "a", consent: { from: "segment" } });
// @ts-expect-error a launcher is on one of two sides
plugin({ appId: "a", messenger: { alignment: "middle" } });
// @ts-expect-error the app id is required
plugin({});
// @ts-expect-error a number is no app id
standalone({ appId: 1 });
// @ts-expect-error an event has a name
intercom.track();
// @ts-expect-error the factory's result is a promise
intercomDestination({ appId: "a" }).length;
// @ts-expect-error an action has a subscription's filter
rudderstack({ appId: "a", subscriptions: [{ partnerAction: "trackEvent", enabled: true }] });
// @ts-expect-error there is no such loader
intercomDestination.mixpanel;

export { name, given, ready, isReady };
