// Segment's sandbox has Buffer, but is not known to have these two, nor are they part of the language.
const { Buffer, TextDecoder: Decoder, TextEncoder: Encoder } = globalThis;

class BufferEncoder {
  encode(text) {
    return Buffer.from(text, "utf8");
  }
}

class BufferDecoder {
  decode(bytes) {
    return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8") : "";
  }
}

const TextEncoder = Encoder ?? BufferEncoder;
const TextDecoder = Decoder ?? BufferDecoder;
export { TextDecoder, TextEncoder };
