// Mapping results: the mapping kit's `transform` beside ours.
import { compare, needed } from "./compare.mjs";
import { drawEvent } from "./draw-event.mjs";
import { drawMapping } from "./draw-mapping.mjs";
import { mendedPeer, peer } from "./peer.mjs";
import { same, show } from "./same.mjs";
import { copy } from "./shrink.mjs";

const IDS = ["own-properties", "single-pass", "not-json", "sparse-arrays", "unprintable"];

// Segment writes defaults into the mapping it is given, so it never gets ours.
export const compareMappings = (engine, options) =>
  compare({
    ...options,
    draw: (r) => ({ mapping: drawMapping(r), event: drawEvent(r) }),
    verdict: ({ mapping, event }) => {
      // Shrinking must not turn them into what no site can have.
      if (Object(mapping) !== mapping || Object(event) !== event) return "same";
      const ours = engine.resolve(mapping, event);
      if (same(peer.resolve(copy(mapping), event), ours)) return "same";
      return needed(IDS, () => same(mendedPeer.resolve(copy(mapping), event), ours));
    },
    explain: ({ mapping, event }) => {
      const ours = engine.resolve(mapping, event);
      const heard = engine.errors.join("; ");
      return `  mapping ${show(mapping)}\n  event   ${show(event)}\n  Segment ${show(peer.resolve(copy(mapping), event))}\n  ours    ${show(ours)} ${heard}`;
    },
  });
