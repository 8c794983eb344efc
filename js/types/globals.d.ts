// What is on the page besides the standard library: Intercom, and what this package puts there.
import type { IntercomDestination } from "./index.js";

declare global {
  interface Window {
    /** The widget, or a stub that queues calls in `q`. */
    Intercom: any;
    intercomSettings: any;
    intercomDestination: IntercomDestination;
    trustedTypes?: any;
    dataLayer?: any[];
  }
  var intercomDestinationParts: Record<string, any> | undefined;
}
