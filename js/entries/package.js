// The package: the same as the drop-in, but for how its other files are found.
import { loadPartsWith } from "../engine/lazy-files.js";

const files = {
  // @ts-expect-error It is beside the published file.
  "intercom-destination.fallback.js": () => import(/* webpackIgnore: true */ "./intercom-destination.fallback.js"),
  // @ts-expect-error It is beside the published file.
  "intercom-destination.load.js": () => import(/* webpackIgnore: true */ "./intercom-destination.load.js"),
  // @ts-expect-error It is beside the published file.
  "intercom-destination.consent.js": () => import(/* webpackIgnore: true */ "./intercom-destination.consent.js"),
  // @ts-expect-error It is beside the published file.
  "intercom-destination.forward.js": () => import(/* webpackIgnore: true */ "./intercom-destination.forward.js"),
  // @ts-expect-error It is beside the published file.
  "intercom-destination.sentences.js": () => import(/* webpackIgnore: true */ "./intercom-destination.sentences.js"),
  // @ts-expect-error It is beside the published file.
  "intercom-destination.jwt.js": () => import(/* webpackIgnore: true */ "./intercom-destination.jwt.js"),
  // @ts-expect-error It is beside the published file.
  "intercom-destination.liquid.js": () => import(/* webpackIgnore: true */ "./intercom-destination.liquid.js"),
};

loadPartsWith((file) => files[file]());

export {
  intercomDestination,
  intercomDestination as default,
  plugin,
  rudderstack,
  getanalytics,
  classic,
  standalone,
  whenReady,
} from "../web/public.js";
