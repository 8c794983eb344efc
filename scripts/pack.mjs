// The wasm's functions in an order that brotli compresses better, by a tenth: what its instructions are, and what they are about, kind by kind.
// js/engine/unpack.js has the way back: the two change together.
import { Failure } from "./command.mjs";
import { readerOf, sectionsOf } from "./wasm-sections.mjs";

const CODE = 10;
const NAMES = [
  "operations",
  "locals",
  "blocks",
  "branches",
  "tables",
  "calls",
  "variables",
  "offsets",
  "integers",
  "longs",
  "globals",
  "others",
];
const STREAMS = Object.fromEntries(NAMES.map((name, i) => [name, i]));

/** The stream of the one number that an instruction is about. */
const STREAM = new Map(
  [
    [STREAMS.blocks, [0x02, 0x03, 0x04]],
    [STREAMS.branches, [0x0c, 0x0d]],
    [STREAMS.calls, [0x10]],
    [STREAMS.variables, [0x20, 0x21, 0x22]],
    [STREAMS.globals, [0x23, 0x24]],
    [STREAMS.offsets, Array.from({ length: 23 }, (_, i) => 0x28 + i)],
    [STREAMS.others, [0x3f, 0x40]],
    [STREAMS.integers, [0x41]],
    [STREAMS.longs, [0x42]],
  ].flatMap(([stream, codes]) => codes.map((code) => [code, stream])),
);
const END = 0x0b;
const F64 = 0x44;
const TABLE = 0x0e;
const INDIRECT = 0x11;
const PREFIX = 0xfc;
/** How many numbers stand after the prefix: those that turn floats into integers have none of their own, then there are memory.copy and memory.fill. */
const PREFIXED = [1, 1, 1, 1, 1, 1, 1, 1];
PREFIXED[10] = 3;
PREFIXED[11] = 2;
const isAlone = (code) => [0x00, 0x01, 0x05, END, 0x0f, 0x1a, 0x1b].includes(code) || (code >= 0x45 && code <= 0xc4);

/** Numbers of two bytes: where each stream starts, how many functions there are, and where their section is. Then the wasm without it, and the streams. */
export function pack(bytes) {
  const section = sectionsOf(bytes).find(({ id }) => id === CODE);
  const reader = readerOf(bytes, section.start);
  const streams = NAMES.map(() => []);
  const functions = reader.number();
  for (let i = 0; i < functions; i++) addFunction(bytes, reader, streams);
  if (reader.at !== section.end) throw new Failure("scripts/pack.mjs does not know an instruction of this wasm.");
  const shell = Buffer.concat([bytes.subarray(0, section.at), bytes.subarray(section.end)]);
  const numbers = [];
  let start = 2 * (NAMES.length + 2) + shell.length;
  for (const stream of streams) {
    numbers.push(start);
    start += stream.length;
  }
  numbers.push(functions, section.at);
  if (start >= 2 ** 16) throw new Failure("The wasm is too long for scripts/pack.mjs.");
  return Uint8Array.from(Buffer.concat([Buffer.from(Uint16Array.from(numbers).buffer), shell, Buffer.from(streams.flat())]));
}

function addFunction(bytes, reader, streams) {
  const end = reader.number() + reader.at;
  const add = (stream, from) => streams[stream].push(...bytes.subarray(from, reader.at));
  const copy = (stream, times = 1) => {
    const from = reader.at;
    for (let i = 0; i < times; i++) reader.number();
    add(stream, from);
  };
  copy(STREAMS.locals, bytes[reader.at] * 2 + 1);
  while (reader.at < end) {
    const code = bytes[reader.at++];
    const next = bytes[reader.at];
    streams[STREAMS.operations].push(code);
    if (code === F64) {
      const from = reader.at;
      reader.at += 8;
      add(STREAMS.others, from);
    } else if (code === TABLE) copy(STREAMS.tables, next + 2);
    else if (code === INDIRECT) copy(STREAMS.others, 2);
    else if (code === PREFIX && next in PREFIXED) copy(STREAMS.others, PREFIXED[next]);
    else if (STREAM.get(code) === STREAMS.offsets) {
      // The alignment is a hint.
      reader.number();
      copy(STREAMS.offsets);
    } else if (STREAM.has(code)) copy(STREAM.get(code));
    else if (!isAlone(code)) throw new Failure(`scripts/pack.mjs does not know the instruction ${code}.`);
  }
}
