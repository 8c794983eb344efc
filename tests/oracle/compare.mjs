// Draws cases, asks both sides, and sorts what differs: named differences by name, anything else as a fault.
import { on } from "./mends.mjs";
import { random } from "./random.mjs";
import { shrink } from "./shrink.mjs";

/** How many faults are shown; the first few say it all. */
const MOST_SHOWN = 3;

/**
 * `draw(r)` gives a case, drawn anew whenever either side might change it; `verdict(case)` says `"same"`, the named
 * differences it takes to explain it as a list, or undefined.
 */
export function compare({ cases, seed, draw, verdict, explain }) {
  const named = new Map();
  const faults = [];
  for (let index = 0; index < cases; index++) {
    const result = verdict(draw(random(seed, index)));
    if (result === "same") continue;
    if (result) {
      for (const id of result) named.set(id, (named.get(id) ?? 0) + 1);
      continue;
    }
    if (faults.length < MOST_SHOWN) {
      const smallest = shrink(draw(random(seed, index)), (candidate) => verdict(candidate) === undefined);
      faults.push(`case ${index}\n${explain(smallest)}`);
    } else faults.push(undefined);
  }
  return { cases, named, faults };
}

/** With which of `ids` put right at Segment's the sides agree: the fewest that greed finds, or undefined. */
export function needed(ids, agree) {
  const left = new Set(ids);
  const agrees = () => {
    on.clear();
    for (const id of left) on.add(id);
    return agree();
  };
  try {
    if (!agrees()) return undefined;
    for (const id of ids) {
      left.delete(id);
      if (!agrees()) left.add(id);
    }
    return [...left];
  } finally {
    on.clear();
  }
}
