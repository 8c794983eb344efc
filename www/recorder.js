// Sees every call to window.Intercom, whoever installs the function and whenever.
// A proxy rather than a function of our own: the queueing stub keeps its `q` and whatever else the widget looks for.

export function recordIntercom(page, onCall) {
  const proxies = new WeakMap()
  let current
  let replays = []

  const recorded = (intercom) => {
    if (typeof intercom !== 'function') return intercom
    if (!proxies.has(intercom)) {
      const proxy = new Proxy(intercom, {
        apply(target, self, args) {
          // A page that watches must never be the reason why a call does not arrive.
          try {
            if (!isReplay(args)) onCall(args)
          } catch (error) {
            console.error(error)
          }
          return Reflect.apply(target, self, args)
        },
      })
      proxies.set(intercom, proxy)
      proxies.set(proxy, proxy)
    }
    return proxies.get(intercom)
  }

  // A widget that arrives late repeats what its stub had queued. Those calls are on the list already.
  function isReplay(args) {
    const index = replays.findIndex((queued) => queued.length === args.length && args.every((arg, at) => arg === queued[at]))
    if (index >= 0) replays.splice(index, 1)
    return index >= 0
  }

  function expectReplays(queue) {
    if (!Array.isArray(queue)) return
    replays = queue.map((queued) => Array.from(queued))
    setTimeout(() => {
      replays = []
    })
  }

  Object.defineProperty(page, 'Intercom', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (intercom) => {
      expectReplays(current?.q)
      current = recorded(intercom)
    },
  })
}
