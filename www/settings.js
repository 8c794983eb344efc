// The destination's settings as a form. What is as by default is left out, as a site would.

import { html, render } from "lit-html";
import { createFields, ifAny, readNumber } from "./fields.js";

const AMERICA = "https://api-iam.intercom.io";
const REGIONS = {
  [AMERICA]: "United States",
  "https://api-iam.eu.intercom.io": "Europe",
  "https://api-iam.au.intercom.io": "Australia",
};

const SIDES = { "": "As in Intercom", left: "Left", right: "Right" };
const THEMES = { "": "As in Intercom", light: "Light", dark: "Dark", system: "The visitor’s" };

const PADDING = { placeholder: "20", inputmode: "numeric", read: readNumber };
const NUMBER = { inputmode: "numeric", read: readNumber };
/** Of the Messenger, text and numbers by their keys. */
const MESSENGER = [
  ["messenger.horizontal_padding", "Distance from the side", "Pixels", PADDING],
  ["messenger.vertical_padding", "Distance from the bottom", "Pixels", PADDING],
  ["messenger.z_index", "Stacking", "The CSS z-index", NUMBER],
  ["messenger.action_color", "Colour of buttons and links", "A CSS colour", {}],
  ["messenger.background_color", "Colour of the header", "A CSS colour", {}],
  ["messenger.session_duration", "Session", "Milliseconds without activity until the visitor is forgotten", NUMBER],
  ["messenger.language_override", "Language", "A code such as de", {}],
];

const HIDDEN = ["messenger.hide_default_launcher", false, "Hide Intercom’s launcher", "Until an event says otherwise"];

/** Names, with commas between them. */
const LIST = {
  write: (value) => (Array.isArray(value) ? value.join(", ") : JSON.stringify(value)),
  read: (value) =>
    ifAny(value)
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean),
};

const SWITCHES = [
  ["shutdownOnReset", true, "Log out of Intercom on reset", "Shuts Intercom down when the loader’s reset is called"],
  ["updateGuard", true, "Hold back repeated updates", "An update equal to the last one within 60 seconds is not sent"],
  ["visitorId", false, "Add the Messenger’s visitor to events", "In loaders of the Analytics.js 2.0 family"],
  ["debug", false, "Write to the console", "Which subscriptions matched and what was called, event by event"],
];

/** Nothing is drawn unless `isShown()`. */
export function createSettingsForm({ root, store, isShown }) {
  let check;

  const { text, choice, toggle, viewOfOthers } = createFields({ store, problems: () => check?.problems ?? [] });
  const KEYS = [
    "appId",
    "apiBase",
    "activator",
    "richLinkProperties",
    "forward",
    "load",
    "consent",
    "messenger.alignment",
    "messenger.theme_mode",
  ];
  KEYS.push("widgetTimeout", "nonce", ...[...MESSENGER, HIDDEN, ...SWITCHES].map(([key]) => key));

  function show() {
    if (!isShown()) return;
    render(
      html`
        <div class="pair">
          ${text("appId", "App id", "From Intercom’s installation page; here any will do", { read: (value) => value.trim() })}
          ${choice("apiBase", "Region", "Where the Intercom workspace lives", REGIONS, AMERICA)}
          ${text("activator", "Custom activator", html`A CSS selector of a button of yours. <code>#help</code> is the Help button above`, {
            placeholder: "#IntercomDefaultWidget",
          })}
          ${text("richLinkProperties", "Rich links", "Names of event properties that hold links, with commas between them", LIST)}
          ${text("forward", "Tracked of the Messenger", "show, hide, unread, emailSupplied or email, with commas between them", LIST)}
        </div>
        <details class="more">
          <summary>More settings</summary>
          <div class="pair">
            ${text("widgetTimeout", "Patience", "Milliseconds until a Messenger that has not come is reported", {
              placeholder: "10000",
              inputmode: "numeric",
              read: readNumber,
            })}
            ${text("nonce", "Nonce", "For pages with a strict Content-Security-Policy")}
          </div>
          <div class="switches">${SWITCHES.map(toggle)}</div>
        </details>
        <details class="more">
          <summary>The Messenger’s looks</summary>
          <div class="pair">
            ${choice("messenger.alignment", "Side", "Where the launcher is", SIDES, "")}
            ${choice("messenger.theme_mode", "Theme", "Light or dark", THEMES, "")}
            ${MESSENGER.map((field) => text(...field))}
          </div>
          <div class="switches">${toggle(HIDDEN)}</div>
        </details>
        ${viewOfOthers(KEYS)}
      `,
      root,
    );
  }

  store.listen((keys) => keys.includes("settings") && show());
  show();
  return {
    show,
    /** What is known of the settings now. */
    use(next) {
      check = next;
      show();
    },
  };
}
