// A whole visit with a widget that weighs what Intercom's does, on a processor four times slower: what it costs before the visitor does anything,
// and how long they wait for the Messenger when they ask for it.
import { Failure } from "../scripts/command.mjs";

/** A row for each time to load; Segment's build knows one. */
const LOADS = { now: undefined, idle: "idle", launcher: "launcher" };
const SLOWER = 4;
const SETTLED = 3000;
const LONGEST = 30_000;

async function visit({ browser, url }, side, load) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.goto(`${url}/visit`);
    await page.waitForFunction(() => window.bench);
    const visited = page.evaluate((how) => window.bench.visit(how), { side, load }).then(() => true);
    if (!(await Promise.race([visited, page.waitForTimeout(LONGEST)])))
      throw new Failure(`${side}, ${load}: no plugin within ${LONGEST} ms`);
    await page.waitForTimeout(SETTLED);
    const cost = await page.evaluate(() => window.bench.cost());
    if (cost.widgets !== (load === "launcher" ? 0 : 1)) throw new Failure(`${cost.widgets} widgets were loaded, ${side}, ${load}.`);
    const button = page.locator("button");
    await button.waitFor();
    const clicked = await button.evaluate((button) => {
      const now = performance.now();
      button.click();
      return now;
    });
    return { ...cost, ...(await page.evaluate((clicked) => window.bench.opening(clicked), clicked)) };
  } finally {
    await context.close();
  }
}

const MEASURES = ["blocking", "longest", "bytes", "open"];

/** `{measure-load: {side: [one number for each round]}}`. */
export async function measureVisits(place, rounds, say) {
  const results = {};
  const note = (measure, load, side, value) => ((results[`${measure}-${load}`] ??= {})[side] ??= []).push(value);
  const visits = { peer: ["peer"], ...Object.fromEntries(Object.entries(LOADS).map(([load, setting]) => [load, ["ours", setting]])) };
  for (let round = 0; round < rounds; round++) {
    const found = {};
    const names = Object.keys(visits);
    for (const name of round % 2 ? names.toReversed() : names) {
      say(`visits, ${name}, round ${round + 1} of ${rounds}`);
      found[name] = await visit(place, ...visits[name]);
    }
    for (const load of Object.keys(LOADS)) {
      for (const measure of MEASURES) {
        note(measure, load, "peer", found.peer[measure]);
        note(measure, load, "ours", found[load][measure]);
      }
      if (found[load].shift > 0) throw new Failure(`The page moved by ${found[load].shift} with load "${load}".`);
    }
    note("beyond", "launcher", "ours", found.launcher.open - found.launcher.widget);
  }
  return results;
}
