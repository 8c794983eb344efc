// The JavaScript half of the boundary: what the wasm cannot do itself, one function per step.
//
// Values stay on this side, in `heap`. The wasm holds a number for each: its place in `heap`, whether it is falsy, and its
// kind, so that asking for the kind costs no crossing. Whatever a page's values do when they are read, nothing here throws.

const UNDEFINED = 0, NULL = 1, FALSE = 2, TRUE = 3, NUMBER = 4, NOT_FINITE = 5, STRING = 6, OBJECT = 7, ARRAY = 8, DATE = 9, OTHER = 10

// Longer lists and wider objects are cut: a sparse array may claim four thousand million items.
const MOST = 10000
// How many objects and arrays are copied for one event: one that refers twice to itself has 2^64 of them within DEEPEST. Those
// that lie further down than any site nests count for more, so that what refers to itself is cut before it takes time.
const COPIES = 20000, DEEPEST = 64, DEEP = 8, DEEP_COST = 20

// Strings the wasm knows beforehand: their handles, which are the same wherever they come up.
const known = new Map()

const ways = new Map()

const heap = [undefined, null, false, true]
let top = heap.length
let memory
let words = new Uint32Array()
let bytes
let outside
let copies

const plain = Object.prototype
const { hasOwnProperty, toString } = plain
const { isFinite } = Number
const { keys, getPrototypeOf } = Object
const { isArray } = Array

/**
 * To be called before anything else: where the wasm keeps its memory, and who hears what it has to say,
 * `{call(method, ...args), report(isWarning, code, sentence)}`.
 */
export const attach = (wasmMemory, listener) => {
  memory = wasmMemory
  grown()
  outside = listener
  release(TRUE + 1)
  mark()
  known.clear()
  ways.clear()
}

/** The wasm's memory is another buffer from now on. */
export const grown = () => {
  words = new Uint32Array(memory.buffer)
}

// The allocator tells when it grows the memory. Only the tests' build has another one; there the old buffer is detached.
const view = () => {
  if (!words.length) grown()
  return words
}

const kindOf = (value) => {
  switch (typeof value) {
    case 'string':
      return STRING
    case 'number':
      return isFinite(value) ? NUMBER : NOT_FINITE
    case 'boolean':
      return value ? TRUE : FALSE
    case 'undefined':
      return UNDEFINED
    case 'object':
      if (value === null) return NULL
      try {
        if (isArray(value)) return ARRAY
        if (getPrototypeOf(value) === plain) return OBJECT
        const tag = toString.call(value)
        return tag === '[object Object]' ? OBJECT : tag === '[object Date]' && isFinite(+value) ? DATE : OTHER
      } catch {}
  }
  return OTHER
}

/** A handle for this value, good until the `release` that follows. */
export const add = (value) => {
  if (typeof value === 'string') {
    heap[top] = value
    return (top++ << 5) | (value ? STRING : 16 | STRING)
  }
  const kind = kindOf(value)
  if (kind <= TRUE) return (kind << 5) | (kind === TRUE ? 0 : 16) | kind
  heap[top] = value
  return (top++ << 5) | (value ? 0 : 16) | kind
}

/** The value of a handle. */
export const value = (handle) => heap[handle >>> 5]

/** To be called before each event: what `release` needs to let go of every handle made from here on. */
export const mark = () => {
  copies = COPIES
  return top
}

/** Lets go of the handles made since `mark`. */
export const release = (from) => {
  while (top > from) heap[--top] = undefined
}

export const attempt = (read, otherwise) => {
  try {
    return read()
  } catch {
    return otherwise
  }
}

export const number = add

export const as_number = (handle) => +heap[handle >>> 5]

const encoder = new TextEncoder()
// A byte order mark is a character like any other, also at the start.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Encodes a string for `text_read`; gives its length in bytes. */
export const text = (handle) => (bytes = encoder.encode(heap[handle >>> 5])).length

export const text_read = (at) => new Uint8Array(memory.buffer).set(bytes, at)

const decode = (at, length) => decoder.decode(new Uint8Array(memory.buffer, at, length))

/** Takes the strings the wasm knows beforehand, a line each. */
export const intern = (at, length) => {
  for (const text of decode(at, length).split('\n')) known.set(text, add(text))
}

const addKey = (key) => known.get(key) ?? add(key)

export const string = (at, length) => addKey(decode(at, length))

const own = (value, key) => value && (hasOwnProperty.call(value, key) ? value[key] : undefined)

const follow = (value, keys) => {
  try {
    for (let i = 0; value && i < keys.length; i++) value = own(value, keys[i])
    return value
  } catch {}
}

export const get = (handle, path) => add(follow(heap[handle >>> 5], heap[path >>> 5]))

