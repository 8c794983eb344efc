// Whether two values are the same to whoever receives them: kinds, -0 and undefined properties count, the order of keys does not.

const tag = (value) => Object.prototype.toString.call(value);

export function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || tag(a) !== tag(b)) return false;
  if (a instanceof Date) return Object.is(+a, +b);
  if (Array.isArray(a)) return a.length === b.length && Array.from(a).every((item, i) => same(item, b[i]));
  if (tag(a) !== "[object Object]") return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.prototype.hasOwnProperty.call(b, key) && same(a[key], b[key]));
}

/** A value as a person reads it, also where JSON has no word for it. */
export function show(value) {
  if (Array.isArray(value)) return `[${Array.from(value, show).join(", ")}]`;
  switch (tag(value)) {
    case "[object Object]":
      return `{${Object.entries(value)
        .map(([key, item]) => `${JSON.stringify(key)}: ${show(item)}`)
        .join(", ")}}`;
    case "[object String]":
      return JSON.stringify(value);
    case "[object Date]":
      return `new Date(${+value})`;
    case "[object BigInt]":
      return `${value}n`;
    case "[object Number]":
      return Object.is(value, -0) ? "-0" : String(value);
    default:
      return String(value);
  }
}
