// What is measured for each event: settings, and the events that a page sends. Only features that both sides have, and events for which
// both must make the same calls.

const path = (to) => ({ "@path": `$.${to}` });
const either = (first, second) => ({ "@if": { exists: path(first), then: path(first), else: path(second) } });
const company = (root, id) => ({
  company_id: path(id),
  name: path(`${root}name`),
  created_at: either(`${root}createdAt`, `${root}created_at`),
  ...Object.fromEntries(["plan", "size", "website", "industry", "monthly_spend"].map((key) => [key, path(root + key)])),
});
const launcher = either("context.Intercom.hideDefaultLauncher", "context.Intercom.hide_default_launcher");

const subscription = (partnerAction, subscribe, mapping) => ({ partnerAction, name: partnerAction, enabled: true, subscribe, mapping });

const trackMapping = {
  event_name: path("event"),
  revenue: path("properties.revenue"),
  currency: path("properties.currency"),
  event_metadata: path("properties"),
};
const userMapping = {
  user_id: path("userId"),
  name: path("traits.name"),
  phone: path("traits.phone"),
  email: path("traits.email"),
  created_at: either("traits.createdAt", "traits.created_at"),
  avatar_image_url: path("traits.avatar"),
  user_hash: either("integrations.Intercom.user_hash", "integrations.Intercom.userHash"),
  company: company("traits.company.", "traits.company.id"),
  companies: { "@arrayPath": ["$.traits.companies", company("", "id")] },
  hide_default_launcher: launcher,
};

// Ours applies its presets by itself, and they hold one field more (a token); Segment's build needs them written out.
const presets = [
  subscription("trackEvent", 'type = "track"', trackMapping),
  subscription("identifyUser", 'type = "identify" or type = "page"', userMapping),
  subscription("identifyCompany", 'type = "group"', { company: company("traits.", "groupId"), hide_default_launcher: launcher }),
];

const everyDirective = {
  user_id: { "@if": { blank: path("userId"), then: path("anonymousId"), else: path("userId") } },
  name: { "@template": "{{traits.first}} {{traits.last}}" },
  email: { "@case": { operator: "lower", value: path("traits.email") } },
  phone: { "@replace": { pattern: "-", replacement: " ", ignorecase: false, global: true, value: path("traits.phone") } },
  created_at: either("traits.createdAt", "traits.created_at"),
  language_override: { "@literal": "en" },
  companies: { "@arrayPath": ["$.traits.companies", { company_id: path("id"), name: { "@template": "{{name}} Ltd" } }] },
  custom_traits: { plan: path("traits.company.plan"), source: { "@literal": "web" }, seats: path("traits.companies[0].size") },
};

const FILTERS = 50;
/** Most name one event, as sites do; the rest take the language's other turns. One of them matches. */
const filters = Array.from({ length: FILTERS }, (_, i) => {
  const rarer = [
    `type = "track" and properties.category = "None ${i}"`,
    `type = "track" and contains(event, "none ${i}")`,
    `type = "track" and match(event, "None ${i}*")`,
    `type = "track" and properties.price > ${1e6 + i}`,
    `type = "page" and name = "Page ${i}"`,
  ];
  const subscribe =
    i % 5 === 0 ? rarer[(i / 5) % rarer.length] : `type = "track" and event = "${i === 33 ? "Product Added" : `Event ${i}`}"`;
  return subscription("trackEvent", subscribe, trackMapping);
});

const context = (i) => ({
  ip: "203.0.113.7",
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  locale: "en-GB",
  timezone: "Europe/London",
  library: { name: "analytics.js", version: "npm:next-1.84.3" },
  page: {
    path: `/products/${i}`,
    referrer: "https://search.example/",
    search: "?q=lamp",
    title: "A lamp",
    url: `https://shop.test/products/${i}?q=lamp`,
  },
  campaign: { name: "autumn", source: "mail", medium: "email" },
  Intercom: i % 2 ? { hideDefaultLauncher: i % 4 === 1 } : { hide_default_launcher: true },
});

