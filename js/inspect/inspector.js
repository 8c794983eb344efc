// What the plugin makes of settings and events, as data; inspect.d.ts says what. It runs in pages and in Node.
import { isSelector } from "../web/launcher-selector.js";
import { noticeOf } from "../web/notices.js";
import { sentenceOf } from "../web/sentences.js";
import { unproven } from "../web/user-jwt/claims.js";
import { fault, warning } from "../errors.js";
import { loadLiquid, starter } from "../engine/glue.js";
import load, { Inspection, prepare, presets as listPresets } from "../../pkg/inspect/engine.js";
import text from "../../pkg/inspect/wasm.js";

export { destinationsIn } from "./segment-documents.js";

const TYPE = /^(track|page|identify|group|alias)$/;

const UNPROVEN = "Where Intercom requires verified updates, it ignores what the user's token does not carry";

const start = starter(load, prepare, text);

const warningOf = (code, ...values) => warning(code, sentenceOf(code, values));

const engineFault = (error) => fault("engine_fault", `The engine failed: ${error?.message}`);

let owner, compiled;
let depth = 0;

/**
 * Runs `step` on the compiled settings of `inspected`. Those of one inspector are kept: what is compiled last must be let go of
 * first, and nobody says when an inspector is not needed any more.
 */
const withCompiled = (inspected, step) => {
  const isNested = depth++ > 0;
  try {
    if (owner === inspected && compiled) return step(compiled);
    if (isNested) {
      // A getter of an event, or of settings, inspects something else.
      const passing = new Inspection(inspected.settings);
      try {
        return step(passing);
      } finally {
        passing.free();
      }
    }
    compiled?.free();
    compiled = undefined;
    owner = inspected;
    compiled = new Inspection(inspected.settings);
    return step(compiled);
  } catch (error) {
    // What trapped is not entered again.
    compiled = undefined;
    throw error;
  } finally {
    depth--;
  }
};

const typeOf = (event) => {
  try {
    return event.type;
  } catch {
    // A getter of the page's own.
  }
};

/** What only a page can tell of settings. */
const checkInPage = (check, settings) => {
  if (!check.usable || typeof document !== "object") return;
  try {
    if (!settings.activator || isSelector(settings.activator)) return;
  } catch {
    // A getter of the settings that throws reads as nothing.
    return;
  }
  check.usable = false;
  for (const subscription of check.subscriptions) subscription.works = false;
  check.problems.push({
    ...fault("setting_activator", sentenceOf("setting_activator", [])),
    expected: "expected a CSS selector",
    found: "text that is none",
    path: ["activator"],
  });
};

const snapshot = (settings) => {
  try {
    return structuredClone(settings);
  } catch {
    // Functions cannot be copied.
    return settings;
  }
};

export const createInspector = async (settings) => {
  await start();
  const inspected = { settings: snapshot(settings) };
  let check;
  try {
    check = withCompiled(inspected, (inspection) => inspection.check());
  } catch (error) {
    check = { usable: false, problems: [engineFault(error)], subscriptions: [], liquid: false };
  }
  checkInPage(check, inspected.settings);
  if (check.liquid) {
    await loadLiquid().catch((error) => check.problems.push(fault("liquid_unavailable", `Mappings with @liquid fail: ${error?.message}`)));
  }

  const inspect = (event) => {
    const problems = [];
    const report = { steps: [], calls: [], problems };
    if (typeof event !== "object" || !event) {
      problems.push(fault("event_unreadable", "Skipped an event that is not an object"));
      return report;
    }
    if (!check.usable) return report;
    try {
      const { steps, notices } = withCompiled(inspected, (inspection) => inspection.inspect(event));
      report.steps = steps;
      report.calls = report.steps.flatMap(({ call }) => (call ? [call] : []));
      problems.push(...report.steps.flatMap((step) => step.problems));
      if (!TYPE.test(typeOf(event))) {
        problems.push(warning("event_type_unknown", "Only events of type track, identify, page, group or alias reach a plugin"));
      }
      const outside = report.calls.flatMap(([, attributes]) => unproven(attributes));
      if (outside.length > 0) problems.push(warning("fields_unproven", `${UNPROVEN}: ${outside.join(", ")}`));
      problems.push(...notices.map(({ notice, subject }) => warningOf(...noticeOf(notice, subject))));
    } catch (error) {
      problems.push(engineFault(error));
    }
    return report;
  };

  return { check, inspect, reset: () => withCompiled(inspected, (inspection) => inspection.reset()) };
};

export const presets = async () => {
  await start();
  return listPresets();
};
