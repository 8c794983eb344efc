// The code panel: what to put on the site, for the loader that it uses.

import { paint } from "./paint.js";
import { LOADERS } from "./snippets.js";
import { settingsOf } from "./state.js";

export function createCodePanel({ store, elements }) {
  const { choice, note, code, copy, status } = elements;

  choice.append(...LOADERS.map(({ id, label }) => new Option(label, id)));
  choice.addEventListener("change", () => store.change({ loader: choice.value }));
  copy.addEventListener("click", async () => {
    status.textContent = (await copied(code.textContent)) ? "Copied." : "This browser does not let the page copy: select the code instead.";
  });

  function show() {
    const { loader } = store.state;
    const chosen = LOADERS.find(({ id }) => id === loader);
    choice.value = loader;
    note.textContent = chosen.note ?? "";
    note.hidden = !chosen.note;
    code.replaceChildren(paint(chosen.code(settingsOf(store.state))));
    status.textContent = "";
  }

  store.listen((keys) => ["settings", "subscriptions", "loader"].some((key) => keys.includes(key)) && show());
  show();
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
