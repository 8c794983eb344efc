// What happened in Cloud mode, in order: each event goes through the real Cloud mode to the stand-in, and an inspection explains it.

import { createCloud } from "../../js/cloud/cloud.js";
import { createCloudInspector } from "../../js/cloud/inspector.js";
import { idleOf } from "../session.js";
import { openStandIn } from "./standin.js";

// Between one event and the next.
const MOMENT = 1000;
const REGIONS = /^(us|eu|au)$/i;

/** `onEntry(entry)` hears of each new entry, `onCheck(check)` of settings, `onState(state, waiting)` of the workspace and of what waits. */
export function openCloudSession({ onEntry, onCheck, onState }) {
  const standIn = openStandIn();
  const { clock, fetch } = standIn;
  let cloud;
  let inspector;
  let reports = [];
  let workspace;
  let settings;
  let waiting = [];
  let number = 0;
  let messages = 0;
  let lastUser;
  let isFirst = true;
  let tasks = Promise.resolve();

  // One after the other, so that every request is known to belong to one event.
  const inTurn = (task) => (tasks = tasks.then(task, task));

  const tell = (entry) => {
    const made = { at: new Date(clock.now()), ...entry };
    onEntry(made);
    onState(standIn.state(), waiting);
    isFirst = false;
    return made;
  };

  const restart = (fault) => {
    const region = REGIONS.test(settings.region) ? settings.region : "us";
    if (workspace === `${fault} ${region}`) return false;
    workspace = `${fault} ${region}`;
    standIn.restart(fault, region);
    waiting = [];
    lastUser = undefined;
    return true;
  };

  /** Opens Cloud mode with the settings; resolves to what keeps it from running. */
  const open = async () => {
    reports = [];
    cloud = undefined;
    if (!inspector.check.usable) return inspector.check.problems.filter(({ severity }) => severity === "fault");
    const onError = ({ code, message }) => reports.push({ severity: "warning", code, sentence: message });
    const host = { accessToken: "stand-in", fetch, clock, cache: undefined, onRequest: undefined, onError };
    try {
      cloud = await createCloud({ ...settings, ...host, dryRun: false });
      return [];
    } catch ({ code, message }) {
      return [{ severity: "fault", code, sentence: message }];
    }
  };

  /** The event as a loader or a server hands it on. */
  const completed = (event) => {
    const { type, userId } = event;
    if (type === "identify" && userId) lastUser = userId;
    const isNamed = userId !== undefined || !["track", "page", "group"].includes(type);
    return {
      messageId: `playground-${(messages += 1)}`,
      timestamp: new Date(clock.now()).toISOString(),
      ...(!isNamed && lastUser !== undefined && { userId: lastUser }),
      ...event,
    };
  };

  const deliver = async (event, own) => {
    const { steps } = await inspector.inspect(event);
    const common = { kind: "event", number: own, event, steps, idle: idleOf(inspector.check), works: !!cloud };
    if (!cloud) return tell({ ...common, exchanges: [], problems: [] });
    reports = [];
    const isAgain = waiting.some((one) => one.number === own);
    const { result, ...run } = await standIn.record(() => cloud.deliver([event]), { faulty: !isAgain });
    const [outcome] = result;
    waiting = waiting.filter((one) => one.number !== own);
    if (outcome.status === "retry")
      waiting = [...waiting, { number: own, event, retryAt: outcome.retryAt }].sort((a, b) => a.number - b.number);
    const warnings = outcome.warnings.map(({ code, message }) => ({ severity: "warning", code, sentence: message }));
    return tell({ ...common, ...run, isAgain, outcome, problems: [...warnings, ...reports] });
  };

  return {
    /** Opens Cloud mode anew. The workspace stays, unless its region or what goes wrong is another. */
    use: (next, fault) =>
      inTurn(async () => {
        settings = next;
        inspector = await createCloudInspector(settings);
        onCheck(inspector.check);
        const isNew = restart(fault);
        const problems = await open();
        tell({ kind: "start", works: !!cloud, isFirst, isNew, settings, problems });
      }),

    send: (event) =>
      inTurn(async () => {
        const entry = await deliver(completed(event), (number += 1));
        await clock.advance(MOMENT);
        return entry;
      }),

    /** Lets the time pass until the first event that waits is due, and hands in those that are. */
    pass: () =>
      inTurn(async () => {
        const due = Math.min(...waiting.map(({ retryAt }) => retryAt));
        if (due > clock.now()) await clock.advance(due - clock.now());
        for (const { event, number: own } of waiting.filter(({ retryAt }) => retryAt <= clock.now())) await deliver(event, own);
      }),

    /** An empty workspace, and a Cloud mode that knows nobody. */
    empty: (fault) =>
      inTurn(async () => {
        workspace = undefined;
        restart(fault);
        const problems = await open();
        tell({ kind: "start", works: !!cloud, isFirst, isNew: true, settings, problems });
      }),

    now: clock.now,
  };
}
