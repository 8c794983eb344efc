// The limits that JavaScript keeps. docs/limits.md has a row for each, which starts with its comment here; tests/js/limits.test.mjs
// compares them, and the first five and the waiting events with Rust's.

/** Levels of nesting in a mapping, and in a value of an event */
export const DEPTH = 64;
/** Items of an array and keys of an object that are read */
export const ITEMS = 10_000;
/** Objects and arrays that are copied for one event */
export const CONTAINERS = 20_000;
/** Level from which on each of them counts as 20 */
export const DEEP = 8;
/** What each of them counts for from there on */
export const DEEP_COST = 20;
/** Items of an array that is turned into text */
export const TEXT_ITEMS = 1_000_000;
/** Events that wait until the plugin has loaded */
export const WAITING = 1000;
/** Wait for a file that is loaded on demand */
export const FILE_TIMEOUT = 10_000;
/** Wait for a complete page, and then for an idle one, with `load: "idle"` */
export const IDLE_WAIT = 5000;
/** Time for which the launcher stays when the widget is there and its own is not */
export const LAUNCHER_STAY = 3000;
/** Wait for a user's JWT from `userJwt`, in which events wait */
export const JWT_WAIT = 5000;
/** Faults and warnings that are reported */
export const REPORTS = 200;
/** Bytes of a response that are read */
export const RESPONSE_READ = 9 << 20;
