// One page runs one Intercom workspace, whoever asks for it: also across two copies of this script.
import { raised } from "../errors.js";

let page;
/** What all copies of this script on a page have in common. */
export const shared = () => {
  page ??= globalThis[Symbol.for("intercom-destination")] ??= { users: 0 };
  page.listeners ??= new Set();
  return page;
};

/** Whether Intercom's widget is on the page, and not just a stub with a queue. */
export const isHere = () => typeof window.Intercom === "function" && !Array.isArray(window.Intercom.q);

/** Whether an event is the Messenger's own, on its way from a loader. */
export const isForwarded = (event) => shared().isForwarded?.(event);

/** Throws when the page runs another app id already. */
export const refuseConflict = (appId) => {
  const { users, taken } = shared();
  if (users && taken !== appId) {
    throw raised("app_id_conflict", taken, appId);
  }
};

/** Takes the page; true for the first of its users. `listener(method)` hears of calls that its user did not make. */
export const enter = (appId, listener) => {
  refuseConflict(appId);
  const page = shared();
  page.taken = appId;
  page.listeners.add(listener);
  return page.users++ === 0;
};

/** Leaves it; true for the last of its users. */
export const leave = (listener) => {
  const page = shared();
  page.listeners.delete(listener);
  return --page.users === 0;
};

const tell = (method, speaker) => shared().listeners.forEach((listener) => listener !== speaker && listener(method));

/**
 * Intercom's own function, or the stub in its place. `window.Intercom` passes everything on to it, and tells of what the page calls:
 * a `shutdown` or an `update` of the page's own changes what Intercom knows of the visitor.
 */
export const intercom = () => {
  const page = shared();
  const { Intercom } = window;
  if (typeof Intercom !== "function") return;
  if (!page.users) return Intercom;
  if (Intercom !== page.proxy) {
    page.target = Intercom;
    try {
      window.Intercom = page.proxy = new Proxy(Intercom, {
        apply(target, self, words) {
          tell(words[0]);
          return Reflect.apply(target, self, words);
        },
      });
    } catch {
      // The page has made it unchangeable, and calls it without us.
    }
  }
  return page.target;
};

/** Has the page call Intercom's own function again. */
export const restoreIntercom = () => {
  const page = shared();
  if (window.Intercom === page.proxy) window.Intercom = page.target;
};

/** Takes what is in `own` back out of the stub's queue. */
export const takeBack = (own) => {
  const target = intercom();
  if (own.size > 0 && Array.isArray(target?.q)) target.q = target.q.filter((words) => !own.has(words));
  own.clear();
};

/** Calls Intercom for the user with this listener. */
export const callIntercom = (words, listener) => {
  const target = intercom();
  tell(words[0], listener);
  target(...words);
  return target;
};
