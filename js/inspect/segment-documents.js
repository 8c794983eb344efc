// A destination out of Segment's own JSON: what its CDN delivers, what its Public API answers, or the settings alone.

const NAMES = ["Intercom Web (Actions)", "intercom-web"];
// The Public API's words for what settings call otherwise.
const OTHER_WORDS = { partnerAction: "actionSlug", subscribe: "trigger", mapping: "settings" };

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isOurs = ({ name, creationName, libraryName, metadata }) =>
  libraryName === "intercomDestination" || [name, creationName, metadata?.name].some((given) => NAMES.includes(given));
const isSubscription = (value) => isObject(value) && (typeof value.partnerAction === "string" || typeof value.actionSlug === "string");
const isListOf = (value, test) => Array.isArray(value) && value.length > 0 && value.every(test);
const isOfPublicApi = (value) => isSubscription(value) && "actionSlug" in value && !("partnerAction" in value);

const subscription = (given) =>
  isOfPublicApi(given)
    ? { partnerAction: given.actionSlug, name: given.name, enabled: given.enabled, subscribe: given.trigger, mapping: given.settings }
    : given;

/** One destination: `path` leads to its settings, `lists` to where its subscriptions may stand, each with what is there. */
const destination = (name, settings, path, lists) => {
  const [list, given] = lists.find(([, given]) => Array.isArray(given)) ?? [];
  return {
    name,
    path,
    settings: given ? { ...settings, subscriptions: given.map(subscription) } : settings,
    at: ([first, index, key, ...rest]) => {
      const own = [first, index, key, ...rest].filter((part) => part !== undefined);
      if (first !== "subscriptions" || !given) return [...path, ...own];
      const word = isOfPublicApi(given[index]) ? (OTHER_WORDS[key] ?? key) : key;
      return [...list, ...[index, word, ...rest].filter((part) => part !== undefined)];
    },
  };
};

const from = (json, path, beside = []) => {
  for (const key of ["data", "cdnSettings"]) {
    if (isObject(json[key])) return from(json[key], [...path, key]);
  }
  for (const key of ["remotePlugins", "destinations"]) {
    if (Array.isArray(json[key])) {
      return json[key].flatMap((one, index) => (isObject(one) && isOurs(one) ? from(one, [...path, key, index]) : []));
    }
  }
  const own = [[...path, "subscriptions"], json.subscriptions];
  // Its subscriptions may stand beside it.
  if (isObject(json.destination)) return from(json.destination, [...path, "destination"], [own]);
  if (isObject(json.settings)) {
    if ((json.name || json.metadata) && !isOurs(json)) return [];
    const { settings } = json;
    const inner = [[...path, "settings", "subscriptions"], settings.subscriptions];
    return [destination(json.name || json.metadata?.name || NAMES[0], settings, [...path, "settings"], [inner, own, ...beside])];
  }
  const isPlain = "appId" in json || isListOf(json.subscriptions, isSubscription);
  return isPlain ? [destination("Settings", json, path, [own])] : [];
};

/**
 * The settings of each destination of this kind in `json`, a parsed document: `[{ name, path, settings, at }]`, where `path` leads
 * to the settings as they stand there, and `at(place)` to a place within them. Throws an Error that says what was expected.
 */
export const destinationsIn = (json) => {
  if (isListOf(json, isSubscription)) return [destination("Subscriptions", {}, [], [[[], json]])];
  if (!isObject(json) && !Array.isArray(json)) throw new Error("expected an object with the settings of a destination");
  const found = Array.isArray(json) ? json.flatMap((one, index) => (isObject(one) ? from(one, [index]) : [])) : from(json, []);
  if (found.length > 0) return found;
  throw new Error(`expected a destination "${NAMES[0]}", or settings with an appId`);
};
