// Choosing an example, editing its event, sending it.

import { render } from "lit-html";
import { createEditor } from "./editor.js";
import { readEvent } from "./event.js";
import { EXAMPLES, examplesOf, textOf as textIn } from "./examples.js";
import { viewOfProblems } from "./problems.js";

/** `send` and `reset` resolve to what is said of it. */
export function createComposer({ store, elements, send, reset }) {
  const { tablist, panel, form, about, part, frame, mistakes, button, restore, status } = elements;
  const exampleNow = () => {
    const examples = examplesOf(store.state.mode);
    return examples.find(({ id }) => id === store.state.example) ?? examples[0];
  };
  const textOf = (example) => textIn(example, store.state.mode);

  const editor = createEditor({
    label: "Event",
    describedBy: `${mistakes.id} ${about.id}`,
    onChange: (text) => {
      status.textContent = "";
      keep(text);
      check();
    },
    onSubmit: () => form.requestSubmit(),
  });
  frame.append(editor.dom);

  const tabs = EXAMPLES.map((example) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.role = "tab";
    tab.id = `example-${example.id}`;
    tab.textContent = example.label;
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => choose(example));
    return tab;
  });
  tablist.append(...tabs);
  tablist.addEventListener("keydown", (event) => {
    const shown = tabs.filter(({ hidden }) => !hidden);
    const from = shown.indexOf(document.activeElement);
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = shown[(to + shown.length) % shown.length];
    choose(EXAMPLES[tabs.indexOf(tab)]);
    tab.focus();
  });

  function choose(example) {
    if (example.id !== store.state.example) store.change({ example: example.id });
    EXAMPLES.forEach((other, index) => {
      tabs[index].hidden = !examplesOf(store.state.mode).includes(other);
      tabs[index].setAttribute("aria-selected", String(other === example));
      tabs[index].tabIndex = other === example ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `example-${example.id}`);
    about.textContent = (store.state.mode === "cloud" && example.inCloud) || example.about;
    part.hidden = restore.hidden = !example.event;
    button.textContent = example.event ? "Send event" : "Log out";
    status.textContent = "";
    editor.setText(store.state.drafts[example.id] ?? textOf(example));
    check();
  }

  function keep(text) {
    const { [store.state.example]: _, ...drafts } = store.state.drafts;
    store.change({ drafts: text === textOf(exampleNow()) ? drafts : { ...drafts, [store.state.example]: text } });
  }

  function check() {
    const { text } = editor;
    restore.disabled = text === textOf(exampleNow());
    const { event, problems } = exampleNow().event ? readEvent(text, store.state.mode) : { problems: [] };
    editor.mark(problems);
    render(viewOfProblems(problems, { text, goTo: editor.goTo }), mistakes);
    return { event, problems };
  }

  restore.addEventListener("click", () => {
    editor.setText(textOf(exampleNow()));
    keep(editor.text);
    check();
    editor.focus();
  });
  form.addEventListener("submit", async (submission) => {
    submission.preventDefault();
    const sent = exampleNow();
    const { event, problems } = check();
    if (sent.event && !event) return editor.goTo(problems.find(({ severity }) => severity === "fault").from);
    status.textContent = "Sending…";
    const outcome = await (sent.event ? send(event) : reset()).catch(({ message }) => `It is refused: ${message}`);
    // The answer belongs to the example that was sent, which may no longer be the one on view.
    if (sent === exampleNow()) status.textContent = outcome;
  });

  const show = () => choose(exampleNow());
  show();
  return {
    /** Draws it anew, for another mode. */
    show,
    /** The event as it stands, for what the other editors suggest. */
    event: () => (exampleNow().event ? readEvent(editor.text, store.state.mode).event : undefined),
  };
}
