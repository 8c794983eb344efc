// What every adapter stands on: a destination that takes each event once, for all of its actions, and never answers with a fault.
import { createDestination } from "./destination.js";
import { reportError, reporterOf } from "./faults.js";

/** The page as Segment's loader describes it, for loaders that do not. */
export const currentPage = () => {
  const { pathname, search, href } = location;
  return { path: pathname, referrer: document.referrer, search, title: document.title, url: href };
};

/**
 * A feed for these settings. Until something is sent or opened it does nothing at all, and on a server it never does.
 *
 * Wrong settings are reported, once; after that every event is ignored.
 */
export const createFeed = (settings) => {
  const report = reporterOf(settings);
  let destination, user;
  let isClosed = false;

  const begin = () => {
    if (!destination && !isClosed && typeof window === "object") {
      destination = createDestination(settings);
      destination.ready.catch(reportError(report));
    }
    return destination;
  };

  const reset = (...how) => {
    user = undefined;
    destination?.reset(...how);
  };

  return {
    /** `read` makes the event; a payload that cannot be read is skipped. */
    send: (read) => {
      try {
        begin()?.deliver(read());
      } catch (error) {
        report("event_unreadable", error?.name);
      }
    },
    /** Brings Intercom onto the page. */
    open: (loader) => {
      isClosed = false;
      begin()?.open(loader);
    },
    isOpen: () => !!destination?.isOpen(),
    /** Ends the visitor's session and starts the next visitor's; see `reset` of a destination. */
    reset,
    /** For loaders that do not tell of a reset: another user than the last one, or none after one, is another visitor. */
    follow: (id) => {
      if (user && user !== id) reset();
      user = id;
    },
    close: () => {
      destination?.close();
      destination = undefined;
      isClosed = true;
    },
    /** Resolves when events can be handled: to true, or to false when the settings are wrong or there is no page. */
    ready: () =>
      Promise.resolve(begin()?.ready).then(
        () => !!destination,
        () => false,
      ),
  };
};
