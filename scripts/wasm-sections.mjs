// The parts of a wasm file.

/** A wasm file's sections: `{id, name, at, start, end}`, with `at` at the section's id and `start` at its content. */
export function sectionsOf(bytes) {
  const reader = readerOf(bytes, 8);
  const sections = [];
  while (reader.at < bytes.length) {
    const { at } = reader;
    const id = bytes[reader.at++];
    const end = reader.number() + reader.at;
    const name = id === 0 ? reader.text() : undefined;
    sections.push({ id, name, at, start: reader.at, end });
    reader.at = end;
  }
  return sections;
}

/** Reads a wasm file's numbers and texts from `at` on. */
export function readerOf(bytes, at) {
  return {
    at,
    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[this.at++];
        value += (byte & 127) * 2 ** shift;
        if (byte < 128) return value;
      }
    },
    text() {
      const length = this.number();
      return Buffer.from(bytes.subarray(this.at, (this.at += length))).toString();
    },
  };
}
