// The fields of a form of settings: text, a choice, a switch, each with what is wrong with it. What is as by default is left out.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { sentenceOf, viewOfProblems } from "./problems.js";

export const ifAny = (text) => (text.trim() === "" ? undefined : text);

/** A number as it was typed, or the text that is none, which the engine refuses. */
export const readNumber = (value) => (ifAny(value) === undefined ? undefined : Number.isNaN(Number(value)) ? value : Number(value));

/** `problems()` gives what is known to be wrong with the settings in `store`. */
export function createFields({ store, problems }) {
  const put = (key, value) => {
    const { [key]: _, ...rest } = store.state.settings;
    store.change({ settings: value === undefined ? rest : { ...store.state.settings, [key]: value } });
  };

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
    const own = problemsAt(key);
    const id = `setting-${key}`;
    const isInvalid = own.some(({ severity }) => severity === "fault");
    return html`<div class="field">
      <label for=${id}>${label} <code>${key}</code></label>
      ${control({ id, isInvalid, describedBy: `${id}-problems ${id}-hint` })}
      ${viewOfProblems(own, { text: "", id: `${id}-problems` })}
      <p id="${id}-hint">${hint}</p>
    </div>`;
  }

  function choice(key, label, hint, options, usual) {
    const value = store.state.settings[key] ?? usual;
    const shown = value in options ? options : { ...options, [value]: String(value) };
    return field(
      key,
      label,
      hint,
      ({ id, describedBy, isInvalid }) => html`<select id=${id} aria-describedby=${describedBy} aria-invalid=${String(isInvalid)}
        @change=${({ target }) => put(key, target.value === usual ? undefined : target.value)}>
        ${Object.entries(shown).map(([option, text]) => html`<option value=${option} .selected=${live(option === value)}>${text}</option>`)}
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

  const problemsAt = (key) =>
    problems()
      .filter(({ path }) => path[0] === key)
      .map((problem) => ({ severity: problem.severity, sentence: sentenceOf(problem) }));
  /** What is wrong elsewhere than with `keys` and the subscriptions. */
  const viewOfOthers = (keys) =>
    viewOfProblems(
      problems().filter(({ path }) => path[0] !== "subscriptions" && !keys.includes(path[0])),
      { text: "" },
    );

  return { text, field, choice, toggle, put, viewOfOthers };
}
