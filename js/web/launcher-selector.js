// The selector of a site's own button for the Messenger.
import { failure } from "../errors.js";

/** A selector goes to Intercom, which looks for its element: one that is none would fail there, out of sight. */
export const refuseSelector = (selector) => {
  try {
    document.createDocumentFragment().querySelector(selector);
  } catch {
    throw failure("setting_activator", "activator: not a valid CSS selector");
  }
};
