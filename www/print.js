// Arguments as text: any value at all, and never what proves who a visitor is.
import { isProof } from "../js/redact.js";

const MASK = "•••";

export function print(value) {
  if (typeof value === "function") return `function ${value.name || "()"}`;
  if (value === undefined) return "undefined";
  const inside = [];
  try {
    return (
      JSON.stringify(
        value,
        function (key, item) {
          if (isProof(key) && item !== null) return MASK;
          // `this` is the holder of `item`, which tells when the walk has come back up.
          while (inside.length && inside.at(-1) !== this) inside.pop();
          if (typeof item === "object" && item !== null) {
            if (inside.includes(item)) return "(cycle)";
            inside.push(item);
          }
          if (typeof item === "number" && !Number.isFinite(item)) return `(${item})`;
          if (typeof item === "bigint") return `(${item}n)`;
          if (typeof item === "function") return "(function)";
          return item;
        },
        2,
      ) ?? String(value)
    );
  } catch {
    return "(unreadable)";
  }
}
