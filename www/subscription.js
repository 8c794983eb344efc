// One subscription: a line that says what it does, and below it, opened, its fields and editors.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { completeFilter, completeMapping } from "./completions.js";
import { createEditor } from "./editor.js";
import { placeOf, readJson } from "./json.js";
import { sentenceOf, viewOfProblems } from "./problems.js";
import { countOf } from "./wording.js";

/** `actions`: `change(id, part)`, `toggle(id)`, `duplicate(id)`, `remove(id)`; `words` are those of the mode. */
export function createCard({ id, eventOf, actions, words }) {
  const { ACTIONS, fieldsOf } = words;
  let isOpen = false;
  let editors;
  let known = {};

  const body = `${id}-body`;
  const find = (part) => document.getElementById(`${id}-${part}`);
  const made = () =>
    (editors ??= {
      filter: createEditor({
        kind: "filter",
        label: "Filter",
        describedBy: `${id}-filter-problems ${id}-filter-hint`,
        complete: completeFilter({ eventOf }),
        onChange: (subscribe) => actions.change(id, { subscribe }),
      }),
      mapping: createEditor({
        label: "Mapping",
        describedBy: `${id}-mapping-problems`,
        complete: completeMapping({ eventOf, actionOf: () => known.partnerAction, fieldsOf }),
        onChange: (mapping) => actions.change(id, { mapping }),
      }),
    });

  const toggle = (next = !isOpen) => {
    isOpen = next;
    actions.toggle(id);
  };

  function view(subscription, index, problems) {
    const { name, partnerAction, enabled, subscribe } = subscription;
    const sorted = sort(subscription, problems);
    const all = Object.values(sorted).flat();
    const faults = all.filter(({ severity }) => severity === "fault").length;
    const title = name || `Subscription ${index + 1}`;
    return html`
      <div class="subscription ${enabled ? "" : "is-off"}">
        <div class="subscription-head">
          <input type="checkbox" class="switch" role="switch" .checked=${live(enabled)} aria-label=${`${title} is enabled`}
            @change=${({ target }) => actions.change(id, { enabled: target.checked })}>
          <button type="button" class="subscription-toggle" id="${id}-toggle" aria-expanded=${String(isOpen)} aria-controls=${body}
            @click=${() => toggle()}>
            <span class="subscription-name">${title}</span>
            <span class="subscription-what">${ACTIONS[partnerAction] ?? "Unknown action"}</span>
            ${isOpen ? nothing : html`<code class="subscription-filter">${subscribe}</code>`}
          </button>
          ${
            all.length
              ? html`<span class="badge ${faults ? "badge-fault" : "badge-warning"}">${faults ? countOf(faults, "fault") : countOf(all.length, "warning")}</span>`
              : nothing
          }
        </div>
        <div class="subscription-body" id=${body} ?hidden=${!isOpen}>${isOpen ? fields(subscription, sorted) : nothing}</div>
      </div>
    `;
  }

  function fields({ name, partnerAction }, { filter, mapping, other }) {
    const { filter: filterEditor, mapping: mappingEditor } = made();
    const labels = partnerAction in ACTIONS ? ACTIONS : { ...ACTIONS, [partnerAction]: partnerAction || "None" };
    return html`
      <div class="pair">
        <div class="field">
          <label for="${id}-name">Name</label>
          <input id="${id}-name" type="text" autocomplete="off" .value=${live(name)} @input=${({ target }) => actions.change(id, { name: target.value })}>
        </div>
        <div class="field">
          <label for="${id}-action">Action</label>
          <select id="${id}-action" @change=${({ target }) => actions.change(id, { partnerAction: target.value })}>
            ${Object.entries(labels).map(([value, label]) => html`<option value=${value} .selected=${live(value === partnerAction)}>${label}</option>`)}
          </select>
        </div>
      </div>
      ${viewOfProblems(other, { text: "" })}
      <div class="field">
        <span class="label">Filter</span>
        <div class="editor">${filterEditor.dom}</div>
        ${viewOfProblems(filter, { text: filterEditor.text, goTo: filterEditor.goTo, id: `${id}-filter-problems` })}
        <p id="${id}-filter-hint">Which events it is for, such as <code>type = "track" and properties.total &gt; 10</code></p>
      </div>
      <div class="field">
        <span class="label">Mapping</span>
        <div class="editor">${mappingEditor.dom}</div>
        ${viewOfProblems(mapping, { text: mappingEditor.text, goTo: mappingEditor.goTo, id: `${id}-mapping-problems` })}
      </div>
      <div class="actions">
        <button type="button" class="button small" @click=${() => actions.duplicate(id)}>Duplicate</button>
        <button type="button" class="button small danger" @click=${() => actions.remove(id)}>Remove</button>
      </div>
    `;
  }

  return {
    view(subscription, index, problems) {
      known = subscription;
      if (isOpen) {
        made().filter.setText(subscription.subscribe);
        made().mapping.setText(subscription.mapping);
      }
      return view(subscription, index, problems);
    },
    mark(subscription, problems) {
      if (!isOpen) return;
      const { filter, mapping } = sort(subscription, problems);
      made().filter.mark(filter);
      made().mapping.mark(mapping);
    },
    open() {
      toggle(true);
      find("name").focus();
    },
    focus: () => find("toggle").focus(),
    destroy() {
      editors?.filter.destroy();
      editors?.mapping.destroy();
    },
  };
}

/** The plugin's problems by the editor they belong to, with their places in its text. */
export function sort({ subscribe, mapping }, problems) {
  const { tree, mistakes } = readJson(mapping);
  const sorted = { filter: [], mapping: mistakes.map((mistake) => ({ ...mistake, severity: "fault" })), other: [] };
  for (const problem of problems) {
    const { path, offset, severity, found } = problem;
    const [, , part, ...rest] = path;
    const shared = { severity, sentence: sentenceOf(problem) };
    if (part === "subscribe") {
      const from = Math.min(offset ?? 0, subscribe.length);
      sorted.filter.push({ ...shared, from, to: from + (found && subscribe.startsWith(found, from) ? found.length : 1) });
    } else if (part !== "mapping") sorted.other.push(shared);
    else if (mistakes.length === 0) sorted.mapping.push({ ...shared, ...placeOf(tree, rest, found) });
  }
  return sorted;
}
