// Values that no site means to send, made on the page as none of them can be carried there.

/** Puts `hostile`, a table of makers, onto the page: each gives a new value. Runs on the page. */
export const defineHostile = () => {
  const throwing = () => {
    throw new Error("a getter of the page");
  };
  const deep = (depth) => {
    let value = { end: 1 };
    while (depth--) value = { value };
    return value;
  };
  const revoked = (target) => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };
  window.hostile = {
    "a throwing getter": () => ({
      fine: 1,
      get broken() {
        return throwing();
      },
    }),
    "a proxy": () => new Proxy({ fine: 1 }, {}),
    "a proxy that throws at everything": () =>
      new Proxy({}, { get: throwing, ownKeys: throwing, getOwnPropertyDescriptor: throwing, has: throwing, getPrototypeOf: throwing }),
    "a proxy with keys that are not there": () =>
      new Proxy({}, { ownKeys: () => ["a", "b"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }),
    "a revoked proxy": () => revoked({}),
    "a revoked array": () => revoked([]),
    "a cycle": () => {
      const value = { fine: 1 };
      value.self = value;
      value.list = [value];
      return value;
    },
    "a cycle of two": () => {
      const a = {},
        b = { a };
      a.b = b;
      return a;
    },
    "10,000 levels": () => deep(10000),
    "10,000 levels of arrays": () => {
      let value = [];
      for (let i = 0; i < 10000; i++) value = [value];
      return value;
    },
    "10 MB of text": () => "x".repeat(10e6),
    "a key of 1 MB": () => ({ ["k".repeat(1e6)]: 1 }),
    "half a surrogate": () => "\ud800",
    "the other half": () => ({ "\udc00": "\udc00\ud800" }),
    "a BigInt": () => 10n ** 30n,
    "a symbol": () => Symbol("s"),
    "a key that is a symbol": () => ({ [Symbol("s")]: 1, fine: 1 }),
    "a function": () => () => 1,
    "a class": () => class Shop {},
    NaN: () => NaN,
    Infinity: () => Infinity,
    "-Infinity": () => -Infinity,
    "-0": () => -0,
    "an invalid date": () => new Date(NaN),
    "a date far out": () => new Date(8.64e15),
    "a sparse array": () => [1, , , 4],
    "an array of 4,000,000,000": () => new Array(4e9),
    "a sparse array with its last item": () => {
      const list = new Array(4e9);
      list[3.9e9] = "last";
      return list;
    },
    "a list of a sparse array with its last item": () => [hostile["a sparse array with its last item"]()],
    "an array of 200,000": () => Array.from({ length: 2e5 }, (_, i) => i),
    "200,000 keys": () => Object.fromEntries(Array.from({ length: 2e5 }, (_, i) => [`key${i}`, i])),
    "__proto__ as a key": () => JSON.parse('{"__proto__": {"polluted": 1}, "fine": 1}'),
    "constructor as a key": () => JSON.parse('{"constructor": {"prototype": {"polluted": 1}}, "prototype": {"polluted": 1}}'),
    "no prototype": () => Object.assign(Object.create(null), { fine: 1 }),
    "a frozen object": () => Object.freeze({ fine: 1, list: Object.freeze([1]) }),
    "toJSON that throws": () => ({ fine: 1, toJSON: throwing }),
    "toString that throws": () => ({ toString: throwing, valueOf: throwing, [Symbol.toPrimitive]: throwing }),
    "a tag that throws": () => ({
      get [Symbol.toStringTag]() {
        return throwing();
      },
    }),
    "a false date": () => ({ [Symbol.toStringTag]: "Date" }),
    "a map": () => new Map([[1, 1]]),
    "a set": () => new Set([1]),
    "a typed array": () => new Uint8Array(4),
    "a promise": () => Promise.resolve(1),
    "an error": () => new Error("the page's"),
    "an element": () => document.body,
    "the window": () => window,
    "a weak reference": () => new WeakRef({}),
    "an iterator": () => [1, 2][Symbol.iterator](),
    "a regular expression": () => /x/g,
    "a boxed number": () => new Number(5),
    "a boxed text": () => new String("text"),
    undefined: () => undefined,
    null: () => null,
    "an empty key": () => ({ "": 1 }),
    "text with markup": () => "<script>window.polluted = 1<\/script>",
  };

  /** Whether JSON carries it unchanged, which is what Intercom makes of it. */
  window.isSendable = (value, depth = 0) => {
    if (value === null || ["string", "boolean", "undefined"].includes(typeof value)) return true;
    if (typeof value === "number") return Number.isFinite(value);
    if (typeof value !== "object" || depth > 100) return false;
    if (value instanceof Date) return !Number.isNaN(+value);
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== Array.prototype) return false;
    return Reflect.ownKeys(value).every((key) => {
      if (typeof key === "symbol") return false;
      const { get, value: item } = Object.getOwnPropertyDescriptor(value, key);
      return !get && isSendable(item, depth + 1);
    });
  };

  /** A fingerprint of own keys, values and prototypes, to tell whether anything was changed; it runs no getter. */
  window.fingerprint = (value, depth = 0) => {
    if (Object(value) !== value || depth > 4)
      return typeof value === "symbol" || typeof value === "bigint"
        ? String(value)
        : typeof value === "object"
          ? "object"
          : `${value}`.slice(0, 50);
    try {
      if (value === window || value instanceof Node) return "host";
      const keys = Reflect.ownKeys(value).slice(0, 50);
      const of = (key) => {
        const { get, value: item, writable, configurable } = Object.getOwnPropertyDescriptor(value, key);
        return `${String(key).slice(0, 50)}:${!!get}${writable}${configurable}${fingerprint(item, depth + 1)}`;
      };
      return `{${Object.isExtensible(value)}${keys.map(of)}}`;
    } catch {
      return "unreadable";
    }
  };

  /** What is on the built-in prototypes; it must never change. */
  window.prototypes = () =>
    [Object, Array, Function, String, Number, Date, Map, Promise]
      .map(({ prototype }) => Reflect.ownKeys(prototype).map(String).join())
      .join(";") + String({}.polluted);
};

