// The process's Cloud, and the time that it has.
import { createCloud } from "intercom-destination/cloud";

const LONGEST_GRACE = 3000;
const LONGEST_PATIENCE = 30_000;
// A process that was slow to start has more time in its next invocations; in each stop() keeps to what is left.
const LEAST_PATIENCE = 5_000;
// What another process has written is not known here.
const ONE_OF_SEVERAL = { skipEqualContacts: false, skipEqualCompanies: false };

/** A function that delivers events until a time, and resolves to their outcomes. */
export const createDeliver = ({ settings, accessToken, clock, log }) => {
  let latest;
  let opened;

  // A Cloud lives as long as its process: another one is made for another token alone.
  const open = async (patience) => {
    const token = await accessToken();
    if (!latest || latest.token !== token) {
      const cloud = await createCloud({ patience, ...ONE_OF_SEVERAL, ...settings, accessToken: token });
      latest = { token, cloud };
    }
    return latest.cloud;
  };

  const cloudFor = (left) => {
    opened ??= open(Math.max(Math.min(LONGEST_PATIENCE, left), LEAST_PATIENCE)).catch((error) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };

  return async (events, deadline) => {
    const cloud = await cloudFor(deadline - clock.now());
    const left = Math.max(deadline - clock.now(), 0);
    const grace = Math.min(LONGEST_GRACE, left / 4);
    const timer = clock.setTimeout(() => cloud.stop(grace), left - grace);
    const outcomes = await cloud.deliver(events);
    clock.clearTimeout(timer);
    const codes = new Set(outcomes.map(({ code }) => code));
    // The token may have been changed where it is kept.
    if (codes.has("unauthorized")) opened = undefined;
    if (codes.has("engine_fault")) {
      log({ level: "error", code: "engine_fault", message: "The engine failed; the process ends, and the whole batch comes again." });
      process.exit(1);
    }
    return outcomes;
  };
};
