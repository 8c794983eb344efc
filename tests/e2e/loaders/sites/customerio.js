import { AnalyticsBrowser } from "@customerio/cdp-analytics-browser";
import { family, offer } from "./family.js";

offer(family((loader) => AnalyticsBrowser.load(loader)));