/** What stands at each of many paths, or at the one after it where there is nothing. */
export const get_each = (handle, plan, at) => {
  const value = heap[handle >>> 5]
  let to = at >>> 2
  let way, base
  for (const paths of heap[plan >>> 5]) {
    let found
    for (let i = 0; i < paths.length && found == null; i++) {
      const path = paths[i]
      if (way !== path.way) base = follow(value, (way = path.way))
      try {
        found = path.length ? own(base, path.last) : base
      } catch {
        found = undefined
      }
    }
    const handle = add(found)
    view()[to++] = handle
  }
  return to - (at >>> 2)
}

const keysOf = (path) =>
  path
    .replace(/\[(?=["'\d])/g, '.')
    .replace(/(["'\d])\]+/g, '$1.')
    .split('.')
    .filter((key) => key)
    .map((key) => key.replace(/["']/g, ''))

/** The keys of a mapping path; with the last one by itself and the way to it, which is one object for all equal ways. */
export const path = (text) => {
  const keys = keysOf(heap[text >>> 5].replace('$.', ''))
  const way = keys.slice(0, -1)
  const name = way.join('.')
  if (!ways.has(name)) ways.set(name, way)
  keys.way = ways.get(name)
  keys.last = keys[way.length]
  return add(keys)
}

// Not a pattern of its own: with one, a text of nothing but opening braces would take the square of its length.
const split = (text, open, close) => {
  const parts = []
  let from = 0, at = 0, end
  while ((at = text.indexOf(open, at)) >= 0 && (end = text.indexOf('}', at + open.length)) >= 0) {
    if (end > at + open.length && text.startsWith(close, end)) {
      parts.push(text.slice(from, at), text.slice(at + open.length, end))
      from = end += close.length
    }
    at = end
  }
  return [...parts, text.slice(from)]
}

/** A template as texts and, in every second place, the keys of a path. */
export const template = (text) =>
  add(
    split(heap[text >>> 5], '{{{', '}}}')
      .flatMap((part, i) => (i & 1 ? part : split(part, '{{', '}}')))
      .map((part, i) => (i & 1 ? keysOf(part.trim()) : part))
  )

/** A template's text with the values at its paths in it. */
export const fill = (template, payload) => {
  const event = heap[payload >>> 5]
  const text = (text, part, i) => text + `${(i & 1 ? follow(event, part) : part) ?? ''}`
  return add(attempt(() => heap[template >>> 5].reduce(text, '')))
}

const read = (value, key) => {
  try {
    return value[key]
  } catch {}
}

let list

/** Writes handles to `at` if there is room for them, else keeps them for `list_read`; gives their number. */
const hand = (handles, at, room) => {
  const { length } = (list = handles)
  if (length <= room) list_read(at)
  return length
}

export const list_read = (at) => {
  const words = view()
  let to = at >>> 2
  for (const handle of list) words[to++] = handle
}

/** An object's entries, two handles each. */
export const entries = (handle, at, room) => {
  let value = heap[handle >>> 5]
  // Listing all keys of a long text would take seconds.
  if (typeof value === 'string') value = value.slice(0, MOST)
  const handles = []
  try {
    for (const key of keys(value)) {
      if (handles.length === MOST * 2) break
      if (key === '__proto__') continue
      // Reading may run the page's code, and so another event: the handles are made after it.
      const part = read(value, key)
      handles.push(addKey(key), add(part))
    }
  } catch {}
  return hand(handles, at, room)
}

/** An array's items. */
export const items = (handle, at, room) => {
  const value = heap[handle >>> 5]
  const handles = []
  try {
    for (let i = 0; i < value.length && i < MOST; i++) handles.push(add(read(value, i)))
  } catch {}
  return hand(handles, at, room)
}

export const array = (at, length) => {
  const values = []
  const handles = view()
  for (let i = at >>> 2; length--; i++) values.push(heap[handles[i] >>> 5])
  return add(values)
}

export const object = (at, length) => {
  const built = {}
  const handles = view()
  for (let i = at >>> 2; length--; i += 2) {
    const key = heap[handles[i] >>> 5]
    if (key !== '__proto__') built[key] = heap[handles[i + 1] >>> 5]
  }
  return add(built)
}

const copied = (value, depth, all) => {
  const kind = kindOf(value)
  if (kind === OTHER || kind === NOT_FINITE) return all ? value : undefined
  if (kind !== OBJECT && kind !== ARRAY) return value
  if ((copies -= depth > DEEP ? DEEP_COST : 1) < 0 || depth === DEEPEST) return
  const copy = kind === ARRAY ? [] : {}
  try {
    if (kind === ARRAY) {
      for (let i = 0; i < value.length && i < MOST; i++) {
        const item = read(value, i)
        copy.push(item === undefined ? item : copied(item, depth + 1, all) ?? null)
      }
    } else {
      let left = MOST
      for (const key of keys(value)) {
        if (!left--) break
        const part = copied(read(value, key), depth + 1, all)
        if (part !== undefined && key !== '__proto__') copy[key] = part
      }
    }
  } catch {}
  return copy
}

/** A copy all the way down, of what can be sent, or of `all`. */
export const copy = (handle, all) => add(copied(heap[handle >>> 5], 0, all))

/** A copy without what is nested, but for that at the keys `rich`, and without the other keys `left`. */
export const flat = (handle, rich, left) => {
  const value = heap[handle >>> 5]
  const isRich = (key) => heap[rich >>> 5]?.includes(key)
  const leaves = heap[left >>> 5]
  const copy = {}
  const nested = []
  let room = MOST
  try {
    for (const key of keys(value)) {
      if (!room--) break
      const part = read(value, key)
      const kind = kindOf(part)
      if (kind === OBJECT || kind === ARRAY) {
        if (isRich(key)) nested.push([key, part])
      } else if (kind !== UNDEFINED && kind !== OTHER && kind !== NOT_FINITE && key !== '__proto__') {
        if (!leaves?.includes(key) || isRich(key)) copy[key] = part
      }
    }
  } catch {}
  for (const [key, part] of nested) {
    const whole = copied(part, 0)
    if (whole) copy[key] = whole
  }
  return add(copy)
}

/** Puts a value into an object that was built here. */
export const put = (handle, key, value) => {
  heap[handle >>> 5][heap[key >>> 5]] = heap[value >>> 5]
}

export const same = (a, b) => heap[a >>> 5] === heap[b >>> 5]

export const equals_empty_string = (handle) => attempt(() => heap[handle >>> 5] == '', false)

export const search = (how, handle, needle) => {
  const text = heap[handle >>> 5]
  const wanted = heap[needle >>> 5]
  return how === 0 ? text.includes(wanted) : how === 1 ? text.startsWith(wanted) : text.endsWith(wanted)
}

export const concat = (at, length) => {
  // Read out first: a part's toString may call back into the wasm, whose memory may then grow and be another buffer.
  const handles = [...view().subarray(at >>> 2, (at >>> 2) + length)]
  return add(attempt(() => handles.reduce((text, handle) => text + `${value(handle) ?? ''}`, '')))
}

export const to_case = (handle, upper) => {
  const text = heap[handle >>> 5]
  return add(attempt(() => (upper ? text.toUpperCase() : text.toLowerCase())))
}

export const pattern = (literal, ignoreCase, global) =>
  add(
    new RegExp(heap[literal >>> 5].replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), (global ? 'g' : '') + (ignoreCase ? 'i' : ''))
  )

export const replace = (handle, pattern, replacement) =>
  add(attempt(() => heap[handle >>> 5].replace(heap[pattern >>> 5], heap[replacement >>> 5])))

// A browser may spend half a minute on the text of a sparse array before it finds that there is no room for it.
const sendable = (_, value) => (isArray(value) && value.length > 1e6 ? undefined : value)

export const to_json = (handle) => add(attempt(() => JSON.stringify(heap[handle >>> 5], sendable)))

export const parse_json = (handle) => {
  const text = heap[handle >>> 5]
  return add(attempt(() => JSON.parse(text), text))
}

export const parse_number = (handle) => {
  const text = heap[handle >>> 5].trim()
  return text && isFinite(+text) ? +text : NaN
}

const ZONED = /(?:[zZ]|GMT|UTC?|[ECMP][SD]T|[+-]\d\d:?\d\d)\s*(?:\(.*\))?$/
const LOCAL = /^(\d{4})[-/]?(\d{1,2})?[-/]?(\d{0,2})[Tt\s]*(\d{1,2})?:?(\d{1,2})?:?(\d{1,2})?[.:]?(\d+)?$/

/** Milliseconds of a date or a date string; a string without a zone is UTC whatever the visitor's own is. */
export const millis = (handle) => {
  const date = heap[handle >>> 5]
  if (typeof date !== 'string') return attempt(() => +date, NaN)
  if (date.endsWith('Z')) return Date.parse(date)
  const parts = LOCAL.exec(date)
  if (!parts) return Date.parse(ZONED.test(date) ? date : date + ' UTC')
  const [, year, month, day, hours, minutes, seconds, fraction] = parts
  return Date.UTC(year, (month || 1) - 1, day || 1, hours || 0, minutes || 0, seconds || 0, (fraction || '0').slice(0, 3))
}

/** A Liquid template rendered for an event; undefined when that fails, or when LiquidJS is not here. */
export const liquid = (template, event) => add(attempt(() => outside.liquid(heap[template >>> 5], heap[event >>> 5])))

/** Says `method` to Intercom with as many of the two arguments as are not 0, the handle no value has. */
export const call = (method, first, second) => {
  const words = [heap[method >>> 5]]
  if (first) words.push(heap[first >>> 5])
  if (second) words.push(heap[second >>> 5])
  outside.call(words)
}

export const report = (isWarning, code, sentence) => outside.report(!!isWarning, heap[code >>> 5], heap[sentence >>> 5])
