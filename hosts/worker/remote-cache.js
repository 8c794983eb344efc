// Cloud mode's cache in another object. Questions of one moment go together, and so do writes: each call of an object costs.

/** `memory` is the other object: `readCache(keys)` gives values, `writeCache(entries)` takes `[key, value, timeToLive]`. */
export const createRemoteCache = (memory) => {
  let wanted;
  let changed;

  /** Runs when all that is asked in this moment is known. */
  const soon = (work) => Promise.resolve().then(work);

  const get = async (key) => {
    wanted ??= {
      keys: [],
      values: soon(() => {
        const { keys } = wanted;
        wanted = undefined;
        return memory.readCache(keys);
      }),
    };
    const { values, keys } = wanted;
    const index = keys.push(key) - 1;
    return (await values)[index] ?? undefined;
  };

  const write = (entry) => {
    changed ??= {
      entries: [],
      done: soon(() => {
        const { entries } = changed;
        changed = undefined;
        return memory.writeCache(entries);
      }),
    };
    changed.entries.push(entry);
    return changed.done;
  };

  return { get, put: (key, value, timeToLive) => write([key, value, timeToLive]), delete: (key) => write([key]) };
};
