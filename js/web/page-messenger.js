// The page's side of a session: does what the session says, and tells it what happens on the page. It decides nothing.
import { callIntercom, enter, intercom, leave, restoreIntercom } from "./page.js";
import { sentenceOf } from "./notices.js";
import { insertScript, queueingStub } from "./widget-script.js";

/** What a session hears of; src/wasm/web.rs has the same numbers. */
export const FACTS = {
  /** Intercom is wanted, and there is nothing or a stub (0), a widget (1), or a booted one (2). The page's settings, and whether
   * nobody has said `boot` to the stub yet. */
  opened: 0,
  scriptInserted: 3,
  widgetArrived: 4,
  widgetFailed: 5,
  timedOut: 6,
  pageHidden: 7,
  /** The page called this method of Intercom. */
  pageCalled: 8,
  /** The page's settings, whether events of this visitor may still come, when it was (ms since 1970), and the visitor's anonymous id. */
  reset: 9,
  /** Nothing, and whether nobody else uses the page's Intercom. */
  closed: 10,
};

// The longest time that a timer takes.
const MOST_MS = 2 ** 31 - 1;

/** Whether Intercom's widget is on the page, and not just a stub with a queue. */
const isHere = () => typeof window.Intercom === "function" && !Array.isArray(window.Intercom.q);

/**
 * Takes the page for `appId`. Throws when it runs another workspace. `appId`, `nonce` and `widgetTimeout` are settings that the engine
 * has checked.
 *
 * `happened(fact, value, flag, time, other)` tells the session; `report(code, sentence)` tells the site.
 */
export const openMessenger = ({ appId, nonce, widgetTimeout, report, happened }) => {
  // What waits in the stub's queue and is ours; the page's own calls stand beside it.
  const own = new Set();
  let cause = `it has not come within ${widgetTimeout} ms`;
  let isRunning = isHere();
  let isAsked = false;
  let isClosed = false;
  let timer;

  // What the page has called since the session was last told of it: it makes a difference for what comes next only.
  let heard;
  const pageCalled = (method) => {
    if (method === "shutdown" || (!heard && (method === "boot" || method === "update"))) heard = method;
  };
  const isFirst = enter(appId, pageCalled);
  const isFound = typeof window.Intercom === "function";
  if (!isFound) window.Intercom = queueingStub();
  intercom();

  /** Tells the session of what the page has called, and of a widget that has come. */
  const look = () => {
    if (heard) {
      const method = heard;
      heard = undefined;
      happened(FACTS.pageCalled, method);
    }
    if (isRunning || isClosed || !isHere()) return;
    isRunning = true;
    intercom();
    own.clear();
    happened(FACTS.widgetArrived);
  };

  const bringIn = () => {
    if (isClosed || isAsked) return;
    isAsked = true;
    look();
    if (isRunning) return;
    happened(FACTS.scriptInserted);
    insertScript(appId, nonce, (fault) => {
      look();
      if (isRunning) return;
      cause = fault ?? "its script came but did nothing";
      if (fault) happened(FACTS.widgetFailed);
    });
  };

  const timedOut = () => {
    look();
    happened(FACTS.timedOut);
  };
  const hide = () => happened(FACTS.pageHidden);
  addEventListener("pagehide", hide);

  /** What the session says, by number; src/wasm/messenger.rs has the same. After these come the notices. */
  const acts = [
    /** Calls Intercom. */
    (words) => {
      const target = callIntercom(words, pageCalled);
      if (!isRunning) own.add(target.q[target.q.length - 1]);
    },
    /** Sets the page's settings. */
    (settings) => {
      window.intercomSettings = settings;
    },
    /** Brings in the widget's script when the page is complete. */
    () => {
      if (isAsked) return happened(FACTS.scriptInserted);
      // A page with Intercom's snippet inserts the script itself once it is complete; a turn later it is there to be found.
      const soon = isFound ? () => setTimeout(bringIn) : bringIn;
      if (document.readyState === "complete") return soon();
      addEventListener("load", soon, { once: true });
      // An image that never ends must not keep Intercom away.
      setTimeout(bringIn, widgetTimeout / 2);
    },
    /** Takes what is ours back out of the stub's queue. */
    () => {
      const target = intercom();
      if (Array.isArray(target?.q)) target.q = target.q.filter((words) => !own.has(words));
      own.clear();
    },
    /** Tells the session at `time` (ms since 1970) that it has come; Infinity: at no time. */
    (time) => {
      clearTimeout(timer);
      if (time < Infinity) timer = setTimeout(timedOut, Math.min(time - Date.now() + 1, MOST_MS));
    },
  ];

  return {
    /** Tells the session of the page as it is. */
    open: (isReopened) => {
      const found = !isHere() ? 0 : window.Intercom.booted === false ? 1 : 2;
      happened(FACTS.opened + found, window.intercomSettings, isFirst && !isReopened);
    },
    reset: (...how) => happened(FACTS.reset, window.intercomSettings, ...how),
    look,
    act: (command, subject) => {
      if (!acts[command]) return report(...sentenceOf(command - acts.length, subject ?? cause));
      try {
        acts[command](subject);
      } catch {
        // Intercom's own code failed, or the page does not let itself be changed.
        report("messenger_fault", `Intercom's own "${subject?.[0] ?? "settings"}" failed`);
      }
    },
    /** Ends the session, and leaves the page. */
    close: () => {
      const isLast = leave(pageCalled);
      happened(FACTS.closed, undefined, isLast);
      isClosed = true;
      clearTimeout(timer);
      removeEventListener("pagehide", hide);
      if (isLast) restoreIntercom();
    },
  };
};
