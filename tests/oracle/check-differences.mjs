// Whether each named difference is still there, and is what its entry says.
import { openPluginPage } from "./compare-plugin.mjs";
import { differences } from "./differences.mjs";
import { FAILED } from "./engine.mjs";
import { on } from "./mends.mjs";
import { mendedPeer, peer } from "./peer.mjs";
import { same, show } from "./same.mjs";

const named = (answer) => (answer === FAILED ? "failed" : answer);

function asked(engine) {
  const filter = (side) => ({ filter, event }) => named(side.matches(filter, event));
  const mapping = (side) => ({ mapping, event }) => named(side.resolve(mapping, event));
  const handedIn = (side) => ({ mapping, event }) => (side.resolve(mapping, event), mapping);
  const sides = (ask) => ({ segment: ask(peer), mended: ask(mendedPeer), ours: ask(engine) });
  return { filter: sides(filter), mapping: sides(mapping), "handed in": sides(handedIn) };
}

async function answers(difference, engine, pages) {
  const { draw, of, id, zone = "UTC" } = difference;
  if (of === "plugin") {
    pages[zone] ??= await openPluginPage(zone);
    return pages[zone].call("calls", { ...draw(), mends: [id] });
  }
  const sides = asked(engine)[of];
  const segment = sides.segment(draw());
  on.add(id);
  const mended = sides.mended(draw());
  on.clear();
  return { segment, mended, ours: sides.ours(draw()) };
}

/** The sentences about those that are not as described; none when all is well. */
export async function checkDifferences(engine) {
  const wrong = [];
  const pages = {};
  const expect = (title, side, found, expected) => {
    if (!same(found, expected)) wrong.push(`"${title}": ${side} should give ${show(expected)}, but gives ${show(found)}`);
  };
  try {
    for (const difference of differences) {
      const { title, segment, ours, mended } = difference;
      const found = await answers(difference, engine, pages);
      if (same(segment, ours)) wrong.push(`"${title}": the two sides are said to give the same`);
      expect(title, "Segment's", found.segment, segment);
      expect(title, "ours", found.ours, ours);
      if (mended) expect(title, "Segment's with this mended", found.mended, ours);
    }
  } finally {
    for (const page of Object.values(pages)) await page.close();
  }
  return wrong;
}
