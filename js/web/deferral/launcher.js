// A button in the place of Intercom's own launcher until the widget is there. Its styles are set on elements, which a Content-Security-Policy
// allows, and nothing of the page moves for it.
import { LAUNCHER_STAY } from "../../limits.js";

const CHAT = "M4 4h16v12H9l-5 4z";
const OWN_LAUNCHER = ".intercom-launcher, .intercom-lightweight-app-launcher, .intercom-launcher-frame";

const element = (name, css, attributes, namespace = "http://www.w3.org/1999/xhtml") => {
  const made = /** @type {HTMLElement} */ (document.createElementNS(namespace, name));
  made.style.cssText = css;
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  return made;
};

const icon = () => {
  const svg = "http://www.w3.org/2000/svg";
  const drawing = element("svg", "width:24px;height:24px", { viewBox: "0 0 24 24", fill: "currentColor", "aria-hidden": "true" }, svg);
  drawing.append(element("path", "", { d: CHAT }, svg));
  return drawing;
};

/** The button, for the settings that `boot` will say; `label` and `failedLabel` are what it is called. */
export const showLauncher = (settings, { label = "Open Intercom Messenger", failedLabel = "The Messenger cannot be loaded" }) => {
  const button = element("button", "", { type: "button", "aria-label": label, "aria-haspopup": "dialog" });
  const status = element("span", "display:none", { role: "status" });
  const drawing = icon();
  button.append(drawing, status);
  let side, selector, turning, timer;

  const open = () => {
    if (button.getAttribute("aria-busy")) return;
    button.setAttribute("aria-busy", "true");
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
      turning = button.animate?.({ opacity: [1, 0.5, 1] }, { duration: 1000, iterations: Infinity });
    }
    window.Intercom("show");
  };
  const activate = ({ target }) => selector && target?.closest?.(selector) && open();

  const update = (settings) => {
    const { alignment, horizontal_padding: x, vertical_padding: y, z_index: z } = settings;
    ({ custom_launcher_selector: selector } = settings);
    const isHidden = settings.hide_default_launcher ?? !!selector;
    const isRightToLeft = getComputedStyle(document.documentElement).direction === "rtl";
    side = alignment === "left" || (alignment !== "right" && isRightToLeft) ? "left" : "right";
    const pixels = (value) => `${Number.isFinite(+value) ? +value : 20}px`;
    button.style.cssText =
      `all:initial;display:${isHidden ? "none" : "flex"};position:fixed;${side}:${pixels(x ?? 20)};bottom:${pixels(y ?? 20)};` +
      "width:48px;height:48px;border-radius:50%;align-items:center;justify-content:center;cursor:pointer;color:#fff;" +
      "box-shadow:0 1px 6px rgba(0,0,0,.3),0 0 0 1px rgba(255,255,255,.25);outline:revert";
    button.style.zIndex = z ?? 2147483000;
    button.style.background = "#0071b2";
    // A colour that is none leaves the one before.
    const colour = settings.background_color ?? settings.action_color;
    if (colour) button.style.background = colour;
  };

  const attach = () => {
    update(settings);
    document.body.append(button);
  };
  const remove = () => {
    clearTimeout(timer);
    document.removeEventListener("click", activate);
    removeEventListener("DOMContentLoaded", attach);
    button.remove();
  };

  button.addEventListener("click", open);
  document.addEventListener("click", activate);
  if (document.body) attach();
  else addEventListener("DOMContentLoaded", attach, { once: true });

  return {
    settings: (next) => update((settings = next)),
    /** The widget is there: its own launcher takes the place as soon as it shows. */
    arrived: () => {
      const end = performance.now() + LAUNCHER_STAY;
      const look = () => {
        if (document.querySelector(OWN_LAUNCHER) || performance.now() > end) return remove();
        timer = setTimeout(look, 50);
      };
      look();
    },
    failed: () => {
      turning?.cancel();
      drawing.style.opacity = "0.5";
      if (!button.getAttribute("aria-busy")) return;
      button.removeAttribute("aria-busy");
      status.style.cssText =
        `position:absolute;${side}:0;bottom:60px;padding:8px 12px;border-radius:8px;` +
        "background:#222;color:#fff;font:14px/20px system-ui,sans-serif;white-space:nowrap";
      status.textContent = failedLabel;
    },
    closed: remove,
  };
};
