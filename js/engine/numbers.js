// The numbers by which the engine and the page name things to each other. src/wasm/numbers.rs has the same rows in the same order, and
// tests/js/numbers.test.mjs compares them: a number costs visitors nothing, where a table that the engine hands over would.

/** What a session hears of. */
export const FACTS = {
  /** Intercom is wanted, and there is nothing or a stub on the page. With the page's settings, and whether nobody has said `boot` to the
   * stub yet. */
  openedOnStub: 0,
  /** As before, but the widget is there, and not booted. */
  openedOnIdleWidget: 1,
  /** As before, but the widget is booted. */
  openedOnBootedWidget: 2,
  scriptInserted: 3,
  widgetArrived: 4,
  widgetFailed: 5,
  timedOut: 6,
  pageHidden: 7,
  /** The page called this method of Intercom. */
  pageCalled: 8,
  /** The page's settings, whether events of this visitor may still come, when it was (ms since 1970), and the visitor's anonymous id. */
  reset: 9,
  /** What the setting `load` names has come. */
  triggered: 10,
  /** The user's JWT or nothing; as the time, when Intercom refuses it (ms since 1970, NaN if it does not say). */
  jwtCame: 11,
  /** Nothing, and whether nobody else uses the page's Intercom. */
  closed: 12,
};

/** What a session has done on the page; each is about one value. */
export const COMMANDS = {
  /** Calls Intercom with this method and its arguments. */
  call: 0,
  /** Sets `window.intercomSettings` to this. */
  setSettings: 1,
  /** Brings in the widget's script. */
  insertScript: 2,
  /** Takes what is ours back out of the stub's queue. */
  clearQueue: 3,
  /** Tells the session that this time has come (ms since 1970); Infinity: none will. */
  wake: 4,
  /** Waits for what the setting `load` names, which is this. */
  awaitTrigger: 5,
  /** Adds these attributes to the `boot` that waits. */
  addToBoot: 6,
  /** Asks the site for a JWT of the user with this id. */
  askForJwt: 7,
  /** The first of the notices, which is about this value. */
  report: 8,
};
