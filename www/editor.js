// The page's editors: CodeMirror with the page's colours, a name for screen readers, and marks that come from outside.

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--tint-key)" },
  { tag: tags.string, color: "var(--tint-text)" },
  { tag: tags.number, color: "var(--tint-number)" },
  { tag: [tags.bool, tags.null, tags.keyword], color: "var(--tint-word)" },
]);

const filterLanguage = StreamLanguage.define({
  token(stream) {
    if (stream.match(/^"[^"]*"?/)) return "string";
    if (stream.match(/^-?\d+(\.\d+)?/)) return "number";
    if (stream.match(/^(and|or|true|false|null|contains|match|\w+_\w+)\b/)) return "keyword";
    if (stream.match(/^(type|event|name|userId|properties|traits|context)\b[\w.\\-]*/)) return "propertyName";
    stream.next();
    return null;
  },
});

// A filter is one line of thought; what is pasted from elsewhere may be broken into several.
const oneLine = [
  keymap.of([{ key: "Enter", run: () => true }]),
  EditorView.clipboardInputFilter.of((text) => text.replace(/\s*\n\s*/g, " ")),
];

/**
 * `kind` is `json` or `filter`, `label` its name, `describedBy` the id of what explains it. `onChange(text)` hears of edits by
 * hand, `onSubmit` of Ctrl+Enter. Tab is not bound: it goes on to the next field.
 */
export function createEditor({ kind = "json", label, describedBy, text = "", complete, onChange, onSubmit }) {
  const attributes = new Compartment();
  const attributesFor = (isInvalid) =>
    EditorView.contentAttributes.of({
      "aria-label": label,
      ...(describedBy && { "aria-describedby": describedBy }),
      "aria-invalid": String(isInvalid),
      // It takes the focus anyway; some tools believe it only when it is said.
      tabindex: "0",
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
    });
  let isOwnChange = false;

  const view = new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        history(),
        bracketMatching(),
        syntaxHighlighting(colours),
        EditorView.lineWrapping,
        EditorState.tabSize.of(2),
        kind === "json" ? json() : filterLanguage,
        ...(complete ? [autocompletion({ override: [complete], icons: false, maxRenderedOptions: 10 })] : []),
        ...(onSubmit ? [keymap.of([{ key: "Mod-Enter", run: () => (onSubmit(), true) }])] : []),
        keymap.of(completionKeymap),
        ...(kind === "filter" ? oneLine : []),
        keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        attributes.of(attributesFor(false)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !isOwnChange) onChange?.(view.state.doc.toString());
        }),
      ],
    }),
  });
  view.dom.classList.add(`editor-${kind}`);
  let wasInvalid = false;

  return {
    dom: view.dom,
    get text() {
      return view.state.doc.toString();
    },
    setText(next) {
      if (next === view.state.doc.toString()) return;
      isOwnChange = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
      isOwnChange = false;
    },
    /** `[{ from, to, severity, sentence }]`, where severity is `fault` or `warning`. */
    mark(problems) {
      const { length } = view.state.doc;
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map(({ from, to, severity, sentence }) => ({
            from: Math.min(from, length),
            to: Math.min(Math.max(from, to), length),
            severity: severity === "warning" ? "warning" : "error",
            message: sentence,
          })),
        ),
      );
      const isInvalid = problems.some(({ severity }) => severity !== "warning");
      if (isInvalid !== wasInvalid) view.dispatch({ effects: attributes.reconfigure(attributesFor(isInvalid)) });
      wasInvalid = isInvalid;
    },
    goTo(place) {
      const anchor = Math.min(place, view.state.doc.length);
      view.focus();
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
