// Choosing an example, editing its event, sending it.

import { render } from "lit-html";
import { createEditor } from "./editor.js";
import { readEvent } from "./event.js";
import { EXAMPLES, textOf } from "./examples.js";
import { viewOfProblems } from "./problems.js";
import { countOf } from "./wording.js";

export function createComposer({ store, elements, send, reset }) {
  const { tablist, panel, form, about, part, frame, mistakes, button, restore, status } = elements;
  const exampleNow = () => EXAMPLES.find(({ id }) => id === store.state.example);

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
    const from = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = (to + tabs.length) % tabs.length;
    choose(EXAMPLES[index]);
    tabs[index].focus();
  });

  function choose(example) {
    if (example.id !== store.state.example) store.change({ example: example.id });
    EXAMPLES.forEach((other, index) => {
      tabs[index].setAttribute("aria-selected", String(other === example));
      tabs[index].tabIndex = other === example ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `example-${example.id}`);
    about.textContent = example.about;
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
    const { event, problems } = exampleNow().event ? readEvent(text) : { problems: [] };
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
    const outcome = await (sent.event ? send(event) : reset()).then(inWords, ({ message }) => `The loader refuses it: ${message}`);
    // The answer belongs to the example that was sent, which may no longer be the one on view.
    if (sent === exampleNow()) status.textContent = outcome;
  });

  function inWords({ kind, calls, steps = [] }) {
    const held = steps.filter(({ isHeldBack }) => isHeldBack).length;
    return `${kind === "reset" ? "Logged out" : "Sent"}: ${countOf(calls.length, "call")}${held ? `, ${held} held back` : ""}.`;
  }

  choose(exampleNow());
  return {
    /** The event as it stands, for what the other editors suggest. */
    event: () => (exampleNow().event ? readEvent(editor.text).event : undefined),
  };
}
