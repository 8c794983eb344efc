// The JavaScript half of the boundary: what the wasm cannot do itself, and what it has to say.
import { add, attempt, useMemory, value } from "./values.js";

export * from "./values.js";
export * from "./text.js";

let outside;

/**
 * To be called before anything else: where the wasm keeps its memory, and who hears what it has to say,
 * `{call(words), report(isWarning, code, sentence), liquid(template, event)}`.
 */
export const attach = (memory, listener) => {
  useMemory(memory);
  outside = listener;
};

/** A Liquid template rendered for an event; undefined when that fails, or when LiquidJS is not here. */
export const liquid = (template, event) => add(attempt(() => outside.liquid(value(template), value(event))));

/** Says `method` to Intercom with as many of the two arguments as are not 0, the handle no value has. */
export const call = (method, first, second) => {
  const words = [value(method)];
  if (first) words.push(value(first));
  if (second) words.push(value(second));
  outside.call(words);
};

export const report = (isWarning, code, sentence) => outside.report(!!isWarning, value(code), value(sentence));
