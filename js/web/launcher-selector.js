// The selector of a site's own button for the Messenger.

/** A selector goes to Intercom, which looks for its element: one that is none would fail there, out of sight. */
export const isSelector = (selector) => {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
};
