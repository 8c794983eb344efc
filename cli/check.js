// `check`: what is wrong with settings, and what they make of recorded events.
import { destinationsIn } from "intercom-destination/inspect";
import { JsonFault, lineAndColumn, readDocument, withoutMark } from "./document.js";
import { readEvents } from "./events.js";
import { cloud, isCloud, web } from "./modes.js";
import { fault, warning } from "./problem.js";

/** Where it is the key that is wrong, not what it holds. */
const OF_KEYS = /^(setting_unknown|cloud_setting_unknown|setting_access_token|field_unknown|mapping_unknown_directive)$/;

/**
 * Looks through the settings in `text`, then through the events in `chunks`, if there are any. `ofCloud` says that the settings are
 * Cloud mode's; without it, {@link isCloud} does.
 *
 * `onProblem` hears each problem with its `file`, `line` and `column`, and with the `place` in its `source` text where that is
 * worth showing. `onEvent` hears what each event comes to. The result is what was found: `{ name, mode, check, events }`.
 */
export const check = async ({ file, text, ofCloud, events, onProblem, onEvent }) => {
  const opened = await openSettings({ file, text, ofCloud, onProblem });
  let count = 0;
  if (opened && events) {
    for await (const { line, column, event, fault: expected } of readEvents(events.chunks)) {
      count++;
      if (expected) {
        onProblem({ file: events.file, line, column, ...fault("json_syntax", expected) });
        continue;
      }
      const { problems, ...shown } = await opened.look(event);
      onEvent({ file: events.file, line, type: event?.type, name: event?.event ?? event?.name, ...shown });
      for (const problem of problems) onProblem({ file: events.file, line, ...problem });
    }
  }
  return { check: opened?.check, name: opened?.name, mode: opened?.mode, events: count };
};

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

const openSettings = async ({ file, text, ofCloud, onProblem }) => {
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
  return { ...opened, name, mode };
};
