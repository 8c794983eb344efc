// What a site's own bundle does: the packages from npm, for the page's inline script to load.
import { createWrapper } from "@segment/analytics-consent-tools";
import { AnalyticsBrowser } from "@segment/analytics-next";
import intercomDestination from "intercom-destination";

window.npm = { AnalyticsBrowser, createWrapper, intercomDestination };
