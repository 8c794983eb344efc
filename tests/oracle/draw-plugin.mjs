// A site: settings, its subscriptions, and the events its visitors make.
import { TYPES, drawEvent, drawValue } from "./draw-event.mjs";
import { drawFilter, drawTrigger } from "./draw-filter.mjs";
import { drawDirective, drawPath, drawShape } from "./draw-mapping.mjs";
import { KEYS } from "./draw-text.mjs";

/** The directives that the published build knows. */
export const DIRECTIVES = ["@path", "@path", "@template", "@if", "@case", "@arrayPath", "@literal", "@replace"];
/** And the options that it does not. */
export const LATER_OPTIONS = ["pattern2", "replacement2"];

const path = (to) => ({ "@path": `$.${to}` });
const either = (first, second) => ({ "@if": { exists: path(first), then: path(first), else: path(second) } });
const company = (root, id) => ({
  company_id: path(id),
  name: path(`${root}name`),
  created_at: either(`${root}createdAt`, `${root}created_at`),
  ...Object.fromEntries(["plan", "size", "website", "industry", "monthly_spend"].map((key) => [key, path(root + key)])),
});
const launcher = either("context.Intercom.hideDefaultLauncher", "context.Intercom.hide_default_launcher");
const integration = (snake, camel) => either(`integrations.Intercom.${snake}`, `integrations.Intercom.${camel}`);

// The presets as a site would write them: the published build is older than the defaults of its successor.
const PRESETS = {
  trackEvent: {
    subscribe: 'type = "track"',
    mapping: {
      event_name: path("event"),
      revenue: path("properties.revenue"),
      currency: path("properties.currency"),
      event_metadata: path("properties"),
    },
  },
  identifyUser: {
    subscribe: 'type = "identify" or type = "page"',
    mapping: {
      user_id: path("userId"),
      name: path("traits.name"),
      phone: path("traits.phone"),
      email: path("traits.email"),
      created_at: either("traits.createdAt", "traits.created_at"),
      avatar_image_url: path("traits.avatar"),
      user_hash: integration("user_hash", "userHash"),
      intercom_user_jwt: integration("intercom_user_jwt", "intercomUserJwt"),
      company: company("traits.company.", "traits.company.id"),
      companies: { "@arrayPath": ["$.traits.companies", company("", "id")] },
      hide_default_launcher: launcher,
    },
  },
  identifyCompany: { subscribe: 'type = "group"', mapping: { company: company("traits.", "groupId"), hide_default_launcher: launcher } },
};

const ACTIONS = Object.keys(PRESETS);
const USUAL_TYPES = { trackEvent: ["track"], identifyUser: ["identify", "page"], identifyCompany: ["group"] };

const field = (r, ...sources) => (r.chance(0.75) ? path(r.pick(sources)) : r.chance(0.7) ? drawDirective(r, 2) : { "@path": drawPath(r) });
const traits = (r) => (r.chance(0.6) ? field(r, "traits", "properties", "traits.a") : drawShape(r, 1));
const dates = ["traits.createdAt", "traits.created_at", "properties.total"];
const drawCompany = (r, root) =>
  r.chance(0.1)
    ? field(r, "traits.company", "traits.plan", "properties")
    : pickSome(r, {
        company_id: () => field(r, `${root}id`, "groupId"),
        name: () => field(r, `${root}name`),
        created_at: () => field(r, `${root}createdAt`, `${root}created_at`),
        plan: () => field(r, `${root}plan`),
        company_custom_traits: () => traits(r),
      });

const pickSome = (r, draws) =>
  Object.fromEntries(
    Object.entries(draws)
      .filter(() => r.chance(0.7))
      .map(([key, draw]) => [key, draw()]),
  );

const MAPPINGS = {
  trackEvent: (r) =>
    pickSome(r, {
      event_name: () => field(r, "event"),
      revenue: () => field(r, "properties.revenue", "properties.total"),
      currency: () => field(r, "properties.currency"),
      event_metadata: () => traits(r),
    }),
  identifyUser: (r) =>
    pickSome(r, {
      user_id: () => field(r, "userId"),
      name: () => field(r, "traits.name"),
      created_at: () => field(r, ...dates),
      avatar_image_url: () => field(r, "traits.avatar"),
      custom_traits: () => traits(r),
      company: () => drawCompany(r, "traits.company."),
      companies: () =>
        r.chance(0.8) ? { "@arrayPath": ["$.traits.companies", drawCompany(r, "")] } : field(r, "traits.companies", "traits.items"),
      hide_default_launcher: () => field(r, "context.Intercom.hideDefaultLauncher"),
      language_override: () => field(r, "context.locale"),
      unsubscribed_from_emails: () => r.chance(0.5),
    }),
  identifyCompany: (r) => pickSome(r, { company: () => drawCompany(r, "traits."), hide_default_launcher: () => launcher }),
};

