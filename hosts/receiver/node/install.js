// The packages that only the receiver needs. They are large, so that who runs it installs them.
import { failure } from "../../../js/errors.js";

const NEEDED = "npm install pg-boss@10 @electric-sql/pglite@0.5";

/** Loads a package with `load`; says how to install it where it is missing. */
export const needed = async (name, load) => {
  try {
    return await load();
  } catch (error) {
    if (error?.code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw failure("package_missing", `The receiver needs the package ${name}: ${NEEDED}`);
  }
};
