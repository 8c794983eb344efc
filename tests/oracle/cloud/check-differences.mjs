// Whether each named difference is still there, and is what its entry says.
import { judge } from "../judge.mjs";
import { differences } from "./differences.mjs";
import { on } from "./mends.mjs";
import { playOurs, playSegment } from "./scene.mjs";
import { askOurs, askSegment } from "./sides.mjs";

const seen = ({ writes, isDelivered }) => ({ writes, isDelivered });

export async function ask(segment, { id, draw, scene, mended }) {
  on.clear();
  if (scene) return { ours: await playOurs(scene), segment: await playSegment(segment, scene) };
  const found = { ours: seen(await askOurs(draw)), segment: seen(await askSegment(segment, draw)) };
  for (const one of [mended ?? []].flat()) on.add(one === true ? id : one);
  found.mended = seen(await askSegment(segment, draw));
  on.clear();
  return found;
}

/** The sentences about those that are not as described; none when all is well. */
export async function checkDifferences(segment) {
  const wrong = [];
  for (const difference of differences) wrong.push(...judge(difference, await ask(segment, difference)));
  return wrong;
}
