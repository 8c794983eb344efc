// One site's destination: its compiled settings in the engine, its Messenger on the page, and what waits for either.
import * as host from "../engine/imports.js";
import { refuseSelector } from "./launcher-selector.js";
import { start } from "../engine/start.js";
import { part } from "../engine/lazy-files.js";
import { explain } from "./debug-log.js";
import { failure, reporter } from "../errors.js";
import { openMessenger } from "./messenger.js";
import { refuseConflict } from "./page.js";

export const ACTIONS = ["trackEvent", "identifyUser", "identifyCompany"];
/** In the order of the filter language's event types, which number the bits of `event_types`. */
export const TYPES = ["track", "page", "identify", "group", "alias"];
const ALL = 31;
const MOST_WAITING = 1000;
const PATIENCE = 10000;

let engine;
let last = Promise.resolve();
let current;
const live = new Set();

// What the engine says goes to the destination it is working for.
const listener = {
  liquid: undefined,
  call: (words) => current.call(words),
  report: (isWarning, code, sentence) => current.heard(isWarning, code, sentence),
};

// One start after the other: the instance that starts last is the one js/engine/imports.js works for.
const running = (options) =>
  (engine ??= last =
    last
      .catch(() => {})
      .then(() => start(listener, options))
      .catch((error) => {
        engine = undefined;
        throw error;
      }));

const workingFor = (who, step) => {
  const outer = current;
  current = who;
  try {
    return step();
  } finally {
    current = outer;
  }
};

/** An instance that trapped is never entered again: every destination is made anew in a fresh one. */
const rebuild = () => {
  engine = undefined;
  live.forEach((destination) => destination.reconnect());
};

/** What an event is now: the page, or another plugin, may change it before it can be handled. */
const snapshot = (event) => {
  try {
    return structuredClone(event);
  } catch {
    return event;
  }
};

/**
 * A destination for these settings, at once. What it is given before its engine runs and its Messenger is open is kept, in
 * order.
 *
 * `ready` resolves when the settings are compiled, and rejects when one of them is wrong.
 */
export const createDestination = (settings) => {
  const report = reporter(settings?.onError);
  const options = { ...settings, widgetTimeout: settings?.widgetTimeout > 0 ? settings.widgetTimeout : PATIENCE, report };
  const closed = new Set();
  const waiting = [];
  let calls;
  const who = {
    call: (words) => {
      const reason = messenger.call(words);
      calls?.push(reason ? [...words, reason] : words);
    },
  };
  let wasm, id, messenger, analytics;
  let types = [ALL, ALL, ALL];
  let isReady = false;
  let isOver = false;
  let isWanted = false;

  const later = (step) => {
    if (isOver) return;
    if (waiting.length < MOST_WAITING) waiting.push(step);
    else report("queue_full", `More than ${MOST_WAITING} events wait for the plugin to load; later ones are dropped`);
  };

  const flush = () => {
    if (isWanted && wasm && !messenger) {
      const boot = workingFor(who, () => host.value(wasm.boot_settings(id)));
      try {
        messenger = openMessenger(boot, options);
      } catch ({ code, message }) {
        report(code, message);
        return end();
      }
    }
    while (isReady && messenger && waiting.length > 0) waiting.shift()();
  };

  const end = () => {
    isOver = true;
    waiting.length = 0;
    live.delete(destination);
    // The last one leaves nothing behind: the next starts with an instance of its own.
    if (live.size === 0) engine = undefined;
  };

  const connect = async () => {
    isReady = false;
    wasm = undefined;
    const mine = running(options);
    const exports = await mine;
    if (isOver) return;
    // It may have trapped while this was waiting.
    if (mine !== engine) return connect();
    const faults = [];
    who.heard = (isWarning, code, sentence) => (isWarning ? report(code, sentence) : faults.push([code, sentence]));
    id = workingFor(who, () => exports.create(host.add(settings)));
    if (id < 0) throw failure(...faults[0]);
    if (settings.activator) refuseSelector(settings.activator);
    refuseConflict(settings.appId);
    faults.forEach((fault) => report(...fault));
    who.heard = (_, code, sentence) => report(code, sentence);
    types = ACTIONS.map((_, action) => exports.event_types(id, action));
    wasm = exports;
    const use = () => {
      isReady = true;
      flush();
    };
    if (!exports.uses_liquid(id) || listener.liquid) return use();
    flush();
    // Events wait for it, in order; the plugin does not.
    part("liquid", options)
      .then((render) => (listener.liquid = render))
      .catch((error) => report("liquid_unavailable", `Mappings with @liquid fail: ${error?.message ?? "its file is blocked"}`))
      .then(use);
  };

  const run = (action, event) => {
    if (typeof event !== "object" || !event) return report("event_unreadable", "An event that is no object is skipped");
    const from = host.mark();
    const outer = current;
    current = who;
    try {
      if (settings.debug) runAloud(action, event);
      else wasm.handle(id, action, host.add(event));
      host.release(from);
    } catch (error) {
      report("engine_fault", `An event could not be handled: ${error?.message}`);
      rebuild();
    }
    current = outer;
  };

  const runAloud = (action, event) => {
    const outer = calls;
    const made = (calls = []);
    try {
      const names = host.value(wasm.matching(id, action, host.add(event)));
      wasm.handle(id, action, host.add(event));
      explain(
        ACTIONS[action],
        host.attempt(() => event.type),
        names,
        made,
      );
    } finally {
      calls = outer;
    }
  };

  const handle = (action, event) => {
    if (isOver) return;
    if (!isReady || !messenger) {
      const copy = snapshot(event);
      later(() => handle(action, copy));
    } else if (messenger.isListening()) run(action, event);
  };

  /** Gives an event to every action, in order. */
  const deliver = (event) => {
    if (isOver) return;
    if (isReady && messenger) {
      ACTIONS.forEach((_, action) => types[action] < 0 || handle(action, event));
    } else {
      const copy = snapshot(event);
      later(() => deliver(copy));
    }
  };

  const reset = () => (isReady && messenger ? messenger.reset() : later(reset));

  const destination = {
    /** Bits of the event types that each action wants, -1 for an action without a subscription. */
    types: () => types,
    isOpen: () => isWanted,
    handle,
    deliver,
    reset,
    reconnect: () =>
      connect().catch(({ code, message }) => {
        report(code, message);
        end();
      }),
    /** Brings Intercom onto the page. `loader` is what can tell of a reset, if there is such a thing. */
    open: (loader) => {
      if (isWanted || isOver) return;
      isWanted = true;
      if (settings?.shutdownOnReset !== false && typeof loader?.on === "function") {
        analytics = loader;
        analytics.on("reset", reset);
      }
      flush();
    },
    /** For a loader that lets go of one action's plugin, that action: the last one closes all. */
    close: (action) => {
      closed.add(action);
      if (isOver || (action !== undefined && types.some((type, other) => type >= 0 && !closed.has(other)))) return;
      analytics?.off?.("reset", reset);
      messenger?.close();
      messenger = undefined;
      wasm?.destroy(id);
      isReady = false;
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
