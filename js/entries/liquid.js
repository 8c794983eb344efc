// Liquid templates, for sites whose mappings use `@liquid`: LiquidJS with the limits that Segment sets.
import { Liquid } from "liquidjs";

const engine = new Liquid({ renderLimit: 500, parseLimit: 1000, memoryLimit: 1e8 });

const refuse = (kind, name) => () => {
  throw new Error(`${kind} "${name}" is disabled`);
};

for (const tag of ["case", "for", "include", "layout", "render", "tablerow"]) {
  engine.registerTag(tag, { parse: refuse("tag", tag), render: refuse("tag", tag) });
}

const FILTERS =
  "array_to_sentence_string concat find find_exp find_index find_index_exp group_by group_by_exp has has_exp map " +
  "newline_to_br reject reject_exp reverse sort sort_natural uniq where_exp type";
for (const filter of FILTERS.split(" ")) engine.registerFilter(filter, refuse("filter", filter));

/** The template rendered for an event; throws what LiquidJS throws. */
const render = (template, event) => engine.parseAndRenderSync(template, event);

(globalThis.intercomDestinationParts ??= {}).liquid = render;
