// What brings the widget later, for sites whose setting `load` is not "now".
import { defer } from "../web/deferral/deferral.js";

(globalThis.intercomDestinationParts ??= {}).load = defer;
