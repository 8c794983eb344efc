// What all destinations of a page have in common of the Messenger's callbacks: it is given each function once, and one that hears of
// nothing after the next `boot` or `shutdown`, whether Intercom forgets it or not.
import { attempt } from "../../engine/values.js";
import { intercom, isHere, shared, takeBack } from "../page.js";

/** In the order of the first words of src/web/forwarding.rs. */
const CALLBACKS = ["onShow", "onHide", "onUnreadCountChange", "onUserEmailSupplied"];

const create = () => {
  const { listeners: calls } = shared();
  const listeners = new Set();
  // What waits in the stub's queue and is ours.
  const own = new Set();
  let round = 0;
  let isDue = false;
  // Whether the Messenger's visitor is the loader's.
  let isCurrent = true;

  const unregister = () => {
    round++;
    takeBack(own);
  };

  // One of a loader's destinations tells it, whatever the others ask for. They hear of it, as each may be the next one that tells.
  const tell = (kind, value) => {
    const told = new Set();
    for (const { loader, tell } of [...listeners]) {
      attempt(() => tell(kind, value, !told.has(loader)));
      told.add(loader);
    }
  };

  const register = () => {
    isDue = false;
    unregister();
    const current = round;
    const target = intercom();
    if (!target) return;
    const wanted = [...listeners].reduce((all, { callbacks }) => all | callbacks, 0);
    CALLBACKS.forEach((method, kind) => {
      if (!((wanted >> kind) & 1)) return;
      attempt(() => target(method, (value) => void (current === round && tell(kind, value))));
      if (Array.isArray(target.q)) own.add(target.q[target.q.length - 1]);
    });
  };

  const registerSoon = () => {
    if (!isDue) Promise.resolve().then(register);
    isDue = true;
  };

  // It is told before Intercom is called.
  calls.add((method) => {
    if (method !== "boot" && method !== "shutdown") return;
    isCurrent = method === "boot";
    round++;
    listeners.forEach(({ began }) => began());
    if (isCurrent) registerSoon();
  });

  return {
    /**
     * For as long as it is here, a listener `{ loader, callbacks, tell(kind, value, isFirst), began() }` hears of the callbacks whose bits it
     * has, with whether it is the first of its loader's, and of the beginning and the end of each session.
     */
    add: (listener) => {
      listeners.add(listener);
      registerSoon();
    },
    remove: (listener) => {
      listeners.delete(listener);
      if (listeners.size === 0) unregister();
    },
    /** The loader's visitor has left, and the Messenger is still theirs. */
    leave: () => {
      isCurrent = false;
    },
    /** The id of the Messenger's visitor, if there is one and it is the loader's. */
    visitorId: () => {
      const id = isCurrent && isHere() ? attempt(() => intercom()("getVisitorId")) : undefined;
      return typeof id === "string" && id ? id : undefined;
    },
  };
};

/** What a page's destinations share; also across two copies of this script. */
export const callbacks = () => (shared().callbacks ??= create());
