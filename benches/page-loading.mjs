// Runs in the page: brings one side's script onto it as a loader does, and notes when what happened.
import { settingsFor } from "./cases.mjs";
import { arrivalOf, bringIn } from "./page-side.mjs";

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
  performance.mark("bench-start");
  const plugins = await bringIn(side, settingsFor[side]({}));
  times.ready = performance.now();
  await Promise.all(plugins.map((plugin) => plugin.track({ event })));
  await delivered;
  performance.mark("bench-end");
  for (const name of Object.keys(times)) times[name] -= arrivalOf(side);
  return times;
}

window.bench = { load };
