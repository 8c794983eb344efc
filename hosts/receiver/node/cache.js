// Cloud mode's cache in the database. Questions of one moment go together, and so do writes.

const SOON = 50;

const deferred = () => {
  /** @type {any} */
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};

/** `cache` is for `createCloud`; `flush()` resolves when all that was put is written. */
export const createCache = ({ read, write }) => {
  let wanted = new Map();
  let changed = new Map();
  let unwritten = new Map();
  let flushed;
  let timer;
  let writing = Promise.resolve();

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
    changed = new Map();
    unwritten = entries;
    try {
      if (entries.size > 0) await write([...entries.values()]);
    } catch (error) {
      // What was put since is newer.
      changed = new Map([...entries, ...changed]);
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

  const put = (key, value, timeToLive) => set(key, value, Date.now() + timeToLive);
  return { cache: { get, put, delete: (key) => set(key, undefined, 0) }, flush };
};
