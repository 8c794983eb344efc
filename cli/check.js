// `check`: what is wrong with settings, and what they make of recorded events.
import { createInspector, destinationsIn } from "intercom-destination/inspect";
import { JsonFault, lineAndColumn, readDocument, withoutMark } from "./document.js";
import { readEvents } from "./events.js";

/** Where it is the key that is wrong, not what it holds. */
const OF_KEYS = /^(setting_unknown|mapping_unknown_directive)$/;

const fault = (code, sentence) => ({ severity: "fault", code, sentence });
const warning = (code, sentence) => ({ severity: "warning", code, sentence });

/**
 * Looks through the settings in `text`, then through the events in `chunks`, if there are any.
 *
 * `onProblem` hears each problem with its `file`, `line` and `column`, and with the `place` in its `source` text where that is
 * worth showing. `onEvent` hears what each event comes to. The result is what was found: `{ name, check, events }`.
 */
export const check = async ({ file, text, events, onProblem, onEvent }) => {
  const inspector = await inspectSettings({ file, text, onProblem });
  let count = 0;
  if (inspector && events) {
    let visitor;
    for await (const { line, column, event, fault: expected } of readEvents(events.chunks)) {
      count++;
      if (expected) {
        onProblem({ file: events.file, line, column, ...fault("json_syntax", expected) });
        continue;
      }
      // Another user than the last one is another visitor.
      const id = event?.userId ?? undefined;
      if (id !== undefined && visitor !== undefined && id !== visitor) inspector.reset();
      visitor = id ?? visitor;
      const { steps, calls, problems } = inspector.inspect(event);
      const matched = steps.filter(({ matched }) => matched).map(({ name }) => name);
      onEvent({ file: events.file, line, type: event?.type, name: event?.event ?? event?.name, matched, calls });
      for (const problem of problems) onProblem({ file: events.file, line, ...problem });
    }
  }
  return { check: inspector?.check, name: inspector?.name, events: count };
};

// What a document has whose settings stand further inside. Anything else is looked through as settings.
const FURTHER_INSIDE = ["remotePlugins", "cdnSettings", "destination", "destinations", "data"];

/** The destinations of a document, or `missing`: what was expected instead. */
const find = (value) => {
  try {
    return { found: destinationsIn(value) };
  } catch (error) {
    if (FURTHER_INSIDE.some((key) => Object(value)[key] !== undefined)) return { missing: error.message };
    return { found: [{ name: "Settings", settings: value, at: (place) => place }] };
  }
};

const inspectSettings = async ({ file, text, onProblem }) => {
  const source = withoutMark(text);
  const tell = (place, problem) => onProblem({ file, ...lineAndColumn(source, place), source, place, ...problem });
  let document;
  try {
    document = readDocument(source);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    tell(error.offset, fault("json_syntax", error.message));
    return;
  }
  const { found, missing } = find(document.value);
  if (missing) {
    tell(0, fault("settings_missing", missing));
    return;
  }
  const [{ name, settings, at }, ...others] = found;
  if (others.length > 0) {
    tell(document.offsetOf(others[0].path), warning("settings_several", "this destination is not looked at: another one stands before it"));
  }
  const inspector = await createInspector(settings);
  for (const problem of inspector.check.problems) {
    const path = at(problem.path);
    const place = OF_KEYS.test(problem.code) ? document.offsetOfKey(path) : document.offsetOf(path, problem.offset);
    tell(place, problem);
  }
  return { ...inspector, name };
};
