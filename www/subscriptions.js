// The list of subscriptions: which events go to which action, and how.

import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { editable } from "./state.js";
import { createCard } from "./subscription.js";

/** `words` are those of the mode; nothing is drawn unless `isShown()`. Without `openImport` nothing can be imported. */
export function createSubscriptions({ root, store, words, presets, eventOf, openImport, isShown }) {
  const fromPresets = presets.map(editable);
  const choices = [...presets.map((preset) => ({ label: `Preset: ${preset.name}`, subscription: preset })), ...words.ADDITIONS];
  const cards = new Map();
  let check;
  let addition = 0;

  const listed = () => store.state.subscriptions ?? fromPresets;
  const put = (subscriptions) => store.change({ subscriptions });
  const cardOf = (id) => {
    if (!cards.has(id)) cards.set(id, createCard({ id, eventOf, actions, words }));
    return cards.get(id);
  };

  const actions = {
    change: (id, part) => put(listed().map((other) => (other.id === id ? { ...other, ...part } : other))),
    toggle: show,
    duplicate(id) {
      const copy = editable(listed().find((other) => other.id === id));
      copy.name = `${copy.name} (copy)`.trim();
      put(listed().flatMap((other) => (other.id === id ? [other, copy] : [other])));
      cardOf(copy.id).open();
    },
    remove(id) {
      const index = listed().findIndex((other) => other.id === id);
      put(listed().filter((other) => other.id !== id));
      cards.get(id)?.destroy();
      cards.delete(id);
      const next = listed()[Math.min(index, listed().length - 1)];
      if (next) cardOf(next.id).focus();
      else root.querySelector("#add-subscription").focus();
    },
  };

  function add(chosen = choices[addition]) {
    const made = editable(chosen.subscription);
    put([...listed(), made]);
    cardOf(made.id).open();
  }

  function usePresets() {
    store.change({ subscriptions: undefined });
    root.querySelector("#add-subscription").focus();
  }

  function show() {
    if (!isShown()) return;
    const subscriptions = listed();
    for (const id of cards.keys()) {
      if (subscriptions.some((other) => other.id === id) || fromPresets.some((other) => other.id === id)) continue;
      cards.get(id).destroy();
      cards.delete(id);
    }
    render(
      html`
        <p class="lead">
          ${
            store.state.subscriptions
              ? subscriptions.length
                ? nothing
                : "There are none: no event reaches Intercom. Add one, or take the presets."
              : "These three presets apply as long as the settings name no subscriptions. Change one, and the list is yours."
          }
        </p>
        <ul class="subscriptions">
          ${repeat(
            subscriptions,
            ({ id }) => id,
            (subscription, index) => html`<li>${cardOf(subscription.id).view(subscription, index, problemsOf(index))}</li>`,
          )}
        </ul>
        <div class="actions">
          <div class="adder">
            <label class="unseen" for="addition">Subscription to add</label>
            <select id="addition" @change=${({ target }) => (addition = target.selectedIndex)}>
              ${choices.map(({ label }) => html`<option>${label}</option>`)}
            </select>
            <button type="button" class="button" id="add-subscription" @click=${() => add()}>Add</button>
          </div>
          ${openImport ? html`<button type="button" class="button" id="open-import" @click=${openImport}>Import…</button>` : nothing}
          ${store.state.subscriptions ? html`<button type="button" class="button quiet" @click=${usePresets}>Back to the presets</button>` : nothing}
        </div>
      `,
      root,
    );
    for (const [index, { id }] of subscriptions.entries()) cardOf(id).mark(subscriptions[index], problemsOf(index));
  }

  const problemsOf = (index) => (check?.problems ?? []).filter(({ path }) => path[0] === "subscriptions" && path[1] === index);

  store.listen((keys) => keys.includes("subscriptions") && show());
  show();
  return {
    show,
    /** Adds what the mode's words call `label`. */
    add: (label) => add(choices.find((other) => other.label === label)),
    /** What is known of the settings now. */
    use(next) {
      check = next;
      show();
    },
  };
}
