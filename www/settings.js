// The destination's settings as a form. What is as by default is left out, as a site would.

import { html, nothing, render } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { sentenceOf, viewOfProblems } from "./problems.js";

const REGIONS = {
  "": "United States",
  "https://api-iam.eu.intercom.io": "Europe",
  "https://api-iam.au.intercom.io": "Australia",
};

const SWITCHES = [
  ["shutdownOnReset", true, "Log out of Intercom on reset", "Shuts Intercom down when the loader’s reset is called"],
  ["updateGuard", true, "Hold back repeated updates", "An update equal to the last one within 60 seconds is not sent"],
  ["debug", false, "Write to the console", "Which subscriptions matched and what was called, event by event"],
];

export function createSettingsForm({ root, store }) {
  let check;

  const put = (key, value) => {
    const { [key]: _, ...rest } = store.state.settings;
    store.change({ settings: value === undefined ? rest : { ...store.state.settings, [key]: value } });
  };
  const ifAny = (text) => (text.trim() === "" ? undefined : text);

  function text(key, label, hint, { write = (value) => value, read = ifAny, ...rest } = {}) {
    const value = store.state.settings[key];
    const shown = value === undefined || value === null ? "" : write(value);
    return field(
      key,
      label,
      hint,
      (attributes) => html`<input id=${attributes.id} type="text" autocomplete="off" spellcheck="false"
      placeholder=${rest.placeholder ?? nothing} inputmode=${rest.inputmode ?? nothing} .value=${String(shown)}
      aria-describedby=${attributes.describedBy} aria-invalid=${String(attributes.isInvalid)}
      @input=${({ target }) => put(key, read(target.value))}>`,
    );
  }

  function field(key, label, hint, control) {
    const problems = problemsAt(key);
    const id = `setting-${key}`;
    const isInvalid = problems.some(({ severity }) => severity === "fault");
    return html`<div class="field">
      <label for=${id}>${label} <code>${key}</code></label>
      ${control({ id, isInvalid, describedBy: `${id}-problems ${id}-hint` })}
      ${viewOfProblems(problems, { text: "", id: `${id}-problems` })}
      <p id="${id}-hint">${hint}</p>
    </div>`;
  }

  const KEYS = ["appId", "apiBase", "activator", "richLinkProperties", "widgetTimeout", "nonce", ...SWITCHES.map(([key]) => key)];
  const problemsAt = (key) =>
    (check?.problems ?? [])
      .filter(({ path }) => path[0] === key)
      .map((problem) => ({ severity: problem.severity, sentence: sentenceOf(problem) }));
  const elsewhere = () => (check?.problems ?? []).filter(({ path }) => path[0] !== "subscriptions" && !KEYS.includes(path[0]));

  function region() {
    const value = store.state.settings.apiBase ?? "";
    const known = value === "https://api-iam.intercom.io" ? "" : value;
    const regions = known in REGIONS ? REGIONS : { ...REGIONS, [known]: String(known) };
    return field(
      "apiBase",
      "Region",
      "Where the Intercom workspace lives",
      ({ id, describedBy, isInvalid }) => html`<select id=${id}
      aria-describedby=${describedBy} aria-invalid=${String(isInvalid)} @change=${({ target }) => put("apiBase", ifAny(target.value))}>
      ${Object.entries(regions).map(([url, label]) => html`<option value=${url} .selected=${live(url === known)}>${label}</option>`)}
    </select>`,
    );
  }

  function toggle([key, usual, label, hint]) {
    const value = store.state.settings[key] ?? usual;
    return html`<div class="field-switch">
      <input type="checkbox" class="switch" role="switch" id="setting-${key}" .checked=${live(value === true)} aria-describedby="setting-${key}-hint"
        @change=${({ target }) => put(key, target.checked === usual ? undefined : target.checked)}>
      <div class="field"><label for="setting-${key}">${label} <code>${key}</code></label>
        ${viewOfProblems(problemsAt(key), { text: "" })}
        <p id="setting-${key}-hint">${hint}</p></div>
    </div>`;
  }

  function show() {
    render(
      html`
        <div class="pair">
          ${text("appId", "App id", "From Intercom’s installation page; here any will do", { read: (value) => value.trim() })}
          ${region()}
          ${text("activator", "Custom activator", html`A CSS selector of a button of yours. <code>#help</code> is the Help button above`, {
            placeholder: "#IntercomDefaultWidget",
          })}
          ${text("richLinkProperties", "Rich links", "Names of event properties that hold links, with commas between them", {
            write: (value) => (Array.isArray(value) ? value.join(", ") : JSON.stringify(value)),
            read: (value) =>
              ifAny(value)
                ?.split(",")
                .map((name) => name.trim())
                .filter(Boolean),
          })}
        </div>
        <details class="more">
          <summary>More settings</summary>
          <div class="pair">
            ${text("widgetTimeout", "Patience", "Milliseconds until a Messenger that has not come is reported", {
              placeholder: "10000",
              inputmode: "numeric",
              read: (value) => (ifAny(value) === undefined ? undefined : Number.isNaN(Number(value)) ? value : Number(value)),
            })}
            ${text("nonce", "Nonce", "For pages with a strict Content-Security-Policy")}
          </div>
          <div class="switches">${SWITCHES.map(toggle)}</div>
        </details>
        ${viewOfProblems(elsewhere(), { text: "" })}
      `,
      root,
    );
  }

  store.listen((keys) => keys.includes("settings") && show());
  show();
  return {
    /** What is known of the settings now. */
    use(next) {
      check = next;
      show();
    },
  };
}
