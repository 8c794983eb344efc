// `check`: what is wrong with settings, and what they make of recorded events.
import { createInspector, settingsFrom } from 'intercom-destination/inspect'
import { JsonFault, lineAndColumn, readDocument, withoutMark } from './document.js'
import { readEvents } from './events.js'

/** Where it is the key that is wrong, not what it holds. */
const OF_KEYS = /^(setting_unknown|mapping_unknown_directive)$/

const fault = (code, sentence) => ({ severity: 'fault', code, sentence })

/**
 * Looks through the settings in `text`, then through the events in `chunks`, if there are any.
 *
 * `onProblem` hears each problem with its `file`, `line` and `column`, and with the `place` in its `source` text where that is
 * worth showing. `onEvent` hears what each event comes to. The result is what was found: `{ source, check, events }`.
 */
export const check = async ({ file, text, events, onProblem, onEvent }) => {
  const inspector = await inspectSettings({ file, text, onProblem })
  let count = 0
  if (inspector && events) {
    let visitor
    for await (const { line, column, event, fault: expected } of readEvents(events.chunks)) {
      count++
      if (expected) {
        onProblem({ file: events.file, line, column, ...fault('json_syntax', expected) })
        continue
      }
      // Another user than the last one is another visitor.
      const id = event?.userId ?? undefined
      if (id !== undefined && visitor !== undefined && id !== visitor) inspector.reset()
      visitor = id ?? visitor
      const { steps, calls, problems } = inspector.inspect(event)
      const matched = steps.filter(({ matched }) => matched).map(({ name }) => name)
      onEvent({ file: events.file, line, type: event?.type, name: event?.event ?? event?.name, matched, calls })
      for (const problem of problems) onProblem({ file: events.file, line, ...problem })
    }
  }
  return { check: inspector?.check, source: inspector?.source, events: count }
}

const inspectSettings = async ({ file, text, onProblem }) => {
  const source = withoutMark(text)
  const tell = (place, problem) => onProblem({ file, ...lineAndColumn(source, place), source, place, ...problem })
  let document
  try {
    document = readDocument(source)
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    tell(error.offset, fault('json_syntax', error.message))
    return
  }
  const { settings, source: kind, missing, at } = settingsFrom(document.value)
  if (missing) {
    tell(document.offsetOf(at([])), fault('settings_missing', missing))
    return
  }
  const inspector = await createInspector(settings)
  for (const problem of inspector.check.problems) {
    const path = at(problem.path)
    const place = OF_KEYS.test(problem.code) ? document.offsetOfKey(path) : document.offsetOf(path, problem.offset)
    tell(place, problem)
  }
  return { ...inspector, source: kind }
}
