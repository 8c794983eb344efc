// How the wasm's bytes travel inside a script. The reading side is js/engine.js: the two change together.

/** The source of an ES module whose default export is the text that stands for `bytes`. */
export function embed(bytes) {
  return `export default ${JSON.stringify(bytes.toString("base64"))};\n`;
}
