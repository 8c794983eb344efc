import { AnalyticsBrowser } from "@june-so/analytics-next";
import { family, offer } from "./family.js";

offer(family((loader, options) => AnalyticsBrowser.load(loader, options)));
