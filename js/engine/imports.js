// The JavaScript half of the boundary: what the wasm cannot do itself, and what it has to say to the destination of that number.
import { add, attempt, useMemory, value } from "./values.js";

export * from "./built.js";
export * from "./values.js";
export * from "./text.js";

let outside;

/**
 * To be called before anything else: where the wasm keeps its memory, and who hears what it has to say: `liquid(template, event)`, and
 * `sites`, a list with an object for each destination, in the order in which they are created. Its `due` is a list to which are added the
 * number of a command and what it is about, in turn; it has `report(isWarning, code, place, found)`,
 * `anonymousId()`, and perhaps `heed(words, skip)`.
 */
export const attach = (memory, listener) => {
  useMemory(memory);
  outside = listener;
};

/** A Liquid template rendered for an event; undefined when that fails, or when LiquidJS is not here. */
export const liquid = (template, event) => add(attempt(() => outside.liquid(value(template), value(event))));

const site = (id) => outside.sites[id];
// What is done on the page may lead to other events: it is done when the step is over, and theirs after it.
export const act = (id, command, subject) => void site(id).due.push(command, value(subject));

/** Tells whoever listens of a call: the method and its arguments, and the reason to `skip` it, 0 if it is made. */
export const call = (id, skip, words) => site(id).heed?.(value(words), skip);

export const report = (id, isWarning, code, place, found) => site(id).report(!!isWarning, value(code), value(place), value(found));
export const now = () => Date.now();
// The same as location.href, at a twentieth of its cost.
export const url = () => add(document.URL);
export const anonymous_id = (id) => add(attempt(() => site(id).anonymousId()));
