// Filter decisions: `parseFql` and `validate` beside ours.
import { compare, needed } from "./compare.mjs";
import { drawEvent } from "./draw-event.mjs";
import { drawFilter } from "./draw-filter.mjs";
import { FAILED } from "./engine.mjs";
import { mendedPeer, peer } from "./peer.mjs";
import { show } from "./same.mjs";

const IDS = ["own-properties", "nested-parentheses", "empty-group"];

// A filter that fails matches nothing; that it also takes the plugin's other calls with it is the plugin's business.
const decision = (answer) => answer !== FAILED && answer;

export const compareFilters = (engine, options) =>
  compare({
    ...options,
    draw: (r) => ({ filter: drawFilter(r), event: drawEvent(r) }),
    verdict: ({ filter, event }) => {
      // Shrinking must not turn them into what no site can have.
      if (typeof filter !== "string" || Object(event) !== event) return "same";
      const ours = engine.matches(filter, event);
      if (decision(peer.matches(filter, event)) === ours) return "same";
      return needed(IDS, () => decision(mendedPeer.matches(filter, event)) === ours);
    },
    explain: ({ filter, event }) => {
      const ours = engine.matches(filter, event);
      const heard = engine.errors.join("; ");
      return `  filter  ${show(filter)}\n  event   ${show(event)}\n  Segment ${show(peer.matches(filter, event))}\n  ours    ${ours} ${heard}`;
    },
  });
