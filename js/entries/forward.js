// What the Messenger tells, back to the loader, for sites with the setting `forward` or `visitorId`, and for those that wait for it.
import { forward } from "../web/forward/forward.js";

(globalThis.intercomDestinationParts ??= {}).forward = forward;
