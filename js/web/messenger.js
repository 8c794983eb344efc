// What is said to window.Intercom, and whether anyone is there to hear it. Nothing here waits for the network.
import { adviser } from "./warnings.js";
import { enter, leave } from "./page.js";
import { insertScript, queueingStub } from "./widget-script.js";

const WAITING = 0,
  RUNNING = 1,
  UNAVAILABLE = 2;
const MOST_QUEUED = 1000;
// What Intercom's documentation says of update: repeats within a minute are dropped, and twenty in half an hour are heard.
const REPEAT_MS = 60e3,
  QUOTA = 20,
  QUOTA_MS = 30 * 60e3;
/** Settings of the Messenger itself; the rest of a page's own settings describes a visitor. */
const LOOKS =
  /^(app_id|api_base|installation_type|custom_launcher_selector|alignment|\w+_padding|z_index|hide_default_launcher|session_duration|theme_mode|\w+_color)$/;

const looksOf = (settings) => Object.fromEntries(Object.entries(settings ?? {}).filter(([key]) => LOOKS.test(key)));

/** Whether two payloads say the same. */
const same = (a, b) => {
  if (a === b) return true;
  if (Object(a) !== a || Object(b) !== b || a.constructor !== b.constructor) return false;
  if (a instanceof Date) return +a === +b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
};

/**
 * Makes Intercom boot with `boot` now, or when its script comes. Throws when the page runs another workspace.
 *
 * `options`: `nonce`, `widgetTimeout` (ms), `updateGuard`, and `report(code, sentence)`.
 */
export const openMessenger = (boot, { nonce, widgetTimeout, updateGuard = true, report }) => {
  const isFirst = enter(boot.app_id);
  let previous = window.intercomSettings;
  const found = typeof window.Intercom === "function";
  const running = found && !Array.isArray(window.Intercom.q);
  const stub = running ? undefined : found ? window.Intercom : queueingStub();
  const advice = adviser(report);
  // What waits in the stub's queue and is ours; the page's own calls stand beside it.
  const queued = new Set();
  const updates = [];
  let state = running ? RUNNING : WAITING;
  let silence = `it has not come within ${widgetTimeout} ms`;
  let isAsked = false;
  let isClosed = false;
  let timer, last, lastUrl, lastTime;

  const say = (...words) => {
    try {
      window.Intercom(...words);
      if (state === WAITING) queued.add(stub.q[stub.q.length - 1]);
    } catch {
      report("messenger_fault", `Intercom's own "${words[0]}" failed`);
    }
  };

  const arrived = () => {
    clearTimeout(timer);
    queued.clear();
    const isLate = state === UNAVAILABLE;
    state = RUNNING;
    if (isLate && !isClosed) {
      // The queue was let go; who the visitor is must be said again.
      say("boot", boot);
      if (last) say("update", last);
    }
  };

  const unavailable = (cause) => {
    clearTimeout(timer);
    if (state !== WAITING || isClosed) return;
    if (window.Intercom !== stub) return arrived();
    state = UNAVAILABLE;
    stub.q = stub.q.filter((args) => !queued.has(args));
    queued.clear();
    report("widget_unavailable", `Intercom's widget is not available: ${cause}`);
  };

  const bringIn = () => {
    if (isAsked || isClosed) return;
    isAsked = true;
    if (window.Intercom !== stub) return arrived();
    timer = setTimeout(() => unavailable(silence), widgetTimeout);
    insertScript(boot.app_id, nonce, (cause) => {
      if (cause) unavailable(cause);
      else if (window.Intercom === stub) silence = "its script came but did nothing";
      else if (state !== RUNNING) arrived();
    });
  };

  /** Whether this update is worth sending: Intercom would drop it, and count it, if it repeats the last one. */
  const isNews = (payload) => {
    const now = Date.now();
    // The same as location.href, at a twentieth of its cost.
    const url = document.URL;
    if (updateGuard && now - lastTime < REPEAT_MS && lastUrl === url && same(payload, last)) return false;
    last = payload;
    lastUrl = url;
    lastTime = now;
    // The last few are enough to tell, however many there are in half an hour.
    if (updates.push(now) === QUOTA && now - updates.shift() < QUOTA_MS) {
      report("update_quota", `Intercom hears ${QUOTA} updates in 30 minutes and page; it may ignore those that follow`);
    }
    return true;
  };

  if (!found) window.Intercom = stub;
  window.intercomSettings = { ...previous, ...boot };
  if (running) {
    if (window.Intercom.booted === false || previous?.app_id !== boot.app_id) say("boot", boot);
    say("reattach_activator");
    say("update", window.intercomSettings);
  } else {
    if (isFirst) say("boot", boot);
    // A page with Intercom's snippet inserts the script itself once it is complete; a turn later it is there to be found.
    const soon = found ? () => setTimeout(bringIn) : bringIn;
    if (document.readyState === "complete") soon();
    else {
      addEventListener("load", soon, { once: true });
      // An image that never ends must not keep Intercom away.
      setTimeout(bringIn, widgetTimeout / 2);
    }
  }

  return {
    /** Whether calls are heard or kept; when they are not there is no need to make them. */
    isListening: () => {
      if (state === UNAVAILABLE && window.Intercom !== stub) arrived();
      return state !== UNAVAILABLE;
    },
    /** Says it, unless it is not worth saying; then the reason. `words`: the method and its arguments. */
    call: (words) => {
      const method = words[0];
      const payload = words[words.length - 1];
      if (state === WAITING && window.Intercom !== stub) arrived();
      if (queued.size > MOST_QUEUED) {
        report("queue_full", `More than ${MOST_QUEUED} calls wait for Intercom's widget; later ones are dropped`);
        return "dropped";
      }
      if (method === "update" && !isNews(payload)) return "a repeat, held back";
      advice.look(method, payload);
      say(...words);
    },
    /** Ends the visitor's session and starts the next visitor's. */
    reset: () => {
      last = undefined;
      advice.forget();
      previous &&= looksOf(previous);
      window.intercomSettings = { ...looksOf(window.intercomSettings), ...boot };
      if (state === UNAVAILABLE) return;
      say("shutdown");
      say("boot", boot);
    },
    /** Ends the session and leaves the page's settings as they were, unless another copy of this script goes on. */
    close: () => {
      clearTimeout(timer);
      isClosed = true;
      if (!leave()) return;
      if (state !== UNAVAILABLE) say("shutdown");
      window.intercomSettings = previous;
    },
  };
};
