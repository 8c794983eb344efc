// Cloud mode's cache in the database. Questions of one moment go together, and so do writes.

const SOON = 50;

const deferred = () => {
  /** @type {any} */
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};

/**
 * `open()` gives a cache for `createCloud`; `flush()` resolves when all that was put is written. `forget()` lets go of what is not, and of what
 * those caches are told from then on: others may have written something newer.
 */
export const createCache = ({ read, write }) => {
  let wanted = new Map();
  let changed = new Map();
  let unwritten = new Map();
  let flushed;
  let timer;
  let writing = Promise.resolve();
  let losses = 0;

  const readWanted = async () => {
    const asked = wanted;
    wanted = new Map();
    try {
      const rows = await read([...asked.keys()], Date.now());
      const found = new Map(rows.map(({ key, value }) => [key, value]));
      for (const [key, { resolve }] of asked) resolve(found.get(key));
    } catch (error) {
      for (const { reject } of asked.values()) reject(error);
    }
  };

  const get = (key) => {
    // What is not written yet is newer than what is.
    const newer = changed.get(key) ?? unwritten.get(key);
    if (newer) return newer[1];
    if (wanted.size === 0) setImmediate(readWanted);
    if (!wanted.has(key)) wanted.set(key, deferred());
    return wanted.get(key).promise;
  };

  const writeChanged = async () => {
    const entries = changed;
    const before = losses;
    changed = new Map();
    unwritten = entries;
    try {
      if (entries.size > 0) await write([...entries.values()]);
    } catch (error) {
      // What was put since is newer.
      if (losses === before) changed = new Map([...entries, ...changed]);
      throw error;
    } finally {
      unwritten = new Map();
    }
  };

  const flush = () => {
    clearTimeout(timer);
    const done = flushed;
    [timer, flushed] = [undefined, undefined];
    writing = writing.catch(() => {}).then(writeChanged);
    done?.resolve(writing);
    return writing;
  };

  const set = (key, value, expires) => {
    changed.set(key, [key, value, expires]);
    flushed ??= deferred();
    timer ??= setTimeout(() => flush().catch(() => {}), SOON);
    return flushed.promise;
  };

  const open = () => {
    const before = losses;
    const ifKept =
      (work) =>
      async (...args) =>
        losses === before ? await work(...args) : undefined;
    return {
      get: ifKept(get),
      put: ifKept((key, value, timeToLive) => set(key, value, Date.now() + timeToLive)),
      delete: ifKept((key) => set(key, undefined, 0)),
    };
  };

  const forget = () => {
    losses += 1;
    [changed, unwritten] = [new Map(), new Map()];
    clearTimeout(timer);
    flushed?.resolve();
    [timer, flushed] = [undefined, undefined];
  };

  return { open, flush, forget };
};
