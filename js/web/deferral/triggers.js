// What a page may wait for. Each function calls `fire` once at most, and gives a function that ends the waiting.
import { IDLE_WAIT } from "../../limits.js";

/** When the page is complete and its main thread is idle. An image may never end, and an idle callback may never come. */
export const onceIdle = (fire) => {
  let timer, callback;
  const begin = () => {
    removeEventListener("load", begin);
    clearTimeout(timer);
    if (window.requestIdleCallback) callback = requestIdleCallback(fire, { timeout: IDLE_WAIT });
    else timer = setTimeout(fire, 200);
  };
  if (document.readyState === "complete") begin();
  else {
    addEventListener("load", begin);
    timer = setTimeout(begin, IDLE_WAIT);
  }
  return () => {
    removeEventListener("load", begin);
    clearTimeout(timer);
    if (callback) window.cancelIdleCallback?.(callback);
  };
};

const USES = ["pointermove", "pointerdown", "touchstart", "keydown"];

/** When the visitor first uses a pointer, a key or a touch screen. */
export const onceUsed = (fire) => {
  const how = { capture: true, passive: true };
  USES.forEach((use) => addEventListener(use, fire, how));
  return () => USES.forEach((use) => removeEventListener(use, fire, how));
};
