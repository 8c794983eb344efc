// Cloud mode's cache in another object. Questions of one moment go together, and so do writes: each call of an object costs.

/** A function that hands over what it is given in one moment in one call; gives the promise of its answer, and the place of the item in it. */
const gather = (call) => {
  let gathered;
  const handOver = () => {
    const { items } = gathered;
    gathered = undefined;
    return call(items);
  };
  return (item) => {
    gathered ??= { items: [], answer: Promise.resolve().then(handOver) };
    const { items, answer } = gathered;
    return { answer, index: items.push(item) - 1 };
  };
};

/** `memory` is the other object: `readCache(keys)` gives values, `writeCache(entries)` takes `[key, value, timeToLive]`. */
export const createRemoteCache = (memory) => {
  const read = gather((keys) => memory.readCache(keys));
  const write = gather((entries) => memory.writeCache(entries));

  const get = async (key) => {
    const { answer, index } = read(key);
    return (await answer)[index] ?? undefined;
  };

  return { get, put: (key, value, timeToLive) => write([key, value, timeToLive]).answer, delete: (key) => write([key]).answer };
};
