// Numbers that look random and are the same on every machine. Each case has its own, so that it can be drawn again alone.

/** A source of choices for case `index` of the run with this `seed`. */
export function random(seed, index) {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const r = {
    /** A whole number from 0 up to, not including, `end`. */
    below: (end) => Math.floor(next() * end),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)],
    /** Between `least` and `most` of what `draw` gives. */
    many: (least, most, draw) => Array.from({ length: least + r.below(most - least + 1) }, () => draw()),
    /** One of `[weight, draw]`, drawn. */
    weighed: (rows) => {
      let rest = next() * rows.reduce((sum, [weight]) => sum + weight, 0);
      return (rows.find(([weight]) => (rest -= weight) < 0) ?? rows[0])[1]();
    },
  };
  return r;
}
