// The lower bound: what one would write by hand, in plain JavaScript, for exactly the four presets and nothing else. It has no settings, no
// filters and no mappings, and reads the fields it knows.

const { hasOwn } = Object;
const own = (object, key) => (object != null && hasOwn(object, key) ? object[key] : undefined);

/** Calls made within a minute of the same call on the same page change nothing, and count against Intercom's limit. */
const REPEAT_MS = 60e3;

const seconds = (date) => {
  if (date == null) return date;
  if (typeof date === "number") return Math.floor(date >= 1e12 ? date / 1000 : date);
  const time = Date.parse(date);
  return time === time ? Math.floor(time / 1000) : undefined;
};

const flat = (properties) => {
  const metadata = {};
  for (const key of Object.keys(properties)) {
    const value = properties[key];
    if (value !== undefined && (typeof value !== "object" || value === null)) metadata[key] = value;
  }
  return metadata;
};

const put = (target, key, value) => {
  if (value !== undefined) target[key] = value;
};

const companyOf = (id, traits) => {
  const company = {};
  put(company, "company_id", id);
  put(company, "name", own(traits, "name"));
  put(company, "created_at", seconds(own(traits, "createdAt") ?? own(traits, "created_at")));
  put(company, "plan", own(traits, "plan"));
  put(company, "size", own(traits, "size"));
  put(company, "website", own(traits, "website"));
  put(company, "industry", own(traits, "industry"));
  put(company, "monthly_spend", own(traits, "monthly_spend"));
  return company;
};

const isEmpty = (object) => {
  for (const _ in object) return false;
  return true;
};

const same = (a, b) => {
  if (a === b) return true;
  if (Object(a) !== a || Object(b) !== b) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
};

let last;
let lastUrl;
let lastTime;

const update = (payload) => {
  const now = Date.now();
  if (lastUrl === document.URL && now - lastTime < REPEAT_MS && same(payload, last)) return;
  last = payload;
  lastUrl = document.URL;
  lastTime = now;
  window.Intercom("update", payload);
};

const hidden = (event, payload) => {
  const intercom = own(own(event, "context"), "Intercom");
  put(payload, "hide_default_launcher", own(intercom, "hideDefaultLauncher") ?? own(intercom, "hide_default_launcher"));
};

const track = (ctx) => {
  const { event } = ctx;
  const properties = own(event, "properties");
  const metadata = flat(properties ?? {});
  const { revenue } = metadata;
  if (revenue) {
    metadata.price = { amount: Math.round(revenue * 100), currency: metadata.currency ?? "USD" };
    delete metadata.revenue;
    delete metadata.currency;
  }
  window.Intercom("trackEvent", own(event, "event"), metadata);
  return ctx;
};

const identify = (ctx) => {
  const { event } = ctx;
  const traits = own(event, "traits");
  const intercom = own(own(event, "integrations"), "Intercom");
  const payload = {};
  put(payload, "user_id", own(event, "userId"));
  put(payload, "name", own(traits, "name"));
  put(payload, "phone", own(traits, "phone"));
  put(payload, "email", own(traits, "email"));
  put(payload, "created_at", seconds(own(traits, "createdAt") ?? own(traits, "created_at")));
  put(payload, "user_hash", own(intercom, "user_hash") ?? own(intercom, "userHash"));
  const avatar = own(traits, "avatar");
  if (avatar) payload.avatar = { type: "avatar", image_url: avatar };
  const company = own(traits, "company");
  const one = companyOf(own(company, "id"), company);
  if (!isEmpty(one)) payload.company = one;
  const companies = own(traits, "companies");
  if (Array.isArray(companies) && companies.length > 0) payload.companies = companies.map((each) => companyOf(own(each, "id"), each));
  hidden(event, payload);
  update(payload);
  return ctx;
};

const group = (ctx) => {
  const { event } = ctx;
  const payload = { company: companyOf(own(event, "groupId"), own(event, "traits")) };
  hidden(event, payload);
  update(payload);
  return ctx;
};

/** A factory like the others, of one plugin. */
export const plainDestination = async () => {
  const boot = () => window.Intercom("boot", { app_id: "abc123" });
  return [
    {
      name: "plain",
      type: "destination",
      version: "0",
      isLoaded: () => true,
      ready: async () => {},
      load: async () => boot(),
      track,
      identify,
      page: identify,
      group,
    },
  ];
};
