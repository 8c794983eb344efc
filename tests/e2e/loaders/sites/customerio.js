import { AnalyticsBrowser } from "@customerio/cdp-analytics-browser";
import { family, offer } from "./family.js";

offer(family((loader, options) => AnalyticsBrowser.load(loader, options)));
