// Runs in the page: one side's script as a loader brings it, with the widget from the bench's own server.
const scripts = { peer: "/peer/intercom/index.js", ours: "/ours.js" };
const globals = { peer: "peerDestination", ours: "intercomDestination" };

const { set } = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, "src");
// The widget answers at once, from the same server, whichever side asks for it.
Object.defineProperty(HTMLScriptElement.prototype, "src", {
  set(url) {
    set.call(this, `${url}`.startsWith("https://widget.intercom.io/") ? (window.widgetUrl ?? "/widget.js") : url);
  },
});

/** When the side's script had arrived, in the page's time. */
export const arrivalOf = (side) => performance.getEntriesByName(new URL(scripts[side], location.href).href)[0].responseEnd;

/** Loads a side's script, and gives its plugins when they have loaded. */
export async function bringIn(side, settings) {
  const script = document.createElement("script");
  const arrived = new Promise((onload, onerror) => Object.assign(script, { onload, onerror }));
  script.src = scripts[side];
  document.head.append(script);
  await arrived;
  const plugins = await window[globals[side]](settings);
  await Promise.all(plugins.map((plugin) => plugin.load({}, {})));
  return plugins;
}
