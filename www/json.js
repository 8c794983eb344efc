// JSON.parse describes a mistake differently in every browser, and in some without a place.
// This reads the grammar once more to say what was expected and where.

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const SPACE = /[ \t\n\r]*/y
const BARE = /[A-Za-z_$][\w$]*/y

export class Mistake extends Error {
  constructor(message, offset) {
    super(message)
    this.name = 'Mistake'
    this.offset = offset
  }
}

// → { value, places }: where each top-level key stands, so that a caller can complain about one.
export function parse(text) {
  const places = new Map()
  scan(text, places)
  return { value: JSON.parse(text), places }
}

export function lineAndColumn(text, offset) {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: before.at(-1).length + 1 }
}

function scan(text, places) {
  let at = 0
  let depth = 0

  const take = (pattern) => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at = pattern.lastIndex
    return found?.[0]
  }
  const space = () => take(SPACE)
  const fail = (message, offset = at) => {
    throw new Mistake(message, offset)
  }
  const found = () => {
    if (at >= text.length) return 'the text ends'
    const start = at
    const word = take(BARE)
    at = start
    return `found ${word ?? text[at]}`
  }

  function string() {
    const start = at
    const token = take(STRING)
    if (token !== undefined) return token
    const close = /["\n]/g
    close.lastIndex = start + 1
    const end = close.exec(text)
    if (!end || end[0] === '\n') fail('This text has no closing quotation mark', start)
    fail('This text holds a character that must be escaped with a backslash', start)
  }

  function list(close, item) {
    at += 1
    space()
    if (text[at] === close) return void (at += 1)
    for (;;) {
      item()
      const end = at
      space()
      if (text[at] === close) return void (at += 1)
      if (/["{[\w-]/.test(text[at] ?? '')) fail('A comma is missing here', end)
      if (text[at] !== ',') fail(`Expected a comma or ${close}, but ${found()}`)
      const comma = at
      at += 1
      space()
      if (text[at] === close) fail(`Take this comma away: nothing follows it before ${close}`, comma)
    }
  }

  function member() {
    const start = at
    if (text[at] === "'") fail('Use double quotation marks around a key')
    if (text[at] !== '"') fail(`Expected a key in double quotation marks, but ${found()}`)
    const key = JSON.parse(string())
    if (depth === 1) places.set(key, start)
    space()
    if (text[at] !== ':') fail(`Expected a colon after the key “${key}”, but ${found()}`)
    at += 1
    value()
  }

  function value() {
    space()
    const first = text[at]
    if (first === '{' || first === '[') {
      depth += 1
      if (first === '{') list('}', member)
      else list(']', value)
      depth -= 1
    } else if (first === '"') {
      string()
    } else if (take(WORD) === undefined && take(NUMBER) === undefined) {
      if (first === "'") fail('Use double quotation marks around text')
      fail(`Expected a value, but ${found()}`)
    }
  }

  value()
  space()
  if (at < text.length) fail(`Nothing may follow the end of the value, but ${found()}`)
}
