// Says in one sentence what a call means, for those who don't read arguments.

import { print } from "./print.js";

const MESSENGER_KEYS = new Set([
  "app_id",
  "api_base",
  "installation_type",
  "custom_launcher_selector",
  "hide_default_launcher",
  "widget",
  "alignment",
  "horizontal_padding",
  "vertical_padding",
  "z_index",
  "session_duration",
  "theme_mode",
  "action_color",
  "background_color",
]);

const NAMES = {
  user_id: "id",
  email: "email",
  name: "name",
  phone: "phone",
  created_at: "sign-up date",
  avatar: "avatar",
  user_hash: "identity hash",
  intercom_user_jwt: "identity token",
  company: "company",
  companies: "companies",
  language_override: "language",
  unsubscribed_from_emails: "email subscription",
  last_request_at: "last visit",
};

const inWords = new Intl.ListFormat("en", { type: "conjunction" });

export function isMessengerKey(key) {
  return MESSENGER_KEYS.has(key);
}

export const countOf = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** What became of an event or a log-out, in short. */
export function outcomeOf({ kind, calls, steps = [] }) {
  const held = steps.filter(({ isHeldBack }) => isHeldBack).length;
  return `${kind === "reset" ? "Logged out" : "Sent"}: ${countOf(calls.length, "call")}${held ? `, ${held} held back` : ""}.`;
}

/** What an event is called in a list. */
export function titleOf({ type, event, name, category, userId, previousId, groupId, traits }) {
  switch (type) {
    case "track":
      return plain(event);
    case "page":
      return [category, name].filter(Boolean).map(plain).join(" · ") || "A page";
    case "identify":
      return plain(traits?.name ?? traits?.email ?? userId ?? "A visitor");
    case "group":
      return plain(traits?.name ?? groupId);
    case "delete":
      return plain(userId);
    default:
      return [previousId, userId].filter(Boolean).map(plain).join(" → ");
  }
}

export function describe([method, ...rest]) {
  const [first] = rest;
  switch (method) {
    case "boot":
      return `Starts the Messenger for app ${plain(first?.app_id)}.`;
    case "update":
      return describeUpdate(first);
    case "trackEvent":
      return `Records the event “${plain(first)}”.`;
    case "shutdown":
      return "Ends the session: Intercom forgets this person.";
    case "reattach_activator":
      return "Looks for the activator on the page again.";
    case "showSpace":
      return `Opens the Messenger’s space “${plain(first)}”.`;
    case "showNewMessage":
      return "Opens a new message in the Messenger.";
    case "show":
      return "Opens the Messenger.";
    case "hide":
      return "Closes the Messenger.";
    default: {
      const [, verb, what] = /^(show|start)(\w+)$/.exec(method) ?? [];
      if (verb) return `${verb === "show" ? "Shows" : "Starts"} the ${what.toLowerCase()} ${plain(first)}.`;
      return `Calls “${plain(method)}”.`;
    }
  }
}

function describeUpdate(attributes) {
  const given = Object.entries(attributes ?? {}).filter(([, value]) => value !== undefined);
  if (given.length === 0) return "Tells Intercom the page changed.";

  const person = given.filter(([key]) => !MESSENGER_KEYS.has(key)).map(([key]) => NAMES[key] ?? key);
  const sentences = [];
  if (person.length === 1 && person[0] === "company") sentences.push("Puts the person in a company.");
  else if (person.length) sentences.push(`Updates the person: ${inWords.format(person)}.`);

  const launcher = attributes.hide_default_launcher;
  if (launcher === true) sentences.push("Hides the default launcher.");
  if (launcher === false) sentences.push("Shows the default launcher.");
  return sentences.join(" ") || "Updates the Messenger’s settings.";
}

function plain(value) {
  return typeof value === "string" ? value : print(value);
}
