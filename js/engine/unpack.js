// The wasm out of what scripts/pack.mjs makes of it: the two change together.

// By the number of an instruction, the stream of what it is about: 0 for nothing, and from c on for those that are read below.
const KINDS = "00ccc000000d33e05f00000000000000666aa00077777777777777777777777bb890g";
const OFFSET = 7,
  BLOCK = 12,
  END = 13,
  TABLE = 14,
  INDIRECT = 15,
  F64 = 16,
  PREFIX = 17;

/** The wasm. Its sizes take more bytes than they need, and no alignment is told, which is a hint. */
export const unpack = (packed) => {
  const kinds = new Uint8Array(256);
  kinds.set(Array.from(KINDS, (digit) => parseInt(digit, 36)));
  kinds[252] = PREFIX;
  const at = new Uint16Array(packed.slice(0, 28).buffer);
  let functions = at[12];
  const section = at[13];
  const shell = packed.subarray(28, at[0]);
  const out = new Uint8Array(packed.length * 2);
  const number = (at, value) => {
    out[at] = value | 128;
    out[at + 1] = (value >> 7) | 128;
    out[at + 2] = value >> 14;
  };
  out.set(shell.subarray(0, section));
  out[section] = 10;
  number(section + 4, functions);
  let to = section + 7;
  while (functions--) {
    const start = (to += 3);
    let depth = 1;
    // First the locals, which are no instruction.
    let kind = 1;
    let times = packed[at[1]] * 2 + 1;
    while (depth) {
      while (times--) {
        let byte;
        do out[to++] = byte = packed[at[kind]++];
        while (byte > 127);
      }
      const next = packed[at[11]];
      kind = kinds[(out[to++] = packed[at[0]++])];
      times = kind && 1;
      if (kind === OFFSET) to++;
      if (kind < BLOCK) continue;
      if (kind === BLOCK) {
        depth++;
        kind = 2;
      } else if (kind === END) {
        depth--;
        times = 0;
      } else if (kind === TABLE) times = packed[at[(kind = 4)]] + 2;
      else if (kind === F64) {
        for (times = 8; times; times--) out[to++] = packed[at[11]++];
      } else {
        times = kind === INDIRECT ? 2 : next < 8 ? 1 : 13 - next;
        kind = 11;
      }
    }
    number(start - 3, to - start);
  }
  number(section + 1, to - section - 4);
  out.set(shell.subarray(section), to);
  return out.subarray(0, to + shell.length - section);
};
