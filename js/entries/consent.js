// What asks for the visitor's consent, for sites with the setting `consent`.
import { ask } from "../web/consent/consent.js";

(globalThis.intercomDestinationParts ??= {}).consent = ask;
