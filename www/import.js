// Taking over a destination from Segment: its JSON is pasted or read from a file, and never leaves the page.

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { destinationsIn } from "../js/inspect/segment-documents.js";
import { lineAndColumn, readJson } from "./json.js";
import { editable } from "./state.js";
import { countOf } from "./wording.js";

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function createImport({ dialog, onImport }) {
  let text = "";
  let outcome = { found: [] };
  let chosen = 0;

  function read(next) {
    text = next;
    outcome = text.trim() === "" ? { found: [] } : outcomeOf(text);
    chosen = 0;
    show();
  }

  function use() {
    const { subscriptions, ...settings } = outcome.found[chosen].settings;
    onImport({ settings, subscriptions: subscriptions?.map(editable) ?? undefined });
    dialog.close();
  }

  function show() {
    const { found, complaint } = outcome;
    render(
      html`
        <form method="dialog" @submit=${(event) => (event.preventDefault(), found.length && use())}>
          <h2 id="import-title">Import from Segment</h2>
          <p class="lead">Paste a destination’s JSON: the settings that Segment’s CDN delivers, an answer of its Public API, or the
            settings alone. It takes the place of what is set here, and stays in this browser.</p>
          <div class="field">
            <label for="import-text">JSON</label>
            <textarea id="import-text" rows="9" spellcheck="false" autocomplete="off" aria-describedby="import-outcome"
              aria-invalid=${String(complaint !== undefined)} .value=${text} @input=${({ target }) => read(target.value)}></textarea>
          </div>
          <div class="field">
            <label for="import-file">Or a file</label>
            <input id="import-file" type="file" accept=".json,application/json"
              @change=${async ({ target }) => target.files[0] && read(await target.files[0].text())}>
          </div>
          <div id="import-outcome" role="status">
            ${complaint ? html`<p class="remark remark-fault"><strong>Fault</strong> ${complaint}</p>` : nothing}
            ${found.length > 1 ? choice(found) : found.map((one) => html`<p class="found">${inWords(one)}</p>`)}
          </div>
          <div class="actions">
            <button type="submit" class="button primary" ?disabled=${found.length === 0}>Use these settings</button>
            <button type="button" class="button" @click=${() => dialog.close()}>Cancel</button>
          </div>
        </form>
      `,
      dialog,
    );
  }

  const choice = (found) => html`<fieldset class="found">
    <legend>${countOf(found.length, "destination")} found</legend>
    ${found.map(
      (
        one,
        index,
      ) => html`<label><input type="radio" name="destination" .checked=${live(index === chosen)} @change=${() => ((chosen = index), show())}>
        ${inWords(one)}</label>`,
    )}
  </fieldset>`;

  return {
    open() {
      read("");
      dialog.showModal();
      dialog.querySelector("textarea").focus();
    },
  };
}

const inWords = ({ name, settings }) =>
  html`${name}: app id <strong>${settings.appId ?? "missing"}</strong>,
    ${settings.subscriptions ? countOf(settings.subscriptions.length, "subscription") : "the presets"}`;

/** The destinations in the text, or a complaint that says what was expected. */
function outcomeOf(text) {
  const refused = (complaint) => ({ found: [], complaint });
  const { value, mistakes } = readJson(text);
  if (mistakes.length) {
    const { line, column } = lineAndColumn(text, mistakes[0].from);
    return refused(`Line ${line}, column ${column}: ${mistakes[0].sentence}.`);
  }
  let found;
  try {
    found = destinationsIn(value);
  } catch ({ message }) {
    return refused(`This is something else: ${message}.`);
  }
  for (const { settings } of found) {
    const subscriptions = settings.subscriptions ?? [];
    if (!Array.isArray(subscriptions)) return refused("“subscriptions” must be a list.");
    const wrong = subscriptions.findIndex((subscription) => !isObject(subscription));
    if (wrong >= 0) return refused(`Subscription ${wrong + 1} must be an object.`);
  }
  return { found };
}
