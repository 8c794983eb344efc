// Time and memory for each event.
import { Failure } from "../scripts/command.mjs";
import { cases } from "./cases.mjs";

const BATCH_MS = 80;
const MOST_EVENTS = 40000;
const HEAP_EVENTS = 100000;

export const sidesOf = (name) => (cases[name].isPreset ? ["peer", "ours", "plain"] : ["peer", "ours"]);

async function openPage({ browser, url }) {
  const page = await browser.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  await page.goto(`${url}/events`);
  await page.waitForFunction(() => window.bench).catch(() => undefined);
  if (wrong.length > 0) throw new Failure(`The page failed: ${wrong.join("; ")}`);
  return { page, run: (name, options) => page.evaluate(([name, options]) => window.bench[name](options), [name, options]) };
}

/** `{case: {side: [microseconds for an event, one for each round]}}`. */
export async function measureEvents(place, names, rounds, say) {
  const { page, run } = await openPage(place);
  const results = {};
  const counts = {};
  for (const name of names) {
    const sides = sidesOf(name);
    const found = await run("difference", { name, sides });
    if (found) throw new Failure(`The sides do not make the same calls, so their times mean nothing: ${found}`);
    results[name] = Object.fromEntries(sides.map((side) => [side, []]));
    for (const side of sides) {
      await run("time", { side, name, count: 4000 });
      const ms = await run("time", { side, name, count: 2000 });
      counts[`${side} ${name}`] = Math.round(Math.min(Math.max((BATCH_MS / Math.max(ms, 0.1)) * 2000, 2000), MOST_EVENTS));
    }
  }
  for (let round = 0; round < rounds; round++) {
    say(`events, round ${round + 1} of ${rounds}`);
    for (const name of names) {
      const sides = sidesOf(name);
      // Whoever comes first in one round comes last in the next: neither always inherits the other's garbage.
      for (const side of round % 2 ? sides.toReversed() : sides) {
        const count = counts[`${side} ${name}`];
        results[name][side].push(((await run("time", { side, name, count })) * 1000) / count);
      }
    }
  }
  await page.close();
  return results;
}

/** `{side: [bytes kept for an event, one for each round]}`: what a forced collection leaves, wasm memory included. */
export async function measureHeap(place, rounds, say) {
  const results = {};
  for (const side of sidesOf("track")) {
    results[side] = [];
    const { page, run } = await openPage(place);
    const session = await page.context().newCDPSession(page);
    const used = async () => {
      for (let i = 0; i < 3; i++) await session.send("HeapProfiler.collectGarbage");
      const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await session.send("Runtime.getHeapUsage");
      return usedSize + embedderHeapUsedSize + backingStorageSize;
    };
    await run("exercise", { side, count: HEAP_EVENTS / 2 });
    let before = await used();
    for (let round = 0; round < rounds; round++) {
      say(`heap, ${side}, round ${round + 1} of ${rounds}`);
      await run("exercise", { side, count: HEAP_EVENTS });
      const after = await used();
      results[side].push((after - before) / HEAP_EVENTS);
      before = after;
    }
    await page.close();
  }
  return results;
}
