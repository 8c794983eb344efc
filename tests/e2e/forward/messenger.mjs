// What tests of the setting `forward` have in common: the Messenger's callbacks, and what became of them.
import assert from "node:assert/strict";
import { until } from "../site.mjs";

export const CALLBACKS = ["onShow", "onHide", "onUnreadCountChange", "onUserEmailSupplied"];

/** Waits until so many functions are registered for each callback, one if not said. */
export async function listening(site, count = 1) {
  const counts = () => site.run((methods) => methods.map((method) => window.__registered?.[method]?.length ?? 0), CALLBACKS);
  await until(async () => (await counts()).every((each) => each === count));
  assert.deepEqual(
    await counts(),
    CALLBACKS.map(() => count),
  );
}

/** Waits until so many functions are registered for this callback. */
export const registered = (site, method, count = 1) =>
  until(async () => (await site.run((method) => window.__registered?.[method]?.length ?? 0, method)) >= count);

/** Has the Messenger call what is registered, in order: `["onShow"], ["onUnreadCountChange", 2]`. */
export const tell = (site, ...told) => site.run((told) => told.forEach((each) => window.__tell(...each)), told);

/** Events of the Messenger's that came back to Intercom. */
export const returned = async (site) =>
  (await site.calls()).filter(([method, name]) => method === "trackEvent" && /^(Messenger|Chat)/.test(name));
