// Events drawn at random, and an Intercom that looks at what it is told. Both run on a page.

/** Takes the place of Intercom: keeps the last call's first argument, and counts calls that JSON could not carry. */
export const lookAtCalls = () => {
  window.seen = { calls: 0, last: undefined, unsendable: 0 };
  const waiting = window.Intercom?.q ?? [];
  window.Intercom = (...args) => {
    seen.calls += 1;
    seen.last = args[1];
    if (!args.every((arg) => isSendable(arg))) seen.unsendable += 1;
  };
  waiting.forEach((args) => Intercom(...args));
  window.__widget = {};
  window.__calls = [];
};

/** Sends so many events of this seed, each followed by an ordinary one; tells what went wrong. */
export const sendRandom = async ([settings, seed, events]) => {
  // Mulberry32: small, and the same everywhere.
  const random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = (list) => list[Math.floor(random() * list.length)];
  // The huge ones are tried one by one elsewhere; here they would only take time.
  const huge = /10 MB|200,000|10,000|4,000,000,000|last item|1 MB/;
  const makers = Object.entries(hostile)
    .filter(([what]) => !huge.test(what))
    .map(([, make]) => make);
  const KEYS = [
    "event",
    "properties",
    "traits",
    "userId",
    "groupId",
    "context",
    "integrations",
    "type",
    "revenue",
    "currency",
    "company",
    "companies",
    "createdAt",
    "created_at",
    "id",
    "name",
    "email",
    "value",
    "rich",
    "length",
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "then",
    "",
    "0",
    "-1",
    "a.b",
    "a[0]",
    "\ud800",
  ];
  const ordinary = [
    () => "text",
    () => 5,
    () => 0,
    () => true,
    () => "2024-01-02",
    () => 19.99,
    () => "u-1",
    () => "{{properties.value}}",
    () => "$.event",
    () => "",
  ];
  const draw = (depth) => {
    const kind = random();
    if (depth > 4 || kind < 0.3) return pick(ordinary)();
    if (kind < 0.55) return pick(makers)();
    if (kind < 0.7) return Array.from({ length: Math.floor(random() * 5) }, () => draw(depth + 1));
    const value = random() < 0.1 ? Object.create(pick([null, { inherited: 1 }, []])) : {};
    for (let left = Math.floor(random() * 6); left-- > 0; ) {
      const key = pick(KEYS);
      const item = draw(depth + 1);
      const how = random();
      if (how < 0.85) Object.defineProperty(value, key, { value: item, enumerable: true, configurable: true, writable: true });
      else if (how < 0.93)
        Object.defineProperty(value, key, {
          get: () => {
            throw item;
          },
          enumerable: true,
          configurable: true,
        });
      else
        Object.defineProperty(value, key, {
          get: () => {
            if (random() < 0.1) inner();
            return item;
          },
          enumerable: true,
          configurable: true,
        });
    }
    return random() < 0.05 ? Object.freeze(value) : random() < 0.05 ? new Proxy(value, {}) : value;
  };
  const TYPES = ["track", "page", "identify", "group", "alias"];
  const event = () => {
    if (random() < 0.1) return draw(0);
    const made = { type: random() < 0.9 ? pick(TYPES) : draw(3) };
    for (const key of ["event", "name", "userId", "groupId", "properties", "traits", "context", "integrations"])
      if (random() < 0.5) made[key] = draw(0);
    return made;
  };
  const heard = {};
  const plugins = (
    await Promise.all(
      [undefined, settings.subscriptions].map((subscriptions) =>
        intercomDestination({
          ...settings,
          subscriptions,
          updateGuard: false,
          onError: ({ code }) => (heard[code] = (heard[code] ?? 0) + 1),
        }),
      ),
    )
  ).flat();
  for (const plugin of plugins) await plugin.load({}, {});
  while (!window.__widget) await new Promise((done) => setTimeout(done, 10));
  let nested = 0;
  let isWithin = false;
  const send = (method, event) => {
    for (const plugin of plugins) plugin[method]({ event });
  };
  const inner = () => {
    if (isWithin) return;
    isWithin = true;
    nested += 1;
    send("track", { type: "track", event: "Inner", properties: {} });
    isWithin = false;
  };
  const before = prototypes();
  const bad = { thrown: [], lostNext: 0 };
  for (let i = 0; i < events; i++) {
    const made = event();
    try {
      send(pick(TYPES), made);
    } catch (error) {
      bad.thrown.push(`${i}: ${error}`);
    }
    send("track", { type: "track", event: `Next ${i}`, properties: {} });
    if (seen.last !== `Next ${i}`) bad.lostNext += 1;
    if (i % 200 === 0) await new Promise((done) => setTimeout(done));
  }
  return { ...bad, nested, calls: seen.calls, unsendable: seen.unsendable, polluted: before !== prototypes(), heard };
};
