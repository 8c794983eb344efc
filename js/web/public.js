// What sites get: the factory, and with it a way in for each other kind of loader.
import { factory, plugin } from "./factory.js";
import { rudderstack } from "./loaders/rudderstack.js";
import { getanalytics } from "./loaders/getanalytics.js";
import { classic } from "./loaders/classic.js";
import { standalone } from "./loaders/standalone.js";
import { part } from "../engine/lazy-files.js";

/** Resolves to what can be asked of the Messenger once it is booted; to nothing where it cannot be known. */
export const whenReady = () =>
  part("forward").then(
    (begin) => begin.whenReady(),
    () => {},
  );

/** The plugin factory of the `remotePlugins` and `plugins` contracts. */
export const intercomDestination = Object.assign(factory, { plugin, rudderstack, getanalytics, classic, standalone, whenReady });

export { plugin, rudderstack, getanalytics, classic, standalone };
