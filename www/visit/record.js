// What happens on this page, told to the page around it in milliseconds since this one began. It comes before the drop-in.
(() => {
  const WIDGET = "https://widget.intercom.io/widget/";
  const STAND_IN = new URL("./visit-widget.js", location.href).href;
  const record = (kind, what, at = performance.now()) => parent.postMessage({ kind, at, ...what }, location.origin);
  window.visit = { record };

  // Nothing leaves the browser: what is asked of Intercom's host is asked of a file beside this page. The drop-in is as it is.
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, "src");
  Object.defineProperty(HTMLScriptElement.prototype, "src", {
    get,
    set(url) {
      set.call(this, String(url).startsWith(WIDGET) ? STAND_IN : url);
    },
  });

  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      const file = name.split("/").at(-1);
      if (name === STAND_IN) record("fetch", { isIntercoms: true, took: duration }, startTime);
      else if (file.startsWith("intercom-destination.")) record("fetch", { file, took: duration }, startTime);
    }
  }).observe({ type: "resource", buffered: true });

  addEventListener("load", () => record("page", { text: "The page is complete" }));
  const uses = ["pointermove", "pointerdown", "touchstart", "keydown"];
  const used = ({ type }) => {
    for (const use of uses) removeEventListener(use, used, { capture: true });
    record("visitor", { text: `First use of the page: ${type}` });
  };
  for (const use of uses) addEventListener(use, used, { capture: true, passive: true });
  addEventListener(
    "click",
    ({ target }) => {
      const button = target.closest("button");
      if (button) record("visitor", { text: `Click on “${button.ariaLabel ?? button.innerText}”` });
    },
    { capture: true },
  );
})();
