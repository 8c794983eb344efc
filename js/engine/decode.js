// The wasm's bytes out of the text that scripts/embed.mjs makes of them: the two change together.

/** The bytes that `text` stands for. */
export const decode = (text) => {
  // In place, in an array: reading characters one by one takes a visitor's browser milliseconds.
  const bytes = new TextEncoder().encode(text);
  const moved = bytes.slice(0, 128);
  let i = 0;
  let length = 0;
  while (i < 128) moved[i] = i++;
  for (i = 0; i < 35; ) moved[bytes[i]] = i++;
  while (i < bytes.length) {
    const code = bytes[i++];
    bytes[length++] = code > 123 ? bytes[i++] + (code - 123) * 85 : moved[code];
  }
  return bytes.subarray(0, length);
};
