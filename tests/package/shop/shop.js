// A site with Segment's loader and this package from npm, set as its address says.
import { AnalyticsBrowser } from "@segment/analytics-next";
import intercom from "intercom-destination";

const settings = JSON.parse(new URL(location.href).searchParams.get("settings"));

window.analytics = AnalyticsBrowser.load({ writeKey: "writeKey123", plugins: [intercom.plugin(settings)] });
