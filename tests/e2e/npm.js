// What a site's own bundle does: both packages from npm, for the page's inline script to load.
import { AnalyticsBrowser } from "@segment/analytics-next";
import intercomDestination from "intercom-destination";

window.npm = { AnalyticsBrowser, intercomDestination };
