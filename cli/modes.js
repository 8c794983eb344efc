// The two modes that settings can be of, and what each makes of recorded events.
import { createInspector } from "intercom-destination/inspect";
import { fault, warning } from "./problem.js";

const ACTIONS = ["identifyContact", "groupIdentifyCompany", "groupIdentifyContact"];
// Those that web mode does not have; tests/cli/cloud.test.mjs compares them with js/types/cloud.d.ts.
const SETTINGS =
  /^(accessToken|region|baseUrl|apiVersion|mergeLeads|unarchive|createAttributes|skipStale|skipEqualContacts|skipEqualCompanies|handleDelete|dryRun|rateShare|concurrency|requestTimeout|patience|giveUpAfter|fetch|clock|cache|onRequest)$/;
// Known of the workspace only, and a dry run's is empty.
const OF_EMPTINESS = new Set(["contact_missing", "nothing_deleted"]);

/** Whether these are Cloud mode's settings: without an `appId`, and with a setting or an action that only Cloud mode has. */
export const isCloud = (value) => {
  if (typeof value !== "object" || !value || Object.hasOwn(value, "appId")) return false;
  const { subscriptions } = value;
  return (
    Object.keys(value).some((key) => SETTINGS.test(key)) ||
    (Array.isArray(subscriptions) && subscriptions.some((subscription) => ACTIONS.includes(subscription?.partnerAction)))
  );
};

const namesOfMatched = (steps) => steps.filter(({ matched }) => matched).map(({ name }) => name);

/** Calls of `window.Intercom`. */
export const web = {
  stop: "the plugin does not run with these settings",
  async open(settings) {
    const { check, inspect, reset } = await createInspector(settings);
    let visitor;
    const look = async (event) => {
      // Another user than the last one is another visitor.
      const id = event?.userId ?? undefined;
      if (id !== undefined && visitor !== undefined && id !== visitor) reset();
      visitor = id ?? visitor;
      const { steps, calls, problems } = inspect(event);
      return { matched: namesOfMatched(steps), calls, problems };
    };
    return { check, look };
  },
};

/** Requests to Intercom's REST API. */
export const cloud = {
  stop: "nothing is delivered with these settings",
  async open(settings) {
    // @ts-expect-error It is beside the published file.
    const { createCloudInspector } = await import("intercom-destination/cloud");
    const { check, inspect } = await createCloudInspector(settings);
    if (Object(settings).accessToken !== undefined) {
      const problem = fault(
        "setting_access_token",
        "accessToken belongs into the environment variable INTERCOM_ACCESS_TOKEN, not into a file",
      );
      check.problems.unshift({ ...problem, path: ["accessToken"] });
    }
    const look = async (event) => {
      const { steps, requests, outcome } = await inspect(event);
      const shown = { matched: namesOfMatched(steps), requests, problems: [] };
      if (!outcome) return shown;
      const { status, code, message, warnings } = outcome;
      const told = warnings.map((each) => warning(each.code, each.message));
      const problems = told.filter((each) => !OF_EMPTINESS.has(each.code));
      const notes = told.filter((each) => OF_EMPTINESS.has(each.code));
      if (status === "dropped" || code === "engine_fault") problems.unshift(fault(code, message));
      else if (code && code !== "not_subscribed") notes.unshift({ code, sentence: message });
      return { ...shown, status, code, notes: notes.map(({ code, sentence }) => `${sentence} (${code})`), problems };
    };
    return { check, look };
  },
};
