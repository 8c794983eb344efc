// The list of what happened, oldest first: one entry for each event, each log-out and each change of settings.

import { render } from "lit-html";
import { viewOfEntry } from "./entry.js";
import { countOf, describe } from "./wording.js";

export function createTimeline({ list, scroller, empty, count, live, clear, onClear }) {
  const show = () => {
    const shown = list.querySelectorAll('[data-kind="event"], [data-kind="reset"]').length;
    count.textContent = countOf(shown, "event");
    empty.hidden = shown > 0;
    clear.disabled = shown === 0;
  };

  const fill = (item, entry) => {
    item.className = `entry entry-${entry.kind}`;
    item.dataset.kind = entry.kind;
    render(viewOfEntry(entry), item);
    show();
    scroller.scrollTo({ top: item.offsetTop - 12 });
    // The arguments would take a screen reader minutes; the sentence says what happened and the list has the rest.
    live.textContent = inShort(entry);
  };

  clear.addEventListener("click", () => {
    list.replaceChildren();
    show();
    onClear();
    scroller.focus({ preventScroll: true });
  });
  show();

  return {
    add(entry) {
      const item = document.createElement("li");
      list.append(item);
      fill(item, entry);
    },
    replace(entry) {
      const item = document.createElement("li");
      if (list.lastElementChild) list.lastElementChild.replaceWith(item);
      else list.append(item);
      fill(item, entry);
    },
  };
}

function inShort(entry) {
  const warnings = entry.problems?.length ? ` ${countOf(entry.problems.length, "remark")}.` : "";
  if (entry.kind === "start") return entry.works ? "" : `The plugin does not run.${warnings}`;
  const title = entry.kind === "reset" ? "Log out" : `Event ${entry.number}, ${entry.event.type}`;
  const sentences = entry.calls.map(({ call }) => describe(call)).join(" ");
  return `${title}: ${countOf(entry.calls.length, "call")}. ${sentences}${warnings}`;
}
