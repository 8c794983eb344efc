// `check`: what is wrong with settings, and what they make of recorded events.
import { readEvents } from "./events.js";
import { fault } from "./problem.js";
import { openSettings } from "./settings.js";

/**
 * Looks through the settings in `text`, then through the events in `chunks`, if there are any. `ofCloud` says that the settings are
 * Cloud mode's; without it, what they hold does.
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
