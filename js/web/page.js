// One page runs one Intercom workspace, whoever asks for it: also across two copies of this script.
import { failure } from "../errors.js";

const shared = () => (globalThis[Symbol.for("intercom-destination")] ??= { users: 0 });

/** Throws when the page runs another app id already. */
export const refuseConflict = (appId) => {
  const { users, taken } = shared();
  if (users && taken !== appId) {
    throw failure("app_id_conflict", `This page runs Intercom with the app id "${taken}", so "${appId}" is refused`);
  }
};

/** Takes the page; true for the first of its users. */
export const enter = (appId) => {
  refuseConflict(appId);
  const page = shared();
  page.taken = appId;
  return page.users++ === 0;
};

/** Leaves it; true for the last of its users. */
export const leave = () => --shared().users === 0;
