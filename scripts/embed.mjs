// How the wasm's bytes travel inside a script: as printable ASCII, which every charset a script may be served with reads alike, and one
// character for nearly every byte, so that gzip and brotli see the patterns they would see in the wasm itself. Base64 cuts across
// them. The reading side is js/engine/decode.js: the two change together.

// The low bytes are wasm's most frequent, and are no characters; nor can a quote stand in a string by itself.
const MOVED = 35;
// A character from here on is followed by the rest of a byte that has none of its own.
const FIRST_MARK = 124;
const LAST = 126;
const STEP = 85;

const quote = 34;
const backslash = 92;
const space = 32;
const isQuoted = (code) => code === quote || code === backslash;

/** The source of an ES module whose default export is the text that stands for `bytes`. */
export function embed(bytes) {
  return `export default ${JSON.stringify(encode(bytes))};\n`;
}

/** First the characters of the bytes 0 to 34, in their order, then the bytes. */
export function encode(bytes) {
  const moved = charactersFor(bytes);
  const taken = new Set(moved);
  const spellings = Array.from({ length: 256 }, (_, byte) => {
    if (byte < MOVED) return moved[byte];
    const character = String.fromCharCode(byte);
    return byte >= FIRST_MARK || byte === backslash || taken.has(character) ? marked(byte) : character;
  });
  return moved.join("") + Array.from(bytes, (byte) => spellings[byte]).join("");
}

/** Printable bytes stand for themselves, but those that this wasm hardly uses give their characters to the low bytes. */
function charactersFor(bytes) {
  const uses = new Array(256).fill(0);
  for (const byte of bytes) uses[byte] += 1;
  const offered = [];
  for (let code = MOVED; code < FIRST_MARK; code++) if (!isQuoted(code)) offered.push(code);
  offered.sort((a, b) => uses[a] - uses[b]);
  const own = [space, space + 1];
  const moved = Array.from({ length: MOVED }, (_, byte) => (own.includes(byte) ? byte : offered.shift()));
  return moved.map((code) => String.fromCharCode(code));
}

/** A mark and a character; a quoted one, which takes three, only where no other will do. */
function marked(byte) {
  const pairs = [];
  for (let mark = FIRST_MARK; mark <= LAST; mark++) {
    const rest = (byte + 512 - (mark - FIRST_MARK + 1) * STEP) % 256;
    if (rest >= space && rest <= LAST) pairs.push([mark, rest]);
  }
  const best = pairs.find(([, rest]) => !isQuoted(rest)) ?? pairs[0];
  return String.fromCharCode(...best);
}
