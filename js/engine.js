// Starts the engine: the wasm inside this script, with no request and no glue between it and js/host.js, or, where a page
// forbids WebAssembly, the same code as JavaScript.
import * as host from './host.js'
import text from '../pkg/wasm.js'
import { decode } from './embedded.js'
import { part } from './parts.js'
import { failure } from './report.js'

let compiled

const instantiate = async (ms) => {
  try {
    return (await WebAssembly.instantiate(await (compiled ??= WebAssembly.compile(decode(text))), { host })).exports
  } catch (error) {
    // Whatever the reason, a policy, a browser mode or a lack of memory, the other build may still run.
    try {
      return (await part('fallback', ms))({ host })
    } catch {
      throw failure(
        'engine_blocked',
        `This page forbids WebAssembly: add 'wasm-unsafe-eval' to the script-src of its Content-Security-Policy, or let ` +
          `intercom-destination.fallback.js load from beside this script (${error?.name})`
      )
    }
  }
}

/** A fresh instance; resolves to its exports. Handles made for an earlier one are void. `ms` bounds the wait for a file. */
export const start = async (listener, ms) => {
  const exports = await instantiate(ms)
  host.attach(exports.memory, listener)
  exports.start()
  return exports
}
