// Values on their way to a page and back as text, in Playwright's manner: JSON and what JSON has no word for.

/** Text of a value. It is also run on pages, so it stands on nothing outside of itself. */
export function encode(value) {
  const above = [];
  const write = (value) => {
    if (value === undefined || typeof value === "function" || typeof value === "symbol") return { is: "undefined" };
    if (typeof value === "bigint") return { is: "bigint", text: String(value) };
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
      return { is: "number", text: Object.is(value, -0) ? "-0" : String(value) };
    if (Object(value) !== value) return value;
    if (value instanceof Date) return { is: "date", text: value.toISOString() };
    if (value instanceof Error) return { is: "error", text: `${value.name}: ${value.message}`, stack: String(value.stack) };
    if (above.includes(value)) return { is: "undefined" };
    above.push(value);
    const written = Array.isArray(value)
      ? Array.from(value, write)
      : { is: "object", entries: Object.keys(value).map((key) => [key, write(value[key])]) };
    above.pop();
    return written;
  };
  return JSON.stringify(write(value));
}

/** The value of a text. It is also run on pages. */
export function decode(text) {
  const read = (value) => {
    if (Array.isArray(value)) return value.map(read);
    switch (value?.is) {
      case "undefined":
        return undefined;
      case "bigint":
        return BigInt(value.text);
      case "number":
        return Number(value.text);
      case "date":
        return new Date(value.text);
      case "error":
        return new Error(value.text);
      case "object": {
        const made = {};
        for (const [key, entry] of value.entries)
          Object.defineProperty(made, key, { value: read(entry), enumerable: true, configurable: true, writable: true });
        return made;
      }
      default:
        return value;
    }
  };
  return read(JSON.parse(text));
}
