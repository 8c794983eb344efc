// One site's destination: its compiled settings in the wasm, its Messenger on the page, and what waits for either.
import * as host from './host.js'
import { start } from './engine.js'
import { failure, reporter } from './report.js'
import { openMessenger } from './messenger.js'

export const ACTIONS = ['trackEvent', 'identifyUser', 'identifyCompany']
/** In the order of the filter language's event types, which number the bits of `event_types`. */
export const TYPES = ['track', 'page', 'identify', 'group', 'alias']
const ALL = 31
const MOST_WAITING = 1000

let engine
let current
const live = new Set()

const listener = {
  call: (method, args) => current.call(method, args),
  report: (isWarning, code, sentence) => current.heard(isWarning, code, sentence)
}

/** Runs `step` with the wasm's words going to `who`, and lets go of the values it made. */
const within = (who, step) => {
  const outer = current
  const from = host.mark()
  current = who
  try {
    return step()
  } finally {
    current = outer
    host.release(from)
  }
}

/** An instance that trapped is never entered again: every destination is made anew in a fresh one. */
const rebuild = () => {
  engine = start(listener)
  live.forEach((destination) => destination.connect())
}

/** What an event is now: the page, or another plugin, may change it before it can be handled. */
const snapshot = (event) => {
  try {
    return structuredClone(event)
  } catch {
    return event
  }
}

/**
 * A destination for these settings, at once. What it is given before its wasm runs and its Messenger is open is kept, in order.
 *
 * `ready` resolves when the settings are compiled, and rejects when one of them is wrong.
 */
export const createDestination = (settings) => {
  const report = reporter(settings?.onError)
  const waiting = []
  let wasm, id, messenger, analytics
  let types = [ALL, ALL, ALL]
  let isLost = false

  const who = { call: (method, args) => messenger.call(method, args) }

  const later = (step) => {
    if (isLost) return
    if (waiting.length < MOST_WAITING) waiting.push(step)
    else report('queue_full', `More than ${MOST_WAITING} events wait for the plugin to load; later ones are dropped`)
  }

  const flush = () => {
    while (wasm && messenger && waiting.length > 0) waiting.shift()()
  }

  const connect = async () => {
    wasm = undefined
    const exports = await (engine ??= start(listener))
    const faults = []
    who.heard = (isWarning, code, sentence) => (isWarning ? report(code, sentence) : faults.push([code, sentence]))
    const outer = current
    current = who
    try {
      id = exports.create(host.add(settings))
    } finally {
      current = outer
    }
    if (id < 0) throw failure(...faults[0])
    faults.forEach((fault) => report(...fault))
    who.heard = (isWarning, code, sentence) => report(code, sentence)
    types = ACTIONS.map((_, action) => exports.event_types(id, action))
    wasm = exports
    flush()
  }

  const run = (action, event) => {
    try {
      within(who, () => wasm.handle(id, action, host.add(event)))
    } catch (error) {
      report('engine_fault', `An event could not be handled: ${error?.message}`)
      rebuild()
    }
  }

  const handle = (action, event) => {
    if (!wasm || !messenger) {
      const copy = snapshot(event)
      later(() => handle(action, copy))
    } else if (messenger.isListening()) run(action, event)
  }

  const reset = () => (wasm && messenger ? messenger.reset() : later(reset))

  const destination = {
    connect: () =>
      connect().catch((error) => {
        isLost = true
        waiting.length = 0
        live.delete(destination)
        throw error
      }),
    /** Bits of the event types that each action wants, -1 for an action without a subscription. */
    types: () => types,
    isOpen: () => !!messenger,
    handle,
    reset,
    /** Brings Intercom onto the page. `loader` is what can tell of a reset, if there is such a thing. */
    open: (loader) => {
      if (messenger) return
      const options = { ...settings, report }
      messenger = openMessenger(within(who, () => host.value(wasm.boot_settings(id))), options)
      if (settings.shutdownOnReset !== false && typeof loader?.on === 'function') {
        analytics = loader
        analytics.on('reset', reset)
      }
      flush()
    },
    close: () => {
      analytics?.off?.('reset', reset)
      messenger?.close()
      messenger = undefined
      wasm?.destroy(id)
      live.delete(destination)
      // The last one leaves nothing behind: the next starts with an instance of its own.
      if (live.size === 0) engine = undefined
    }
  }
  live.add(destination)
  destination.ready = destination.connect()
  return destination
}
