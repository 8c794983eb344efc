// Sees every call to window.Intercom, whoever installs the function and whenever.
// A proxy rather than a function of our own: the queueing stub keeps its `q` and whatever else the widget looks for.

export function recordIntercom(page, onCall) {
  const proxies = new WeakMap()
  let current

  const recorded = (intercom) => {
    if (typeof intercom !== 'function') return intercom
    if (!proxies.has(intercom)) {
      const proxy = new Proxy(intercom, {
        apply(target, self, args) {
          // A page that watches must never be the reason why a call does not arrive.
          try {
            onCall(args)
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

  Object.defineProperty(page, 'Intercom', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set: (intercom) => {
      current = recorded(intercom)
    },
  })
}
