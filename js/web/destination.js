// One site's destination: its compiled settings in the engine, its Messenger on the page, and what waits for either.
import * as host from "../engine/imports.js";
import { COMMANDS, FACTS } from "../engine/numbers.js";
import { isSelector } from "./launcher-selector.js";
import { start } from "../engine/start.js";
import { part } from "../engine/lazy-files.js";
import { raised } from "../errors.js";
import { WAITING } from "../limits.js";
import { reportError, reporterOf, sentences } from "./faults.js";
import { NOTICE, noticeOf } from "./notices.js";
import { openMessenger } from "./page-messenger.js";
import { isForwarded, refuseConflict } from "./page.js";

export const ACTIONS = [
  "trackEvent",
  "identifyUser",
  "identifyCompany",
  "showMessenger",
  "hideMessenger",
  "showNewMessage",
  "showArticle",
  "showNews",
  "showTicket",
  "showConversation",
  "startTour",
  "startSurvey",
  "startChecklist",
];
/** In the order of the filter language's event types, which number the bits of `event_types`. */
export const TYPES = ["track", "page", "identify", "group", "alias"];

let engine, liquid;
/** @type {Promise<any>} */
let last = Promise.resolve();
const live = new Set();

// One start after the other: the instance that starts last is the one js/engine/imports.js works for.
const running = (nonce) =>
  (engine ??= last =
    last
      .catch(() => {})
      .then(async () => {
        // Numbered as the engine numbers its destinations.
        const sites = [];
        const exports = await start({ sites, liquid: (...args) => liquid(...args) }, nonce);
        return { exports, sites };
      })
      .catch((error) => {
        engine = undefined;
        throw error;
      }));

/** An instance that trapped is never entered again: every destination is made anew in a fresh one. */
const rebuild = () => {
  engine = undefined;
  live.forEach((destination) => destination.reconnect());
};

/**
 * A destination for these settings, at once. What it is given before its engine runs and its Messenger is open is kept, in
 * order.
 *
 * `ready` resolves when the settings are compiled, and rejects when one of them is wrong.
 */
