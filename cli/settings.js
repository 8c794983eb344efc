// Settings in a file: which mode they are of, and what is wrong with them, with the place in the text.
import { destinationsIn } from "intercom-destination/inspect";
import { JsonFault, lineAndColumn, readDocument, withoutMark } from "./document.js";
import { cloud, isCloud, web } from "./modes.js";
import { fault, warning } from "./problem.js";

/** Where it is the key that is wrong, not what it holds. */
const OF_KEYS = /^(setting_unknown|cloud_setting_unknown|setting_access_token|field_unknown|mapping_unknown_directive)$/;

// What a document has whose settings stand further inside. Anything else is looked through as settings.
const FURTHER_INSIDE = ["remotePlugins", "cdnSettings", "destination", "destinations", "data"];

/** The destinations of a document, or `missing`: what was expected instead. */
const find = (value) => {
  try {
    return { found: destinationsIn(value) };
  } catch (error) {
    if (FURTHER_INSIDE.some((key) => Object(value)[key] !== undefined)) return { missing: error.message };
    return { found: [asTheyStand("Settings", value)] };
  }
};

const asTheyStand = (name, settings) => ({ name, settings, at: (place) => place });

/** A token does not belong into the file, but where it is there, it must not be shown. */
const withoutToken = (source, token) => {
  const written = typeof token === "string" && JSON.stringify(token).slice(1, -1);
  return written ? source.replaceAll(written, "*".repeat(written.length)) : source;
};

/**
 * Looks through the settings in `text`; `onProblem` hears each problem with its place. Gives `{ name, mode, settings, check, look }`, or
 * undefined where there are none in it.
 */
export const openSettings = async ({ file, text, ofCloud, onProblem }) => {
  const source = withoutMark(text);
  let shown = source;
  const tell = (place, problem) => onProblem({ file, ...lineAndColumn(source, place), source: shown, place, ...problem });
  let document;
  try {
    document = readDocument(source);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    tell(error.offset, fault("json_syntax", error.message));
    return;
  }
  shown = withoutToken(source, Object(document.value).accessToken);
  const mode = ofCloud || isCloud(document.value) ? cloud : web;
  const { found, missing } = mode === cloud ? { found: [asTheyStand("Cloud mode", document.value)] } : find(document.value);
  if (missing) {
    tell(0, fault("settings_missing", missing));
    return;
  }
  const [{ name, settings, at }, ...others] = found;
  if (others.length > 0) {
    tell(document.offsetOf(others[0].path), warning("settings_several", "this destination is not looked at: another one stands before it"));
  }
  const opened = await mode.open(settings);
  for (const problem of opened.check.problems) {
    const path = at(problem.path);
    const place = OF_KEYS.test(problem.code) ? document.offsetOfKey(path) : document.offsetOf(path, problem.offset);
    tell(place, problem);
  }
  return { ...opened, name, mode, settings };
};
