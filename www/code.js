// The code panel: what to put on the site or the server, for the loader or the way of delivering that it uses.

import { paint } from "./paint.js";
import { settingsOf } from "./state.js";

/** `kindOf()` gives what is on view: `{ snippets, key, store }`, where `key` of the store's state is the id of the snippet. */
export function createCodePanel({ kindOf, elements }) {
  const { choice, note, code, copy, status } = elements;
  let listed;

  choice.addEventListener("change", () => {
    const { key, store } = kindOf();
    store.change({ [key]: choice.value });
  });
  copy.addEventListener("click", async () => {
    status.textContent = (await copied(code.textContent)) ? "Copied." : "This browser does not let the page copy: select the code instead.";
  });

  function show() {
    const { snippets, key, store } = kindOf();
    if (listed !== snippets) choice.replaceChildren(...snippets.map(({ id, label }) => new Option(label, id)));
    listed = snippets;
    choice.value = store.state[key];
    const chosen = snippets.find(({ id }) => id === choice.value);
    note.textContent = chosen.note ?? "";
    note.hidden = !chosen.note;
    code.replaceChildren(paint(chosen.code(settingsOf(store.state))));
    status.textContent = "";
  }

  show();
  return { show };
}

/** Puts text into the clipboard; resolves to whether it is there. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
