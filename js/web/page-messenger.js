// The page's side of a session: does what the session says, and tells it what happens on the page. It decides nothing.
import { COMMANDS, FACTS } from "../engine/numbers.js";
import { part } from "../engine/lazy-files.js";
import { callIntercom, enter, intercom, isHere, leave, restoreIntercom, takeBack } from "./page.js";
import { NOTICE, noticeOf } from "./notices.js";
import { insertScript, queueingStub } from "./widget-script.js";

// The longest time that a timer takes.
const MOST_MS = 2 ** 31 - 1;

/**
 * Takes the page for `appId`. Throws when it runs another workspace. `appId`, `nonce` and `widgetTimeout` are settings that the engine
 * has checked.
 *
 * `loader` is what `open` of a destination was given. `happened(fact, value, flag, time, other)` tells the session; `report(code, ...values)` tells the site;
 * `askForJwt(userId)` keeps events back until the session has heard of a token.
 */
export const openMessenger = (site) => {
  const { appId, nonce, widgetTimeout, report, happened, askForJwt } = site;
  // What waits in the stub's queue and is ours; the page's own calls stand beside it.
  const own = new Set();
  let cause = "late";
  let isRunning = isHere();
  let isAsked = false;
  let isClosed = false;
  // Of a widget that comes later: the `boot` that waits for it, and what hears of it.
  let boot, deferral;
  // What brings what the Messenger tells back to the loader.
  let forwarding;
  let timer;

  // What the page has called since the session was last told of it: it makes a difference for what comes next only.
  let heard;
  const pageCalled = (method) => {
    // It may be what brings the widget.
    if (deferral && !isAsked) return happened(FACTS.pageCalled, String(method));
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
    deferral?.("arrived");
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
      cause = fault ?? "silent";
      if (fault) happened(FACTS.widgetFailed);
    });
  };

  const timedOut = () => {
    look();
    happened(FACTS.timedOut);
  };
  const hide = () => happened(FACTS.pageHidden);
  addEventListener("pagehide", hide);

  const call = (words) => {
    const target = callIntercom(words, pageCalled);
    if (isRunning) return;
    const waiting = target.q[target.q.length - 1];
    own.add(waiting);
    if (words[0] !== "boot") return;
    boot = waiting;
    deferral?.("settings", boot[1]);
  };

  const addToBoot = (attributes) => {
    boot[1] = { ...boot[1], ...attributes };
    deferral("settings", boot[1]);
  };

  const defer = async (load) => {
    deferral = () => {};
    const trigger = () => happened(FACTS.triggered);
    try {
      const wait = await part("load", nonce);
      if (!isAsked && !isRunning && !isClosed) deferral = wait(load, { trigger, report, settings: boot?.[1] });
    } catch (error) {
      report("load_unavailable", error.message);
      trigger();
    }
  };

  const forward = async () => {
    try {
      const begin = await part("forward", nonce);
      if (!isClosed) forwarding = begin(site);
    } catch (error) {
      report("forward_unavailable", error.message);
    }
  };
  if (site.forward || site.visitorId) forward();

  const bringInWhenComplete = () => {
    if (isAsked) return happened(FACTS.scriptInserted);
    // A page with Intercom's snippet inserts the script itself once it is complete; a turn later it is there to be found.
    const soon = isFound ? () => setTimeout(bringIn) : bringIn;
    if (document.readyState === "complete") return soon();
    addEventListener("load", soon, { once: true });
    // An image that never ends must not keep Intercom away.
    setTimeout(bringIn, widgetTimeout / 2);
  };

  const wake = (time) => {
    clearTimeout(timer);
    if (time < Infinity) timer = setTimeout(timedOut, Math.min(time - Date.now() + 1, MOST_MS));
  };

  return {
    /** Tells the session of the page as it is. */
    open: (isReopened) => {
      const found = window.Intercom.booted === false ? FACTS.openedOnIdleWidget : FACTS.openedOnBootedWidget;
      happened(isHere() ? found : FACTS.openedOnStub, window.intercomSettings, isFirst && !isReopened);
    },
    reset: (...how) => {
      forwarding?.(true);
      happened(FACTS.reset, window.intercomSettings, ...how);
    },
    look,
    act: (command, subject) => {
      try {
        if (command === COMMANDS.call) call(subject);
        else if (command === COMMANDS.setSettings) window.intercomSettings = subject;
        else if (command === COMMANDS.insertScript) bringInWhenComplete();
        else if (command === COMMANDS.clearQueue) takeBack(own);
        else if (command === COMMANDS.wake) wake(subject);
        else if (command === COMMANDS.awaitTrigger) defer(subject);
        else if (command === COMMANDS.addToBoot) addToBoot(subject);
        else if (command === COMMANDS.askForJwt) askForJwt(subject);
        else if (command === COMMANDS.report + NOTICE.widgetUnavailable) {
          deferral?.("failed");
          report(...noticeOf(NOTICE.widgetUnavailable, cause), cause === "late" && widgetTimeout);
        } else report(...noticeOf(command - COMMANDS.report, subject));
      } catch {
        // Intercom's own code failed, or the page does not let itself be changed.
        report("messenger_fault", subject?.[0] ?? "settings");
      }
    },
    /** Ends the session, and leaves the page. */
    close: () => {
      const isLast = leave(pageCalled);
      happened(FACTS.closed, undefined, isLast);
      isClosed = true;
      deferral?.("closed");
      forwarding?.();
      clearTimeout(timer);
      removeEventListener("pagehide", hide);
      if (isLast) restoreIntercom();
    },
  };
};
