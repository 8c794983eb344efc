import { HtEventsBrowser } from "@ht-sdks/events-sdk-js-browser";
import { family, offer } from "./family.js";

offer(family((loader, options) => HtEventsBrowser.load(loader, options)));
