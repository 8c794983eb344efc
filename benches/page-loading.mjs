// Runs in the page: brings one side's script onto it as a loader does, and notes when what happened.
import { settingsFor } from "./cases.mjs";

const scripts = { peer: "/peer/intercom/index.js", ours: "/ours.js" };
const globals = { peer: "peerDestination", ours: "intercomDestination" };

const { set } = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, "src");
// The widget answers at once, from the same server, whichever side asks for it.
Object.defineProperty(HTMLScriptElement.prototype, "src", {
  set(url) {
    set.call(this, `${url}`.startsWith("https://widget.intercom.io/") ? "/widget.js" : url);
  },
});

/** Milliseconds from the script's arrival until its plugins are ready, and until the widget hears its first call and first event. */
async function load({ side }) {
  const times = {};
  const event = { type: "track", event: "Opened", properties: { plan: "pro" } };
  const delivered = new Promise((done) => {
    window.heard = (method) => {
      times.call ??= performance.now();
      if (method !== "trackEvent") return;
      times.event ??= performance.now();
      done();
    };
  });
  const script = document.createElement("script");
  const arrived = new Promise((onload, onerror) => Object.assign(script, { onload, onerror }));
  performance.mark("bench-start");
  script.src = scripts[side];
  document.head.append(script);
  await arrived;
  const plugins = await window[globals[side]](settingsFor[side]({}));
  await Promise.all(plugins.map((plugin) => plugin.load({}, {})));
  times.ready = performance.now();
  await Promise.all(plugins.map((plugin) => plugin.track({ event })));
  await delivered;
  performance.mark("bench-end");
  const { responseEnd } = performance.getEntriesByName(new URL(scripts[side], location.href).href)[0];
  for (const name of Object.keys(times)) times[name] -= responseEnd;
  return times;
}

window.bench = { load };
