// What settings and events come to in Cloud mode, as data: for the command line and the playground. Nothing is sent.
import { loadLiquid } from "../engine/glue.js";
import { fault } from "../errors.js";
import { createDriver } from "./driver.js";
import { Cloud, CloudInspection, presets as listPresets, start } from "./engine.js";
import { createHastyClock } from "./hasty-clock.js";
import { withoutHosts } from "./options.js";

/** Delivers to the dry run of an empty workspace; `onRequest` hears what it is sent. */
const openDryRun = (settings, onRequest) => {
  const engine = new Cloud({ ...settings, dryRun: true }, false, 0);
  const unexpected = () => {};
  const host = { send: unexpected, cache: undefined, cacheTimeout: 0, clock: createHastyClock(), onRequest };
  return createDriver(engine, { ...host, report: unexpected }).deliver;
};

export const createCloudInspector = async (options) => {
  await start();
  const settings = withoutHosts(options);
  const inspection = new CloudInspection(settings);
  const check = inspection.check();
  try {
    if (check.liquid) await loadLiquid();
  } catch (error) {
    check.usable = false;
    check.problems.push(fault("liquid_unavailable", `Mappings with @liquid fail: ${error?.message}`));
  }
  let requests = [];
  const deliver = check.usable ? openDryRun(settings, (request) => requests.push(request)) : undefined;

  const look = async (event) => {
    const isObject = typeof event === "object" && event !== null;
    const steps = check.usable && isObject ? inspection.inspect(event).map(({ call, ...step }) => step) : [];
    requests = [];
    const [outcome] = deliver ? await deliver([event]) : [];
    return { steps, requests, outcome };
  };
  /** @type {Promise<any>} */
  let last = Promise.resolve();
  // One after the other, so that each request is known to be of one event.
  const inspect = (event) => (last = last.then(() => look(event)));
  return { check, inspect };
};

/** The subscriptions that apply where the settings have none. */
export const presets = async () => {
  await start();
  return listPresets();
};
