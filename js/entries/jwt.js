// What asks a site for its users' tokens, for sites with the setting `userJwt`.
import { ask } from "../web/user-jwt/ask.js";

(globalThis.intercomDestinationParts ??= {}).jwt = ask;
