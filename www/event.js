// An event in Segment's shape, as text: whether it is one, and the call of the loader that sends it.

import { placeOf, readJson } from "./json.js";

const KINDS = {
  track: { event: "text", properties: "an object" },
  page: { category: "text", name: "text", properties: "an object" },
  identify: { userId: "text", traits: "an object" },
  group: { groupId: "text", traits: "an object" },
  alias: { userId: "text", previousId: "text" },
};
// Only a server is told of this.
const DELETE = { userId: "text" };
const NEEDED = { delete: "userId", track: "event", group: "groupId", alias: "userId" };
const SHARED = ["userId", "anonymousId", "messageId", "timestamp", "context", "integrations"];
// What a debugger or a server adds to an event that has been sent; the loader makes its own.
const ADDED = ["channel", "originalTimestamp", "projectId", "receivedAt", "sentAt", "version", "writeKey", "_metadata"];

/** → `{ event, problems }`; with a fault among the problems there is no event. */
export function readEvent(text, mode) {
  const { value, tree, mistakes } = readJson(text);
  if (mistakes.length) return { problems: mistakes.map((mistake) => ({ ...mistake, severity: "fault" })) };
  const problems = [];
  const tell = (severity, path, sentence) => problems.push({ ...placeOf(tree, path), severity, sentence });
  examine(value, tell, mode === "cloud" ? { ...KINDS, delete: DELETE } : KINDS);
  return { problems, event: problems.some(({ severity }) => severity === "fault") ? undefined : value };
}

function examine(value, tell, kinds) {
  if (kindOf(value) !== "an object")
    return tell("fault", [], 'An event is an object, such as { "type": "track", "event": "Order Completed" }');
  if (!Object.hasOwn(value, "type")) return tell("fault", [], `“type” is missing: one of ${Object.keys(kinds).join(", ")}`);
  const keys = Object.hasOwn(kinds, value.type) && kinds[value.type];
  if (!keys) return tell("fault", ["type"], `“type” must be one of ${Object.keys(kinds).join(", ")}`);
  for (const [key, item] of Object.entries(value)) {
    const expected = keys[key] ?? { userId: "text", anonymousId: "text", context: "an object", integrations: "an object" }[key];
    if (expected && kindOf(item) !== expected) tell("fault", [key], `“${key}” must be ${expected}`);
    if (!expected && key !== "type" && !SHARED.includes(key) && !ADDED.includes(key)) {
      tell("warning", [key], `“${key}” is not part of a ${value.type} event: expected ${Object.keys(keys).join(", ")}`);
    }
  }
  const needed = NEEDED[value.type];
  if (needed && !value[needed]) tell("fault", [needed], `“${needed}” is missing`);
}

function kindOf(value) {
  if (typeof value === "string") return "text";
  return typeof value === "object" && value !== null && !Array.isArray(value) ? "an object" : "something else";
}

/** Sends it as a site would; resolves to the loader's context. */
export function send(analytics, { type, ...event }) {
  const given = (...values) => values.filter((value) => value !== undefined);
  const { properties = {}, traits = {} } = event;
  const options = Object.fromEntries(Object.entries(event).filter(([key]) => SHARED.includes(key) && !(key in KINDS[type])));
  switch (type) {
    case "track":
      return analytics.track(event.event, properties, options);
    case "page":
      return analytics.page(...given(event.category, event.name), properties, options);
    case "identify":
      return analytics.identify(...given(event.userId), traits, options);
    case "group":
      return analytics.group(event.groupId, traits, options);
    default:
      return analytics.alias(event.userId, event.previousId, options);
  }
}
