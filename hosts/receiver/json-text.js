// Where the elements of a JSON text stand. The text has been read before, so that it is known to be JSON.

const QUOTE = 34,
  BACKSLASH = 92,
  COMMA = 44,
  OPEN_BRACKET = 91,
  CLOSE_BRACKET = 93,
  OPEN_BRACE = 123,
  CLOSE_BRACE = 125;

/** The offset after the string that starts at `start`. */
const afterString = (text, start) => {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
};

/**
 * The elements of an array, or the one value that there is, as `{ start, end, depth }`: offsets without the space around, and how deep it nests
 * (a value without objects and arrays is 0 deep).
 */
export const elementsOf = (text) => {
  const base = text.trimStart().startsWith("[") ? 1 : 0;
  const elements = [];
  let [depth, deepest, start] = [0, 0, -1];
  const end = (at) => {
    if (start < 0) return;
    elements.push({ start, end: start + text.slice(start, at).trimEnd().length, depth: Math.max(deepest - base, 0) });
    [deepest, start] = [0, -1];
  };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      if (depth === base && base === 1) end(at);
      depth--;
    } else if (code === COMMA && depth === base) end(at);
    else if (start < 0 && depth === base && code > 32) start = at;
    if (code === OPEN_BRACKET || code === OPEN_BRACE) deepest = Math.max(deepest, ++depth);
    at = code === QUOTE ? afterString(text, at) : at + 1;
  }
  end(text.length);
  return elements;
};
