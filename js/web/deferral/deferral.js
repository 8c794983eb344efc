// The setting `load` on a page: when the widget is loaded, and the launcher that stands in for its own until then.
import { onceIdle, onceUsed } from "./triggers.js";
import { showLauncher } from "./launcher.js";

/**
 * Calls `trigger` once when `load` says so.
 *
 * `settings` are those that `boot` will say, undefined if someone else says it; `report(code, sentence)` tells the site. The result is called with
 * what becomes of the page: `("settings", settings)`, `("arrived")`, `("failed")` or `("closed")`.
 */
export const defer = (load, { trigger, report, settings = {} }) => {
  const isPlain = typeof load === "object" && typeof load.then !== "function";
  const { when, then, label, failedLabel } = isPlain ? load : { when: load };
  const stops = [];
  const stop = () => stops.splice(0).forEach((stop) => stop());
  const fire = () => {
    stop();
    trigger();
  };
  const refuse = (error) => {
    report("load_failed", `The setting load failed, so Intercom is loaded at once: ${error?.message}`);
    fire();
  };

  const wait = () => {
    if (when === "idle") return stops.push(onceIdle(fire));
    if (when === "interaction") return stops.push(onceUsed(fire));
    if (when === "launcher") return;
    const answer = typeof when === "function" ? when(fire) : when;
    // A function may call what it is given instead.
    if (answer?.then) answer.then(fire, refuse);
    else if (answer === when) throw new TypeError("expected a function or a promise");
  };

  try {
    wait();
  } catch (error) {
    refuse(error);
  }
  if (then) {
    const timer = setTimeout(() => stops.push(onceIdle(fire)), then);
    stops.push(() => clearTimeout(timer));
  }
  const hasLauncher = when === "interaction" || when === "launcher";
  const launcher = hasLauncher && showLauncher(settings, { label, failedLabel });
  return (what, settings) => {
    if (what === "arrived" || what === "closed") stop();
    launcher?.[what]?.(settings);
  };
};
