// The files that few pages need, beside the script they belong to: `fallback`, the engine without WebAssembly, `liquid`, the template
// language, `load`, which brings the widget later, `consent`, which asks whether it may come, and `forward`, which
// brings what the Messenger tells back to the loader. Each puts what it holds into `intercomDestinationParts`, under its name.
import { FILE_TIMEOUT } from "../limits.js";

let load;

/** Says how a file of this package is brought onto the page: a function from its name, and a nonce, to a promise. */
export const loadPartsWith = (loader) => {
  load = loader;
};

// The time is no setting: one of the files is the engine, which checks the settings.
const late = () => new Promise((_, reject) => setTimeout(reject, FILE_TIMEOUT, new Error(`it did not load within ${FILE_TIMEOUT} ms`)));

/** What the part `name` holds; rejects when its file does not come in time. `nonce` lets it pass a strict policy. */
export const part = async (name, nonce) => {
  const held = () => globalThis.intercomDestinationParts?.[name];
  if (!held()) await Promise.race([load(`intercom-destination.${name}.js`, nonce), late()]);
  if (!held()) throw new Error("its file did not start");
  return held();
};
