// What is wrong, listed where it is: each with a button that leads to its place.

import { html, nothing } from "lit-html";
import { lineAndColumn } from "./json.js";

const KINDS = { fault: "Fault", warning: "Warning" };

/** `problems` with `from`, `severity` and `sentence`; `goTo(from)` puts the cursor there. */
export function viewOfProblems(problems, { text, goTo, id }) {
  const list = html`<ul class="remarks">
    ${problems.map(
      ({ from, severity = "fault", sentence }) => html`<li class="remark remark-${severity}">
        <strong>${KINDS[severity]}</strong>
        ${from === undefined ? nothing : html`<button type="button" class="place" @click=${() => goTo(from)}>${placeInWords(text, from)}</button>`}
        ${sentence}
      </li>`,
    )}
  </ul>`;
  // An editor names this element as its description, also when there is nothing to say.
  if (id) return html`<div class="problems" id=${id}>${problems.length ? list : nothing}</div>`;
  return problems.length ? list : nothing;
}

function placeInWords(text, from) {
  const { line, column } = lineAndColumn(text, from);
  return text.includes("\n") ? `Line ${line}, column ${column}` : `Column ${column}`;
}

/** The plugin's sentence without the place, which the page shows by other means. */
export const sentenceOf = ({ expected, found, sentence }) => (expected ? `${expected}${found ? `, found ${found}` : ""}` : sentence);
