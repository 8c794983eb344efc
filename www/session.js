// What happened, in order: each event goes through the real plugin, and an inspection of the same event explains it.

import { createInspector } from "../js/inspect/inspector.js";
import { known, markedCall } from "./difference.js";
import { print } from "./print.js";
import { openSite } from "./site.js";

/** `onEntry(entry)` hears of each new entry, `onCheck(check)` of settings. */
export function openSession({ messenger, onEntry, onCheck }) {
  let calls = [];
  let faults = [];
  let inspector;
  let isFirst = true;
  let number = 0;
  let lastOf = new Map();
  let tasks = Promise.resolve();

  messenger.listen((args) => calls.push(args));
  const site = openSite({
    onFault: ({ code, message }) => faults.push({ severity: "fault", code, sentence: message }),
    onForwarded: (event) => tell({ kind: "forwarded", event, calls: [], problems: [] }),
  });

  // One after the other, so that every call is known to belong to one event.
  const inTurn = (task) => (tasks = tasks.then(task, task));
  const begin = () => {
    calls = [];
    faults = [];
  };

  const tell = (entry) => {
    const made = { number: entry.kind === "start" ? undefined : (number += 1), at: new Date(), ...entry };
    isFirst = false;
    onEntry(made);
    return made;
  };

  const marked = (call) => {
    const last = lastOf.get(call[0]);
    const lines = markedCall(call, last);
    lastOf.set(call[0], known(call, last));
    return { call, lines, isFirst: !last };
  };
  const unmarked = (call) => ({ call, lines: markedCall(call), isFirst: true });

  return {
    /** Makes the plugin anew. What Intercom knows of people stays, as it does when a site is deployed anew. */
    use: (settings) =>
      inTurn(async () => {
        begin();
        inspector = await createInspector(settings);
        onCheck(inspector.check);
        const works = await messenger.keepingPeople(() => site.use(settings));
        tell({
          kind: "start",
          works,
          isFirst,
          settings,
          calls: calls.filter(([method]) => method !== "shutdown").map(unmarked),
          problems: works ? [] : faults,
        });
      }),

    send: (event) =>
      inTurn(async () => {
        begin();
        const seen = await site.send(event);
        const report = inspector.inspect(seen);
        const steps = explained(report.steps, calls, marked);
        const told = new Set(report.problems.map(({ code }) => code));
        const problems = [...report.problems, ...faults.filter(({ code }) => !told.has(code))];
        return tell({
          kind: "event",
          event: seen,
          steps,
          idle: idleOf(inspector.check),
          problems,
          calls: calls.map(unmarked),
          works: inspector.check.usable,
        });
      }),

    reset: () =>
      inTurn(async () => {
        begin();
        await site.reset();
        inspector.reset();
        lastOf = new Map();
        return tell({ kind: "reset", calls: calls.map(unmarked), problems: faults, works: inspector.check.usable });
      }),

    forget() {
      lastOf = new Map();
    },
  };
}

/** The names of subscriptions that no event is tried against. */
export function idleOf({ subscriptions }) {
  const named = (some) => some.map(({ name, index }) => name || `number ${index + 1}`);
  const idle = subscriptions.filter(({ works }) => !works);
  return { broken: named(idle.filter(({ enabled }) => enabled)), off: named(idle.filter(({ enabled }) => !enabled)) };
}

/** Each step with what became of its call: made, as the recorded one, or held back. */
function explained(steps, calls, marked) {
  const left = [...calls];
  return steps.map((step) => {
    if (!step.call) return step;
    const index = left.findIndex((call) => print(call) === print(step.call));
    if (index < 0) return { ...step, isHeldBack: true };
    const [made] = left.splice(index, 1);
    return { ...step, made: marked(made) };
  });
}