/** Settings under which an event's every corner is read: whole objects, lists, texts and numbers. */
export const greedy = {
  appId: "abc123",
  richLinkProperties: ["rich"],
  subscriptions: [
    {
      partnerAction: "trackEvent",
      name: "Everything",
      enabled: true,
      subscribe: 'type = "track" and (properties.value != "never" or match(event, "*"))',
      mapping: {
        event_name: { "@path": "$.event" },
        revenue: { "@path": "$.properties.revenue" },
        event_metadata: {
          "@merge": {
            objects: [
              { "@path": "$.properties" },
              {
                rich: { "@path": "$.properties.value" },
                json: { "@json": { value: { "@path": "$.properties.value" }, mode: "encode" } },
                text: { "@template": "v: {{properties.value}}" },
                upper: { "@case": { operator: "upper", value: { "@path": "$.properties.value" } } },
                replaced: { "@replace": { pattern: "a", replacement: "b", global: true, value: { "@path": "$.properties.value" } } },
                flat: { "@if": { exists: { "@path": "$.properties.value.fine" }, then: "fine", else: "none" } },
                blank: { "@if": { blank: { "@path": "$.properties.value" }, then: "some", else: "none" } },
              },
            ],
            direction: "right",
          },
        },
      },
    },
    {
      partnerAction: "identifyUser",
      name: "Anyone",
      enabled: true,
      subscribe: 'type = "identify" or type = "page"',
      mapping: {
        user_id: { "@path": "$.userId" },
        name: { "@path": "$.traits.value" },
        created_at: { "@path": "$.traits.value" },
        custom_traits: { "@path": "$.traits" },
        company: { "@path": "$.traits.value" },
        avatar_image_url: { "@path": "$.traits.value" },
        companies: { "@arrayPath": ["$.traits.value", { company_id: { "@path": "$.fine" } }] },
      },
    },
    {
      partnerAction: "identifyCompany",
      name: "Anywhere",
      enabled: true,
      subscribe: 'type = "group"',
      mapping: {
        company: {
          company_id: { "@path": "$.groupId" },
          company_custom_traits: { "@flatten": { value: { "@path": "$.traits" }, separator: "." } },
        },
      },
    },
  ],
};
