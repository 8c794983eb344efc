// What is said to window.Intercom, and whether anyone is there to hear it. Nothing here waits for the network.
import { insertScript, queueingStub, whenComplete } from './widget.js'

const WAITING = 0, RUNNING = 1, UNAVAILABLE = 2
const MOST_QUEUED = 1000
// What Intercom's documentation says of update: repeats within a minute are dropped, and twenty in half an hour are heard.
const REPEAT_MS = 60e3, QUOTA = 20, QUOTA_MS = 30 * 60e3

/** Whether two payloads say the same. */
const same = (a, b) => {
  if (a === b) return true
  if (Object(a) !== a || Object(b) !== b || a.constructor !== b.constructor) return false
  if (a instanceof Date) return +a === +b
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]))
}

/**
 * Makes Intercom boot with `boot` now, or when its script comes.
 *
 * `options`: `nonce`, `widgetTimeout` (ms), `updateGuard`, and `report(code, sentence)`.
 */
export const openMessenger = (boot, { nonce, widgetTimeout = 10000, updateGuard = true, report }) => {
  const previous = window.intercomSettings
  const found = typeof window.Intercom === 'function'
  const running = found && !Array.isArray(window.Intercom.q)
  const stub = running ? undefined : found ? window.Intercom : queueingStub()
  let state = running ? RUNNING : WAITING
  let timer
  let last, lastUrl, lastTime
  const updates = []
  let isLate = false

  const say = (method, args) => {
    try {
      window.Intercom(method, ...args)
    } catch (error) {
      report('messenger_fault', `Intercom's own "${method}" failed: ${error?.name}`)
    }
  }

  const arrived = () => {
    clearTimeout(timer)
    if (state === RUNNING) return
    isLate = state === UNAVAILABLE
    state = RUNNING
    if (isLate) {
      // The queue was let go; who the visitor is must be said again.
      say('boot', [boot])
      if (last) say('update', [last])
    }
  }

  const unavailable = (cause) => {
    clearTimeout(timer)
    if (state !== WAITING) return
    if (window.Intercom !== stub) return arrived()
    state = UNAVAILABLE
    stub.q.length = 0
    report('widget_unavailable', `Intercom's widget is not available: ${cause}`)
  }

  const bringIn = () => {
    if (window.Intercom !== stub) return arrived()
    timer = setTimeout(unavailable, widgetTimeout, `it has not come within ${widgetTimeout} ms`)
    insertScript(boot.app_id, nonce, (cause) => {
      if (window.Intercom === stub || cause) unavailable(cause ?? 'its script came but did nothing')
      else arrived()
    })
  }

  /** Whether this update is worth sending: Intercom would drop it, and count it, if it repeats the last one. */
  const isNews = (payload) => {
    const now = Date.now()
    const repeats = same(payload, last) && lastUrl === location.href && now - lastTime < REPEAT_MS
    if (updateGuard && repeats) return false
    last = payload
    lastUrl = location.href
    lastTime = now
    // The last few are enough to tell, however many there are in half an hour.
    if (updates.push(now) === QUOTA && now - updates.shift() < QUOTA_MS) {
      report('update_quota', `Intercom hears ${QUOTA} updates in 30 minutes and page; it may ignore those that follow`)
    }
    return true
  }

  if (!found) window.Intercom = stub
  window.intercomSettings = { ...previous, ...boot }
  if (running) {
    if (window.Intercom.booted === false || previous?.app_id !== boot.app_id) say('boot', [boot])
    say('reattach_activator', [])
    say('update', [window.intercomSettings])
  } else {
    say('boot', [boot])
    // A page with Intercom's snippet inserts the script itself once it is complete; a turn later it is there to be found.
    whenComplete(found ? () => setTimeout(bringIn) : bringIn)
  }

  return {
    /** Whether calls are heard or kept; when they are not there is no need to make them. */
    isListening: () => {
      if (state === UNAVAILABLE && window.Intercom !== stub) arrived()
      return state !== UNAVAILABLE
    },
    call: (method, args) => {
      if (method === 'update' && !isNews(args[0])) return
      if (state === WAITING && window.Intercom === stub && stub.q.length >= MOST_QUEUED) {
        return report('queue_full', `More than ${MOST_QUEUED} calls wait for Intercom's widget; later ones are dropped`)
      }
      say(method, args)
    },
    /** Ends the visitor's session and starts the next visitor's. */
    reset: () => {
      last = undefined
      if (state === UNAVAILABLE) return
      say('shutdown', [])
      say('boot', [boot])
    },
    /** Ends the session and leaves the page's settings as they were. */
    close: () => {
      clearTimeout(timer)
      if (state !== UNAVAILABLE) say('shutdown', [])
      window.intercomSettings = previous
    }
  }
}
