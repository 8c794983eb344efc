// A value as text in which no two kinds of value look the same, and the order of keys counts.
export const show = (value) => {
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "function";
  if (typeof value !== "object" || value === null) return String(value);
  try {
    if (value instanceof Date) return `Date(${+value})`;
    if (Array.isArray(value)) return `[${Array.from(value, show).join(", ")}]`;
    if (Object.getPrototypeOf(value) !== Object.prototype) return `${value.constructor?.name ?? "null"} object`;
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}: ${show(item)}`)
      .join(", ")}}`;
  } catch (error) {
    return `unreadable: ${error.name}`;
  }
};
