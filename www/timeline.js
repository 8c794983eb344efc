// The list of what happened, oldest first: one entry for each event, each log-out and each change of settings.

import { render } from "lit-html";
import { countOf } from "./wording.js";

/** An entry comes with who draws it: `viewOf(entry)`, and `inShort(entry)` for those who hear of it. */
export function createTimeline({ list, scroller, empty, count, live, clear, onClear }) {
  const show = () => {
    const shown = list.querySelectorAll('[data-kind="event"], [data-kind="reset"], [data-kind="forwarded"]').length;
    count.textContent = countOf(shown, "event");
    empty.hidden = shown > 0;
    clear.disabled = shown === 0;
  };

  const fill = (item, entry, { viewOf, inShort }) => {
    item.className = `entry entry-${entry.kind}`;
    item.dataset.kind = entry.kind;
    render(viewOf(entry), item);
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
    /** A start that follows another one takes its place: nothing happened in between. */
    add(entry, viewer) {
      const item = document.createElement("li");
      const { lastElementChild: last } = list;
      if (entry.kind === "start" && last?.dataset.kind === "start") last.replaceWith(item);
      else list.append(item);
      fill(item, entry, viewer);
    },
  };
}
