// JavaScript's values for the wasm: kept, read and built, one function per step.
//
// They stay on this side, in `heap`. The wasm holds a number for each: its place in `heap`, whether it is falsy, and its
// kind, so that asking for the kind costs no crossing. Whatever a page's values do when they are read, nothing here throws.

import { CONTAINERS, DEEP, DEEP_COST, DEPTH, ITEMS, TEXT_ITEMS } from "../limits.js";

const UNDEFINED = 0,
  NULL = 1,
  FALSE = 2,
  TRUE = 3,
  NUMBER = 4,
  NOT_FINITE = 5,
  STRING = 6,
  OBJECT = 7,
  ARRAY = 8,
  DATE = 9,
  OTHER = 10;

// Longer lists and wider objects than ITEMS are cut: a sparse array may claim four thousand million items. CONTAINERS is for an object
// that refers twice to itself, which has 2^64 of them within DEPTH. Those that lie further down than any site nests count for more,
// so that what refers to itself is cut before it takes time.

// Strings the wasm knows beforehand: their handles, which are the same wherever they come up.
const known = new Map();

/** @type {any[]} */
const heap = [undefined, null, false, true];
let top = heap.length;
let memory;
let words = new Uint32Array();
let bytes;
let copies;

const plain = Object.prototype;
const { hasOwnProperty, toString } = plain;
const { getTime } = Date.prototype;
const { isFinite } = Number;
const { keys, getPrototypeOf } = Object;
const { isArray } = Array;

/** To be called before anything else: where the wasm keeps its memory. Handles made before are void. */
export const useMemory = (wasmMemory) => {
  memory = wasmMemory;
  grown();
  release(TRUE + 1);
  mark();
  known.clear();
};

/** The wasm's memory is another buffer from now on. */
export const grown = () => {
  words = new Uint32Array(memory.buffer);
};

// The allocator tells when it grows the memory. Only the tests' build has another one; there the old buffer is detached.
const view = () => {
  if (!words.length) grown();
  return words;
};

const kindOf = (value) => {
  switch (typeof value) {
    case "string":
      return STRING;
    case "number":
      return isFinite(value) ? NUMBER : NOT_FINITE;
    case "boolean":
      return value ? TRUE : FALSE;
    case "undefined":
      return UNDEFINED;
    case "object":
      if (value === null) return NULL;
      try {
        if (isArray(value)) return ARRAY;
        if (getPrototypeOf(value) === plain) return OBJECT;
        const tag = toString.call(value);
        return tag === "[object Object]" ? OBJECT : tag === "[object Date]" && isFinite(getTime.call(value)) ? DATE : OTHER;
      } catch {}
  }
  return OTHER;
};

/** Milliseconds of a valid date; undefined for all else. */
export const timeOf = (value) => (kindOf(value) === DATE ? getTime.call(value) : undefined);

/** A handle for this value, good until the `release` that follows. */
export const add = (value) => {
  if (typeof value === "string") {
    heap[top] = value;
    return (top++ << 5) | (value ? STRING : 16 | STRING);
  }
  const kind = kindOf(value);
  if (kind <= TRUE) return (kind << 5) | (kind === TRUE ? 0 : 16) | kind;
  heap[top] = value;
  return (top++ << 5) | (value ? 0 : 16) | kind;
};

/** The value of a handle. */
export const value = (handle) => heap[handle >>> 5];

/** To be called before each event: what `release` needs to let go of every handle made from here on. */
export const mark = () => {
  copies = CONTAINERS;
  return top;
};

/** Lets go of the handles made since `mark`. */
export const release = (from) => {
  while (top > from) heap[--top] = undefined;
};

export const attempt = (read, otherwise) => {
  try {
    return read();
  } catch {
    return otherwise;
  }
};

export const number = add;

export const as_number = (handle) => +heap[handle >>> 5];

const encoder = new TextEncoder();
// A byte order mark is a character like any other, also at the start.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Encodes a string for `text_read`; gives its length in bytes. */
export const text = (handle) => (bytes = encoder.encode(heap[handle >>> 5])).length;

export const text_read = (at) => new Uint8Array(memory.buffer).set(bytes, at);

const decode = (at, length) => decoder.decode(new Uint8Array(memory.buffer, at, length));

/** Takes the strings the wasm knows beforehand, a line each. */
export const intern = (at, length) => {
  for (const text of decode(at, length).split("\n")) known.set(text, add(text));
};

const addKey = (key) => known.get(key) ?? add(key);

/** As `add`, but for a string that the wasm knows it is the handle of that. */
export { addKey as named };

export const string = (at, length) => addKey(decode(at, length));

const own = (value, key) => value && (hasOwnProperty.call(value, key) ? value[key] : undefined);

/** What stands at the end of `keys`; where one of them cannot be read, nothing. */
export const follow = (value, keys) => {
  try {
    for (let i = 0; value && i < keys.length; i++) value = own(value, keys[i]);
    return value;
  } catch {}
};

export const get = (handle, path) => add(follow(heap[handle >>> 5], heap[path >>> 5]));

/** What stands at each of many paths, or at the one after it where there is nothing. */
export const get_each = (handle, plan, at) => {
  const value = heap[handle >>> 5];
  let to = at >>> 2;
  let parent, base;
  for (const paths of heap[plan >>> 5]) {
    let found;
    for (let i = 0; i < paths.length && found == null; i++) {
      const path = paths[i];
      if (parent !== path.parent) base = follow(value, (parent = path.parent));
      try {
        found = path.length ? own(base, path.last) : base;
      } catch {
        found = undefined;
      }
    }
    const handle = add(found);
    view()[to++] = handle;
  }
  return to - (at >>> 2);
};

