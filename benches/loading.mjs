// From the script's arrival to a working plugin, and how long the page's main thread is held meanwhile.
import { Failure } from "../scripts/command.mjs";

export const sides = ["peer", "ours"];
// The browser keeps a script's compiled code from the second visit on, so the third is the first to find it.
const VISITS = 3;

async function visit(context, url, side) {
  const page = await context.newPage();
  await page.goto(`${url}/loading`);
  await page.waitForFunction(() => window.bench);
  // What the page itself still has to do is not the script's.
  await page.waitForTimeout(100);
  const times = await page.evaluate((side) => window.bench.load({ side }), side);
  await page.close();
  return times;
}

async function inContext({ browser, url }, work) {
  const context = await browser.newContext();
  try {
    return await work(context, url);
  } finally {
    await context.close();
  }
}

async function longestTask({ browser, url }, side) {
  return inContext({ browser, url }, async (context) => {
    const page = await context.newPage();
    await page.goto(`${url}/loading`);
    await page.waitForFunction(() => window.bench);
    await page.waitForTimeout(100);
    await browser.startTracing(page, {
      categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"],
    });
    await page.evaluate((side) => window.bench.load({ side }), side);
    const { traceEvents } = JSON.parse(await browser.stopTracing());
    const mark = (name) => traceEvents.find((event) => event.name === name && event.cat.includes("user_timing"));
    const [start, end] = [mark("bench-start"), mark("bench-end")];
    if (!start || !end) throw new Failure("The browser's trace lacks the marks that the bench has set.");
    // The task with the first mark is the bench's own, and one that the trace ends in has no duration.
    const tasks = traceEvents.filter(
      ({ name, pid, tid, ts, dur }) =>
        name === "RunTask" && pid === start.pid && tid === start.tid && ts > start.ts && ts < end.ts && dur > 0,
    );
    if (tasks.length === 0) throw new Failure("The browser's trace holds no tasks.");
    return Math.max(...tasks.map(({ dur }) => dur)) / 1000;
  });
}

/** `{measure: {side: [milliseconds, one for each round]}}`. */
export async function measureLoading(place, rounds, say) {
  const measures = ["cold", "warm", "call", "event", "task"];
  const results = Object.fromEntries(measures.map((measure) => [measure, Object.fromEntries(sides.map((side) => [side, []]))]));
  for (let round = 0; round < rounds; round++) {
    say(`loading, round ${round + 1} of ${rounds}`);
    for (const side of round % 2 ? sides.toReversed() : sides) {
      await inContext(place, async (context, url) => {
        const visits = [];
        for (let i = 0; i < VISITS; i++) visits.push(await visit(context, url, side));
        const cold = visits[0];
        results.cold[side].push(cold.ready);
        results.call[side].push(cold.call);
        results.event[side].push(cold.event);
        results.warm[side].push(visits.at(-1).ready);
      });
      results.task[side].push(await longestTask(place, side));
    }
  }
  return results;
}
