// Sees every call to window.Intercom, whoever installs the function and whenever.

export function recordIntercom(page, onCall) {
  let current
  let queued = []
  let replays = []

  const record = (args) => {
    // A page that watches must never be the reason why a call does not arrive.
    try {
      if (!isReplay(args)) onCall(args)
    } catch (error) {
      console.error(error)
    }
  }

  // A widget that arrives late repeats what its stub had queued. Those calls are on the list already.
  function isReplay(args) {
    const index = replays.findIndex((call) => call.length === args.length && args.every((arg, at) => arg === call[at]))
    if (index >= 0) replays.splice(index, 1)
    return index >= 0
  }

  // Whoever installs a queueing stub compares it later with window.Intercom to learn whether the widget came,
  // so a stub stays the same function and its queue is watched instead.
  function watchQueue(stub) {
    const { q } = stub
    const push = (...calls) => {
      for (const call of calls) {
        const args = Array.from(call)
        queued.push(args)
        record(args)
      }
      return Array.prototype.push.apply(q, calls)
    }
    for (const call of q) {
      queued.push(Array.from(call))
      record(Array.from(call))
    }
    Object.defineProperty(q, 'push', { configurable: true, writable: true, value: push })
    return stub
  }

  // A proxy, because the widget looks for properties of its own on the function.
  function watchCalls(intercom) {
    replays = queued
    queued = []
    setTimeout(() => {
      replays = []
    })
    return new Proxy(intercom, {
      apply(target, self, args) {
        record(args)
        return Reflect.apply(target, self, args)
      },
    })
  }

  Object.defineProperty(page, 'Intercom', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (intercom) => {
      if (intercom === current) return
      const isStub = current === undefined && Array.isArray(intercom?.q)
      if (typeof intercom !== 'function') current = intercom
      else current = isStub ? watchQueue(intercom) : watchCalls(intercom)
    },
  })
}
