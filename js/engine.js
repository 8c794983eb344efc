// Starts the wasm: from the bytes inside this script, with no request and no glue between it and js/host.js.
import * as host from './host.js'
import text from '../pkg/wasm.js'

let compiled

const compile = async () => {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return (await WebAssembly.instantiate(bytes, { host })).module
}

/** A fresh instance; resolves to its exports. Handles made for an earlier one are void. */
export const start = async (listener) => {
  const module = await (compiled ??= compile())
  const { exports } = await WebAssembly.instantiate(module, { host })
  host.attach(exports.memory, listener)
  exports.start()
  return exports
}
