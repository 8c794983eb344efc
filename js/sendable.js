// What can be sent to Intercom: data. The rest is left out here, so that nothing of the page's own is handed on, run or changed.

const MOST_PARTS = 10000, DEEPEST = 64
const { isFinite } = Number
const { isArray } = Array
const { toString } = Object.prototype

const isPlain = (value) => {
  const type = typeof value
  return type === 'string' || type === 'boolean' || value === null || (type === 'number' && isFinite(value))
}

/** The value as data of its own; undefined when it is none. A cycle, and what is too deep or too much, is cut. */
const copy = (value, within, budget) => {
  if (isPlain(value)) return value
  if (typeof value !== 'object' || within.length > DEEPEST || within.includes(value)) return
  within.push(value)
  try {
    const tag = toString.call(value)
    if (tag === '[object Date]') return isFinite(+value) ? new Date(+value) : undefined
    const isList = isArray(value)
    if (!isList && tag !== '[object Object]') return
    const out = isList ? [] : {}
    for (const key of Object.keys(value)) {
      if (budget.left-- < 0) break
      let read, part
      try {
        read = value[key]
        part = copy(read, within, budget)
      } catch {
        // A getter that throws costs its own key.
      }
      // Items keep their places, as in JSON.
      if (isList) out.push(part === undefined && read !== undefined ? null : part)
      else if (part !== undefined && key !== '__proto__') out[key] = part
    }
    return out
  } catch {
    // Not even its keys can be read.
  } finally {
    within.pop()
  }
}

export const sendable = (value) => copy(value, [], { left: MOST_PARTS })

/** Leaves out of an object of our own making what cannot be sent. */
export const keepSendable = (made) => {
  for (const key of Object.keys(made)) {
    if (isPlain(made[key])) continue
    const part = sendable(made[key])
    if (part === undefined) delete made[key]
    else made[key] = part
  }
}
