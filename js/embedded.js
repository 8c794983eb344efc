// The wasm's bytes out of the text that scripts/embed.mjs makes of them: the two change together.

/** The bytes that `text` stands for. */
export const decode = (text) => {
  const moved = []
  const bytes = new Uint8Array(text.length)
  let i = 0
  let length = 0
  let code
  while (i < 35) moved[text.charCodeAt(i)] = i++
  while ((code = text.charCodeAt(i++))) {
    bytes[length++] = code > 123 ? text.charCodeAt(i++) + (code - 123) * 85 : (moved[code] ?? code)
  }
  return bytes.subarray(0, length)
}
