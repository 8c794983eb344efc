// Whether each named difference is still there, and is what its entry says.
import { openPluginPage } from "./compare-plugin.mjs";
import { differences } from "./differences.mjs";
import { FAILED } from "./engine.mjs";
import { judge } from "./judge.mjs";
import { on } from "./mends.mjs";
import { mendedPeer, peer } from "./peer.mjs";

const named = (answer) => (answer === FAILED ? "failed" : answer);

const asks = {
  filter: (side, { filter, event }) => named(side.matches(filter, event)),
  mapping: (side, { mapping, event }) => named(side.resolve(mapping, event)),
  "handed in": (side, { mapping, event }) => {
    side.resolve(mapping, event);
    return mapping;
  },
};

function checkInNode(difference, engine) {
  const ask = (side) => asks[difference.of](side, difference.draw());
  const found = { segment: ask(peer), ours: ask(engine) };
  on.add(difference.id);
  found.mended = ask(mendedPeer);
  on.clear();
  return judge(difference, found);
}

/** The sentences about those that are not as described; none when all is well. */
export async function checkDifferences(engine) {
  const wrong = [];
  const pages = {};
  try {
    for (const [index, difference] of differences.entries()) {
      const { of, zone = "UTC" } = difference;
      if (of === "plugin") wrong.push(...(await (pages[zone] ??= await openPluginPage(zone)).call("check", { index })));
      else wrong.push(...checkInNode(difference, engine));
    }
  } finally {
    for (const page of Object.values(pages)) await page.close();
  }
  return wrong;
}
