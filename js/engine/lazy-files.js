// The files that few pages need, beside the script they belong to: `fallback`, the engine without WebAssembly, `liquid`, the template
// language, `load`, which brings the widget later, `consent`, which asks whether it may come, `forward`, which
// brings what the Messenger tells back to the loader, `jwt`, which asks the site for tokens of its users, and `sentences`, what is said of
// faults. Each puts what it holds into `intercomDestinationParts`, under its name.
import { FILE_TIMEOUT } from "../limits.js";

let load;

/** Says how a file of this package is brought onto the page: a function from its name, and a nonce, to a promise. */
export const loadPartsWith = (loader) => {
  load = loader;
};

/** What the part `name` holds; rejects when its file does not come in time. `nonce` lets it pass a strict policy. */
export const part = async (name, nonce) => {
  const held = () => globalThis.intercomDestinationParts?.[name];
  if (!held()) {
    let timer;
    // The time is no setting: one of the files is the engine, which checks the settings.
    const late = new Promise((_, reject) => (timer = setTimeout(reject, FILE_TIMEOUT, new Error("late_file"))));
    try {
      await Promise.race([load(`intercom-destination.${name}.js`, nonce), late]);
    } finally {
      clearTimeout(timer);
    }
  }
  if (!held()) throw new Error("silent_file");
  return held();
};
