// Stands for Intercom's own script: takes over window.Intercom, drains the stub's queue, and keeps every call in window.__calls.
//
// window.__widget tells how often the script ran and what window.intercomSettings was then. A test that wants something to
// happen inside a call, as a Messenger callback would, sets window.__onCall(method, ...args).
//
// window.__tell(method, ...args) calls the functions that were registered for a method such as onShow, of which `shutdown` forgets all
// unless window.__keeps is set. The unread count is told as soon as someone asks for it; it is window.__unread.
(() => {
  // A call is kept as it was when it was made, whatever the page does to its objects later.
  const copy = (value, depth = 0) => {
    if (typeof value === "function") return "[function]";
    if (typeof value === "symbol") return `[${String(value)}]`;
    if (typeof value !== "object" || value === null) return value;
    if (depth > 20) return "[too deep]";
    if (value instanceof Date) return new Date(+value);
    if (Array.isArray(value)) return Array.from(value, (item) => copy(item, depth + 1));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item, depth + 1)]));
  };

  const waiting = Array.isArray(window.Intercom?.q) ? window.Intercom.q : [];
  const calls = (window.__calls ??= []);
  window.__widget = { runs: (window.__widget?.runs ?? 0) + 1, settings: copy(window.intercomSettings), queued: waiting.length };

  const registered = (window.__registered ??= {});
  let visitor = 0;
  window.__tell = (method, ...args) => [...(registered[method] ?? [])].forEach((callback) => callback(...args));

  const Intercom = (...args) => {
    const [method, callback] = args;
    calls.push(copy(args));
    if (method === "boot") {
      if (!Intercom.booted) visitor++;
      Intercom.booted = true;
      for (const ready of registered.ready?.splice(0) ?? []) ready();
    }
    if (method === "shutdown") {
      Intercom.booted = false;
      if (!window.__keeps) for (const method in registered) registered[method].length = 0;
    }
    if (typeof callback === "function") (registered[method] ??= []).push(callback);
    if (method === "onUnreadCountChange") callback(window.__unread ?? 0);
    if (method === "ready" && Intercom.booted) registered.ready.pop()();
    window.__onCall?.(...args);
    if (method === "getVisitorId" && Intercom.booted) return `visitor-${visitor}`;
  };
  Intercom.booted = false;
  window.Intercom = Intercom;
  for (const args of waiting.splice(0)) Intercom(...args);
})();
