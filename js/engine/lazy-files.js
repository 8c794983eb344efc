// The two files that few pages need, beside the script they belong to: `fallback`, the engine without WebAssembly, and
// `liquid`, the template language. Either puts what it holds into `intercomDestinationParts`, under its name.

let load;

/** Says how a file of this package is brought onto the page: a function from its name, and a nonce, to a promise. */
export const loadPartsWith = (loader) => {
  load = loader;
};

// Not a setting: one of the files is the engine, which checks the settings.
const MOST_MS = 10000;

const late = () => new Promise((_, reject) => setTimeout(reject, MOST_MS, new Error(`it has not come within ${MOST_MS} ms`)));

/** What the part `name` holds; rejects when its file does not come in time. `nonce` lets it pass a strict policy. */
export const part = async (name, nonce) => {
  const held = () => globalThis.intercomDestinationParts?.[name];
  if (!held()) await Promise.race([load(`intercom-destination.${name}.js`, nonce), late()]);
  if (!held()) throw new Error("its file does nothing");
  return held();
};
