// Makes a case that shows a difference as small as greed can: parts are dropped as long as the difference stays.

const isPlain = (value) => Object.prototype.toString.call(value) === "[object Object]";

/** Values that are one step smaller. */
export function* smaller(value) {
  if (typeof value === "string") {
    for (let size = value.length >> 1; size > 0; size >>= 1) {
      for (let at = 0; at + size <= value.length; at += size) yield value.slice(0, at) + value.slice(at + size);
    }
    if (value.length === 1) yield "";
  } else if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) yield value.filter((_, i) => i !== at);
    for (let at = 0; at < value.length; at++) for (const item of inner(value[at])) yield value.with(at, item);
  } else if (isPlain(value)) {
    const entries = Object.entries(value);
    for (const [key] of entries) yield Object.fromEntries(entries.filter(([other]) => other !== key));
    for (const [key, item] of entries) {
      for (const less of inner(item)) yield Object.fromEntries(entries.map(([k, v]) => [k, k === key ? less : v]));
    }
  }
}

/** A part may also give way to one of its own parts, or to a plain value. */
function* inner(value) {
  if (isPlain(value) || Array.isArray(value)) {
    yield 1;
    yield* Object.values(value).filter((item) => typeof item === "object");
  }
  yield* smaller(value);
}

/** The smallest found from `found` that still `differs`, within a number of attempts. */
export function shrink(found, differs, attempts = 5000) {
  let best = found;
  for (let again = true; again && attempts > 0; ) {
    again = false;
    for (const candidate of smaller(best)) {
      if (attempts-- <= 0) break;
      if (differs(candidate)) {
        best = candidate;
        again = true;
        break;
      }
    }
  }
  return best;
}

/** A copy that may be changed at will; what is neither a plain object nor an array is shared. */
export function copy(value) {
  if (Array.isArray(value)) return value.map(copy);
  if (isPlain(value) && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
  }
  return value;
}
