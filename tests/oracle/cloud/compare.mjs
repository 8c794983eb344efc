// Draws cases, asks Segment's Cloud mode and ours, and sorts what differs: named differences by name, anything else as a fault.
import { same, show } from "../same.mjs";
import { smaller } from "../shrink.mjs";
import { checkDifferences } from "./check-differences.mjs";
import { differences } from "./differences.mjs";
import { drawCase } from "./draw.mjs";
import { on } from "./mends.mjs";
import { openSegment } from "./segment.mjs";
import { askOurs, askSegment } from "./sides.mjs";

const MOST_SHOWN = 3;
const MOST_SMALLER = 1000;
const mended = [...new Set(differences.filter((one) => one.mended).map(({ id }) => id))];
const seen = ({ writes, isDelivered }) => ({ writes, isDelivered });

/** `[]` when the sides agree, the named differences that it takes to explain the case, or undefined. */
async function verdict(segment, drawn) {
  const ours = seen(await askOurs(drawn));
  const agrees = async (ids) => {
    on.clear();
    for (const id of ids) on.add(id);
    return same(seen(await askSegment(segment, drawn)), ours);
  };
  if (await agrees([])) return [];
  let left = mended;
  if (!(await agrees(left))) return undefined;
  for (const id of mended) {
    const fewer = left.filter((other) => other !== id);
    if (await agrees(fewer)) left = fewer;
  }
  return left;
}

const leaves = (value) => (typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [value]);

/** The smallest case that greed finds from `drawn` which nothing explains. */
async function shrink(segment, drawn) {
  let best = drawn;
  // What ours makes of a date or an address is known of those that are drawn, not of parts of them.
  const known = new Set(leaves(drawn));
  let attempts = MOST_SMALLER;
  for (let again = true; again; ) {
    again = false;
    for (const part of ["mapping", "event", "contacts", "faults"]) {
      for (const candidate of part === "faults" ? [[]] : smaller(best[part])) {
        if (attempts-- <= 0) return best;
        if (same(candidate, best[part])) continue;
        const next = { ...best, [part]: candidate };
        if (next.event.type !== drawn.event.type || !leaves(next).every((leaf) => known.has(leaf))) continue;
        if (
          await verdict(segment, next).then(
            (found) => found !== undefined,
            () => true,
          )
        )
          continue;
        best = next;
        again = true;
        break;
      }
    }
  }
  return best;
}

async function explain(segment, drawn) {
  const small = await shrink(segment, drawn);
  const ours = seen(await askOurs(small));
  on.clear();
  const plain = seen(await askSegment(segment, small));
  for (const id of mended) on.add(id);
  const mendedOne = seen(await askSegment(segment, small));
  return [small, plain, mendedOne, ours].map((what, i) => `  ${["case", "Segment's", "mended", "ours"][i]}: ${show(what)}`).join("\n");
}

/** How many cases each named difference explains, the sentences about those that nothing explains, and those not as described. */
export async function compare({ seed, cases }) {
  const segment = openSegment();
  const named = new Map();
  const faults = [];
  for (let index = 0; index < cases; index++) {
    const ids = await verdict(segment, drawCase(seed, index));
    for (const id of ids ?? []) named.set(id, (named.get(id) ?? 0) + 1);
    if (ids) continue;
    faults.push(faults.length < MOST_SHOWN ? `case ${index}\n${await explain(segment, drawCase(seed, index))}` : undefined);
  }
  return { named, faults, wrong: await checkDifferences(segment), described: differences.length };
}
