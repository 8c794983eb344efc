// Cloud mode's settings as a form. The token, the address and the host's own functions are the stand-in's here.

import { html, render } from "lit-html";
import { createFields, readNumber } from "../fields.js";

const REGIONS = { us: "United States", eu: "Europe", au: "Australia" };

const SWITCHES = [
  ["mergeLeads", true, "Merge leads into users", "A user’s identify takes in the lead with the same e-mail"],
  ["unarchive", false, "Bring archived contacts back", "When an identify names them"],
  ["createAttributes", false, "Make unknown attributes", "Custom attributes that Intercom does not have"],
  ["skipStale", false, "Skip stale fields", "An identify that is older than one already sent writes none"],
  ["skipEqualContacts", true, "Skip equal updates of contacts", "What was sent within the hour is not sent again"],
  ["skipEqualCompanies", true, "Skip equal updates of companies", "What was sent within the day is not sent again"],
  ["handleDelete", true, "Delete contacts", "An event of type delete deletes the contact for good"],
];

const NUMBERS = [
  ["rateShare", "Share of the rate limit", "Above 0 and at most 1", "1"],
  ["concurrency", "Requests at once", "From 1 to 1000", "16"],
  ["requestTimeout", "Time for a request", "Milliseconds", "10000"],
  ["patience", "Patience", "Milliseconds until an event is given back", "30000"],
  ["giveUpAfter", "Giving up", "Milliseconds for which an event waits for its contact", "14400000"],
];

const KEYS = ["region", "apiVersion", ...[...SWITCHES, ...NUMBERS].map(([key]) => key)];

/** Nothing is drawn unless `isShown()`. */
export function createCloudSettingsForm({ root, store, isShown }) {
  let check;
  const { text, choice, toggle, viewOfOthers } = createFields({ store, problems: () => check?.problems ?? [] });

  function show() {
    if (!isShown()) return;
    render(
      html`
        <div class="pair">
          ${choice("region", "Region", "Where the workspace’s data is", REGIONS, "us")}
          ${text("apiVersion", "Version of the API", "2.13 or later", { placeholder: "2.14" })}
        </div>
        <div class="switches">${SWITCHES.map(toggle)}</div>
        <details class="more">
          <summary>More settings</summary>
          <div class="pair">
            ${NUMBERS.map(([key, label, hint, placeholder]) => text(key, label, hint, { placeholder, inputmode: "numeric", read: readNumber }))}
          </div>
        </details>
        ${viewOfOthers(KEYS)}
      `,
      root,
    );
  }

  store.listen((keys) => keys.includes("settings") && show());
  return {
    show,
    /** What is known of the settings now. */
    use(next) {
      check = next;
      show();
    },
  };
}