function drawSubscription(r) {
  const partnerAction = r.pick(ACTIONS);
  const preset = PRESETS[partnerAction];
  const ordinary = r.chance(0.4);
  return {
    partnerAction,
    name: r.pick(["One", "Two", "Three"]),
    enabled: r.chance(0.95),
    subscribe: r.chance(0.5) ? preset.subscribe : r.chance(0.9) ? drawTrigger(r, r.pick(USUAL_TYPES[partnerAction])) : drawFilter(r),
    mapping: ordinary ? structuredClone(preset.mapping) : MAPPINGS[partnerAction](r),
  };
}

export function drawSettings(r) {
  const settings = { appId: "abc123" };
  if (r.chance(0.95)) settings.activator = r.chance(0.05) ? "" : r.pick(["#IntercomDefaultWidget", "#help", ".open"]);
  if (r.chance(0.6)) settings.richLinkProperties = r.many(0, 3, () => r.pick([...KEYS, "revenue", "article"]));
  if (r.chance(0.3)) settings.apiBase = "https://api-iam.eu.intercom.io";
  settings.subscriptions = r.many(1, 5, () => drawSubscription(r));
  return settings;
}

const AMOUNTS = [19.99, 1.005, 0, 5, "19.99", " 7 ", "", "free", 4.35, 1e21, -2.5, 0.1 + 0.2, 1e-9, true, null, "0x10", [5]];
const WHEN = [
  "2020-01-02",
  "2020-01-02T03:04:05Z",
  "2020-01-02 03:04",
  "soon",
  "",
  1577923200,
  1577923200000,
  1577923200.7,
  -5,
  0,
  null,
  true,
  "1577923200",
  "1577923200000",
  "946684800",
  "-86400",
  "0",
  "20231114",
  "20231114221320",
  "2023",
  "2024-13-45",
  "2026-02-30",
  "0000-00-00 00:00:00",
  883612800000,
  "Jan 5 2021",
  "2020-01-02T03:04:05.678+01:00",
  1e300,
  9e12,
  -123456789012,
];

const drawTraits = (r) => {
  const drawn = {
    createdAt: r.pick(WHEN),
    name: "Ada",
    avatar: r.pick(["https://a.example/x.png", "", null, 5]),
    plan: r.pick(["pro", "", null, 0]),
  };
  if (r.chance(0.3)) drawn.created_at = r.pick(WHEN);
  if (r.chance(0.3)) delete drawn.createdAt;
  return drawn;
};

/** An event as sites make them, with now and then one that no site should. */
export function drawVisit(r) {
  const event = drawEvent(r, r.pick(TYPES), 0.02);
  const part = (key) => (event[key] = event[key]?.constructor === Object ? event[key] : {});
  if (r.chance(0.6)) Object.assign(part("properties"), { revenue: r.pick(AMOUNTS), currency: r.pick(["EUR", "", null, undefined]) });
  if (r.chance(0.2)) part("properties").price = r.pick([{ amount: 1999, currency: "EUR" }, { amount: "1999" }, { amount: NaN }, [5], 5]);
  if (r.chance(0.6)) Object.assign(part("traits"), drawTraits(r));
  if (r.chance(0.4)) part("traits").company = r.chance(0.85) ? { id: r.pick(["c1", 7, null]), ...drawTraits(r) } : drawValue(r, 1, 0.02);
  if (r.chance(0.3))
    part("traits").companies = r.chance(0.85)
      ? r.many(0, 3, () => (r.chance(0.9) ? { id: "c", ...drawTraits(r) } : drawValue(r, 1, 0.02)))
      : drawValue(r, 1, 0.02);
  if (r.chance(0.4)) part("context").Intercom = { hideDefaultLauncher: r.pick([true, false, null, undefined, "yes"]) };
  if (r.chance(0.4)) event.integrations = { Intercom: { user_hash: "h", userHash: "H" } };
  return event;
}
