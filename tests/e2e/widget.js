// Stands for Intercom's own script: takes over window.Intercom, drains the stub's queue, and keeps every call in window.__calls.
//
// window.__widget tells how often the script ran and what window.intercomSettings was then. A test that wants something to
// happen inside a call, as a Messenger callback would, sets window.__onCall(method, ...args).
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

  const Intercom = (...args) => {
    calls.push(copy(args));
    if (args[0] === "boot") Intercom.booted = true;
    if (args[0] === "shutdown") Intercom.booted = false;
    window.__onCall?.(...args);
  };
  Intercom.booted = false;
  window.Intercom = Intercom;
  for (const args of waiting.splice(0)) Intercom(...args);
})();