const read = (value, key) => {
  try {
    return value[key];
  } catch {}
};

/** What stands at one key; where it cannot be read, nothing. */
export const field = (handle, name) => add(attempt(() => own(value(handle), value(name))));

let list;

/** Writes handles to `at` if there is room for them, else keeps them for `list_read`; gives their number. */
const writeHandles = (handles, at, room) => {
  const { length } = (list = handles);
  if (length <= room) list_read(at);
  return length;
};

export const list_read = (at) => {
  const words = view();
  let to = at >>> 2;
  for (const handle of list) words[to++] = handle;
};

/** An object's entries, two handles each. */
export const entries = (handle, at, room) => {
  let value = heap[handle >>> 5];
  // Listing all keys of a long text would take seconds.
  if (typeof value === "string") value = value.slice(0, ITEMS);
  const handles = [];
  try {
    for (const key of keys(value)) {
      if (handles.length === ITEMS * 2) break;
      if (key === "__proto__") continue;
      // Reading may run the page's code, and so another event: the handles are made after it.
      const part = read(value, key);
      handles.push(addKey(key), add(part));
    }
  } catch {}
  return writeHandles(handles, at, room);
};

/** An array's items. */
export const items = (handle, at, room) => {
  const value = heap[handle >>> 5];
  const handles = [];
  try {
    for (let i = 0; i < value.length && i < ITEMS; i++) handles.push(add(read(value, i)));
  } catch {}
  return writeHandles(handles, at, room);
};

/** The values of as many handles as the memory has at `at`. */
export const valuesAt = (at, length) => {
  const values = [];
  const handles = view();
  for (let i = at >>> 2; length--; i++) values.push(heap[handles[i] >>> 5]);
  return values;
};

export const array = (at, length) => add(valuesAt(at, length));

export const object = (at, length) => {
  const built = {};
  const handles = view();
  for (let i = at >>> 2; length--; i += 2) {
    const key = heap[handles[i] >>> 5];
    if (key !== "__proto__") built[key] = heap[handles[i + 1] >>> 5];
  }
  return add(built);
};

const copied = (value, depth, all) => {
  const kind = kindOf(value);
  if (kind === OTHER || kind === NOT_FINITE) return all ? value : undefined;
  // The page may set it to another time before it is sent.
  if (kind === DATE) return new Date(timeOf(value));
  if (kind !== OBJECT && kind !== ARRAY) return value;
  if ((copies -= depth >= DEEP ? DEEP_COST : 1) < 0 || depth === DEPTH) return;
  const copy = kind === ARRAY ? [] : {};
  try {
    if (kind === ARRAY) {
      for (let i = 0; i < value.length && i < ITEMS; i++) {
        const item = read(value, i);
        copy.push(item === undefined ? item : (copied(item, depth + 1, all) ?? null));
      }
    } else {
      let left = ITEMS;
      for (const key of keys(value)) {
        if (!left--) break;
        const part = copied(read(value, key), depth + 1, all);
        if (part !== undefined && key !== "__proto__") copy[key] = part;
      }
    }
  } catch {}
  return copy;
};

/** A copy all the way down, of what can be sent, or of `all`. */
export const copy = (handle, all) => add(copied(heap[handle >>> 5], 0, all));

/** A copy without what is nested, but for that at the keys `rich`, and without the other keys `left`. */
export const flat = (handle, rich, left) => {
  const value = heap[handle >>> 5];
  const isRich = (key) => heap[rich >>> 5]?.includes(key);
  const leaves = heap[left >>> 5];
  const copy = {};
  const nested = [];
  let room = ITEMS;
  try {
    for (const key of keys(value)) {
      if (!room--) break;
      const part = read(value, key);
      const kind = kindOf(part);
      if (kind === OBJECT || kind === ARRAY) {
        if (isRich(key)) nested.push([key, part]);
      } else if (kind !== UNDEFINED && kind !== OTHER && kind !== NOT_FINITE && key !== "__proto__") {
        if (!leaves?.includes(key) || isRich(key)) copy[key] = copied(part, 0);
      }
    }
  } catch {}
  for (const [key, part] of nested) {
    const whole = copied(part, 0);
    if (whole) copy[key] = whole;
  }
  return add(copy);
};

/** Puts a value into an object that was built here, before all others. */
export const put = (handle, key, value) => {
  const first = { [heap[key >>> 5]]: heap[value >>> 5] };
  heap[handle >>> 5] = { ...first, ...heap[handle >>> 5], ...first };
};

/** Sets places aside for values that outlive an event; gives the first one. Not to be called while an event is handled. */
export const reserve = (count) => {
  top += count;
  return top - count;
};

/** Keeps a value in a place. */
export const keep = (place, handle) => {
  heap[place] = value(handle);
};

/** A copy of an event that is handled later: the page may change its own meanwhile. */
export const snapshot = (event) => {
  mark();
  return copied(event, 0, true);
};

export const same = (a, b) => heap[a >>> 5] === heap[b >>> 5];

// A browser may spend a minute on the text of a sparse array before it finds that there is no room for it.
export const isHuge = (value, depth = 0) =>
  isArray(value) && (value.length > TEXT_ITEMS || (depth < 3 && value.some((item) => isHuge(item, depth + 1))));

export const equals_empty_string = (handle) =>
  attempt(() => {
    const it = heap[handle >>> 5];
    return !isHuge(it) && it == "";
  }, false);
