// The fields of a form of settings: text, a choice, a switch, each with what is wrong with it. What is as by default is left out.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { sentenceOf, viewOfProblems } from "./problems.js";

export const ifAny = (text) => (text.trim() === "" ? undefined : text);

/** A number as it was typed, or the text that is none, which the engine refuses. */
export const readNumber = (value) => (ifAny(value) === undefined ? undefined : Number.isNaN(Number(value)) ? value : Number(value));

/** The value at some keys, one inside the other. */
const valueAt = (settings, keys) => keys.reduce((value, key) => value?.[key], settings);

/** A copy of `settings` with this value there; without one the key is left out, and so is an object that would be empty. */
function withValue(settings, [key, ...inner], value) {
  const { [key]: old, ...rest } = Object(settings);
  const next = inner.length ? withValue(old, inner, value) : value;
  const isEmpty = next === undefined || (inner.length > 0 && Object.keys(next).length === 0);
  return isEmpty ? rest : { ...Object(settings), [key]: next };
}

/** `problems()` gives what is known to be wrong with the settings in `store`. A key inside another is `outer.inner`. */
export function createFields({ store, problems }) {
  const put = (key, value) => store.change({ settings: withValue(store.state.settings, key.split("."), value) });
  const valueOf = (key) => valueAt(store.state.settings, key.split("."));

  function text(key, label, hint, { write = (value) => value, read = ifAny, ...rest } = {}) {
    const value = valueOf(key);
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

  /** `write(value)` is told what is chosen, undefined for what is as by default. */
  function choice(key, label, hint, options, usual, write = (value) => put(key, value)) {
    const value = valueOf(key) ?? usual;
    const shown = value in options ? options : { ...options, [value]: String(value) };
    return field(
      key,
      label,
      hint,
      ({ id, describedBy, isInvalid }) => html`<select id=${id} aria-describedby=${describedBy} aria-invalid=${String(isInvalid)}
        @change=${({ target }) => write(target.value === usual ? undefined : target.value)}>
        ${Object.entries(shown).map(([option, text]) => html`<option value=${option} .selected=${live(option === value)}>${text}</option>`)}
      </select>`,
    );
  }

  function toggle([key, usual, label, hint]) {
    const value = valueOf(key) ?? usual;
    return html`<div class="field-switch">
      <input type="checkbox" class="switch" role="switch" id="setting-${key}" .checked=${live(value === true)} aria-describedby="setting-${key}-hint"
        @change=${({ target }) => put(key, target.checked === usual ? undefined : target.checked)}>
      <div class="field"><label for="setting-${key}">${label} <code>${key}</code></label>
        ${viewOfProblems(problemsAt(key), { text: "" })}
        <p id="setting-${key}-hint">${hint}</p></div>
    </div>`;
  }

  const isAt = (path, key) => key.split(".").every((part, i) => path[i] === part);
  const problemsAt = (key) =>
    problems()
      .filter(({ path }) => isAt(path, key))
      .map((problem) => ({ severity: problem.severity, sentence: sentenceOf(problem) }));
  const viewOfProblemsAt = (key) => viewOfProblems(problemsAt(key), { text: "" });
  /** What is wrong elsewhere than with `keys` and the subscriptions. */
  const viewOfOthers = (keys) =>
    viewOfProblems(
      problems().filter(({ path }) => path[0] !== "subscriptions" && !keys.some((key) => isAt(path, key))),
      { text: "" },
    );

  return { text, field, choice, toggle, put, viewOfProblemsAt, viewOfOthers };
}