const companyOf = (i) => ({
  id: `c${i}`,
  name: `Company ${i}`,
  createdAt: `2021-03-0${1 + (i % 9)}T10:00:00Z`,
  plan: "pro",
  size: 10 + i,
  website: "https://company.example",
  industry: "lamps",
  monthly_spend: 50 + i,
});

const traitsOf = (i) => ({
  first: "Ada",
  last: `Lovelace ${i}`,
  name: `Ada Lovelace ${i}`,
  phone: `+44-20-7946-00${10 + i}`,
  email: `Ada${i}@Shop.test`,
  createdAt: `2020-01-${10 + i}T03:04:05Z`,
  avatar: `https://shop.test/avatars/${i}.png`,
  company: companyOf(i),
  companies: [companyOf(i), companyOf(i + 1)],
});

const base = (type, i) => ({
  type,
  messageId: `ajs-next-${i}-0123456789abcdef`,
  timestamp: new Date(Date.UTC(2024, 0, 1 + i)).toISOString(),
  anonymousId: `8f6c2a9e-${1000 + i}`,
  userId: `user-${i}`,
  integrations: { Intercom: { user_hash: `0f3c${i}` } },
  context: context(i),
});

const properties = (i) => ({
  product_id: `p${i}`,
  sku: `SKU-${i}`,
  category: "Lamps",
  name: `Lamp ${i}`,
  brand: "Bright",
  price: 25 + i,
  quantity: 1 + (i % 3),
  coupon: i % 2 ? "SUMMER" : null,
  url: "https://shop.test/lamp",
  tags: ["new", "sale"],
  dimensions: { height: 10, width: 20 },
  // A tenth of a cent would show where the two sides round differently, and that is no matter of speed.
  ...(i % 2 === 0 && { revenue: 25 + i, currency: "EUR" }),
});

const KINDS = 16;
// As a loader's own events, each is an object of its own; texts are joined flat by JSON.
const events = (make) => Array.from({ length: KINDS }, (_, i) => JSON.parse(JSON.stringify(make(i))));
const track = (event) => events((i) => ({ ...base("track", i), event, properties: properties(i) }));

/** One row for each case: `settings` of Segment's build and ours, and whether the hand-written plugin takes part. */
export const cases = {
  track: { isPreset: true, events: track("Product Added") },
  identify: { isPreset: true, events: events((i) => ({ ...base("identify", i), traits: traitsOf(i) })) },
  page: {
    isPreset: true,
    events: events((i) => ({ ...base("page", i), name: "Product", properties: properties(i), traits: i % 2 ? traitsOf(i) : {} })),
  },
  group: { isPreset: true, events: events((i) => ({ ...base("group", i), groupId: `c${i}`, traits: companyOf(i) })) },
  nothing: {
    events: track("Product Viewed"),
    subscriptions: [subscription("trackEvent", 'type = "track" and event = "Order Completed"', trackMapping), ...presets.slice(1)],
  },
  fifty: { events: track("Product Added"), subscriptions: filters },
  directives: {
    events: events((i) => ({ ...base("identify", i), traits: traitsOf(i) })),
    subscriptions: [subscription("identifyUser", 'type = "identify"', everyDirective)],
  },
};

export const titles = {
  track: "track, presets",
  identify: "identify, presets",
  page: "page, presets",
  group: "group, presets",
  nothing: "a track that matches nothing",
  fifty: `${FILTERS} subscriptions, one matches`,
  directives: "a mapping with every directive",
};

const appId = "abc123";
const activator = "#IntercomDefaultWidget";

export const settingsFor = {
  peer: ({ subscriptions = presets }) => ({ appId, activator, richLinkProperties: [], subscriptions }),
  ours: ({ subscriptions }) => ({ appId, activator, ...(subscriptions && { subscriptions }) }),
  plain: () => ({ appId }),
};
