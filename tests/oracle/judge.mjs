// Whether what the sides give is what the entry of a named difference says, in Node and in the page.
import { same, show } from "./same.mjs";

/** Sentences about what is not; `found` is `{ segment, mended, ours }`. */
export function judge({ title, segment, ours, mended }, found) {
  const wrong = [];
  const expect = (side, is, expected) => {
    if (!same(is, expected)) wrong.push(`"${title}": ${side} should give ${show(expected)}, but gives ${show(is)}`);
  };
  if (same(segment, ours)) wrong.push(`"${title}": the two sides are said to give the same`);
  expect("Segment's", found.segment, segment);
  expect("ours", found.ours, ours);
  if (mended) expect("Segment's with this mended", found.mended, ours);
  return wrong;
}