export const createDestination = (given) => {
  const report = reporterOf(given);
  const closed = new Set();
  const waiting = [];
  // What is to be done on the page, a command and what it is about in turn, and whether it is being done.
  const due = [];
  let isActing = false;
  let depth = 0;
  // What the engine found the page's settings to be.
  let settings;
  let wasm, id, messenger, loader;
  let types = [];
  // What writes the log that the setting `debug` asks for.
  let explain;
  // Whether the engine takes events, and whether its session is open.
  let isReady = false;
  let isOpen = false;
  let isOver = false;
  let isWanted = false;
  // Whether events wait for a token of their user, and how often one was asked for.
  let isHeld = false;
  let jwtRequests = 0;
  // Whether the visitor agrees, where the setting `consent` asks, and what looks at events for that.
  let isGranted = given?.consent == null;
  let gate;

  /** Runs a step in the engine, which keeps no handle it makes; then does on the page what it says, in order. */
  const enter = (step) => {
    const from = host.mark();
    depth++;
    try {
      step();
      host.release(from);
    } catch (error) {
      report("engine_fault", error?.message);
      rebuild();
    }
    if (--depth || isActing) {
      // What the page says within its own callback waits from here on, too.
      isHeld ||= due.includes(COMMANDS.askForJwt);
      return;
    }
    isActing = true;
    // More may be added meanwhile.
    for (let i = 0; i < due.length; i += 2) messenger.act(due[i], due[i + 1]);
    due.length = 0;
    isActing = false;
  };

  const happened = (fact, value, flag, time, other) =>
    isOpen && enter(() => wasm.happened(id, Date.now(), fact, host.named(value), flag, time, host.add(other)));

  // What the engine has to say to this destination.
  const site = { due, anonymousId: () => loader.user().anonymousId() };

  /** Keeps a step until it can be taken. Who visitors are, and that they leave, outlives what they do. */
  const later = (step, event) => {
    if (isOver) return;
    step.event = event;
    if (waiting.length < WAITING * (host.attempt(() => event.type) === "track" ? 1 : 2)) waiting.push(step);
    else report(...noticeOf(NOTICE.queueFull));
  };

  const openSession = () => {
    const isReopened = !!messenger;
    try {
      messenger ??= openMessenger({ ...settings, loader, report, happened, askForJwt });
    } catch (error) {
      reportError(report)(error);
      return end();
    }
    isOpen = true;
    messenger.open(isReopened);
  };

  const isTaking = () => isReady && isOpen && !isHeld;

  const flush = () => {
    if (isWanted && isGranted && wasm && !isOpen) openSession();
    while (isTaking() && waiting.length > 0) {
      const step = waiting.shift();
      const later = waiting.length;
      step();
      // What is left of it comes before what came after it.
      if (waiting.length > later) waiting.unshift(...waiting.splice(later));
    }
  };

  const askForJwt = (userId) => {
    const request = ++jwtRequests;
    isHeld = true;
    const came = (token, expires) => {
      // It may be about someone who has left, or of whom the page has taken leave.
      if (isOpen) messenger.look();
      if (request !== jwtRequests || isOver) return;
      isHeld = false;
      const step = () => happened(FACTS.jwtCame, token, false, expires);
      if (explain) runWithLog(`userJwt: ${token ? "a token" : "no token"} came`, step);
      else step();
      flush();
    };
    part("jwt", settings.nonce)
      .then((ask) => ask({ ...settings, userId, came }))
      .catch(({ message }) => {
        report("jwt_unavailable", message);
        came();
      });
  };

  /** Begins a session once the visitor agrees; ends it when they do not any more, and the next one is another's. */
  const grant = (isGiven) => {
    if (isOver || isGiven === isGranted) return;
    isGranted = isGiven;
    if (isGiven) return flush();
    messenger?.close();
    messenger = undefined;
    wasm?.destroy(id);
    destination.reconnect();
  };

  const askForConsent = () => {
    gate = () => {};
    part("consent", settings.nonce)
      .then((ask) => (gate = ask(settings.consent, { waiting, grant, report })))
      .catch((error) => {
        report("consent_unavailable", error.message);
        end();
      });
  };

  const end = () => {
    isOver = true;
    isReady = isOpen = false;
    waiting.length = 0;
    live.delete(destination);
    // The last one leaves nothing behind: the next starts with an instance of its own.
    if (live.size === 0) engine = undefined;
  };

  const connect = async () => {
    isReady = isOpen = false;
    wasm = undefined;
    const instance = running(given?.nonce);
    const { exports, sites } = await instance;
    if (isOver) return;
    // It may have trapped while this was waiting.
    if (instance !== engine) return connect();
    const faults = [];
    site.report = (isWarning, ...what) => (isWarning ? report(...what) : faults.push(what));
    id = sites.push(site) - 1;
    settings = host.value(exports.create(host.add(given)));
    if (!settings) throw raised(...faults[0]);
    if (settings.activator && !isSelector(settings.activator)) throw raised("setting_activator");
    if (!messenger) refuseConflict(settings.appId);
    faults.forEach((fault) => report(...fault));
    site.report = (_, ...what) => report(...what);
    types = ACTIONS.map((_, action) => exports.event_types(id, action));
    wasm = exports;
    if (!isGranted && !gate) askForConsent();
    const use = () => {
      isReady = true;
      flush();
    };
    const needed = [];
    if (exports.uses_liquid(id) && !liquid) {
      needed.push(
        part("liquid", settings.nonce).then(
          (render) => (liquid = render),
          (error) => report("liquid_unavailable", error.message),
        ),
      );
    }
    if (settings.debug && !explain) {
      needed.push(sentences(settings.nonce).then((texts) => (explain = texts?.explain) ?? report("debug_unavailable")));
    }
    if (!needed.length) return use();
    flush();
    // Events wait for them, in order; the plugin does not.
    Promise.all(needed).then(use);
  };

  const run = (action, event) => {
    if (typeof event !== "object" || !event) return report("event_unreadable");
    messenger.look();
    const handle = () => wasm.handle(id, action, host.add(event));
    if (!explain) return enter(handle);
    enter(() => {
      const names = host.value(wasm.matching(id, action, host.add(event)));
      const type = host.attempt(() => event.type);
      runWithLog(`${ACTIONS[action]}, ${type}: ${names || "no subscription"} matched`, handle);
    });
  };

  const runWithLog = (what, step) => {
    const outer = site.heed;
    const made = [];
    site.heed = (...call) => made.push(call);
    try {
      step();
      // The page's own console may fail.
      host.attempt(() => explain(what, made));
    } finally {
      site.heed = outer;
    }
  };

  /** Gives an event to `use`, or later a copy of it. */
  const take = (event, use) => {
    if (isOver || gate?.(event) === false || isForwarded(event)) return;
    if (isTaking()) return use(event);
    const copy = host.snapshot(event);
    later(() => use(copy), copy);
  };
  const handle = (action, event) => take(event, (event) => run(action, event));
  /** Gives an event to every action, in order. */
  const deliver = (event) => take(event, (event) => ACTIONS.forEach((_, action) => types[action] < 0 || handle(action, event)));

  const reset = (hasEventsInFlight, anonymousId, at = Date.now()) => {
    if (isTaking()) messenger.reset(hasEventsInFlight, at, anonymousId);
    else later(() => reset(hasEventsInFlight, anonymousId, at));
  };
  // The loader tells of it at once, and of the events before it a moment later.
  const resetByLoader = () => reset(true);

  const destination = {
    /** Bits of the event types that each action wants, -1 for an action without a subscription. */
    types: () => types,
    isOpen: () => isWanted,
    handle,
    deliver,
    /** Ends the visitor's session. With `hasEventsInFlight`, events of this visitor may still come, with that `anonymousId` if it is known. */
    reset,
    reconnect: () =>
      connect().catch((error) => {
        reportError(report)(error);
        end();
      }),
    /** Brings Intercom onto the page. `analytics` is what can tell of a reset and of the user, if there is such a thing. */
    open: (analytics) => {
      if (isWanted || isOver) return;
      isWanted = true;
      loader = analytics;
      if (typeof loader?.on === "function") loader.on("reset", resetByLoader);
      flush();
    },
    /** For a loader that lets go of one action's plugin, that action: the last one closes all. */
    close: (action) => {
      closed.add(action);
      if (isOver || (action !== undefined && types.some((type, other) => type >= 0 && !closed.has(other)))) return;
      loader?.off?.("reset", resetByLoader);
      messenger?.close();
      wasm?.destroy(id);
      end();
    },
  };
  live.add(destination);
  destination.ready = connect().catch((error) => {
    end();
    throw error;
  });
  return destination;
};
