// What can be written at the cursor: directives, fields of the actions and paths of the event in mappings, words in filters.

import { getLocation } from "jsonc-parser";

const DIRECTIVES = {
  "@path": "a value of the event",
  "@template": "text with {{placeholders}}",
  "@if": "exists or blank, then, else",
  "@case": "upper or lower",
  "@replace": "a part of a text by another",
  "@arrayPath": "each item of a list",
  "@literal": "a value as it stands",
  "@flatten": "nested keys into one level",
  "@json": "encode or decode",
  "@merge": "several objects into one",
  "@transform": "a mapping of a mapping",
  "@excludeWhenNull": "nothing instead of null",
  "@liquid": "a Liquid template",
};

const FILTER_WORDS = [
  ["type", "track, page, identify, group or alias"],
  ["event", "the name of a track event"],
  ["name", "the name of a page"],
  ["userId", "the user’s id"],
  ["and", "both"],
  ["or", "either"],
  ["null", "a value that is missing"],
  ["true", ""],
  ["false", ""],
  ["contains", 'contains(field, "text")'],
  ["match", 'match(field, "text*")'],
];

/** `actionOf()` and `eventOf()` give the subscription's action and the event in the composer, `fieldsOf` is of the mode's words. */
export const completeMapping =
  ({ actionOf, eventOf, fieldsOf }) =>
  (context) => {
    const { isAtPropertyKey, path, previousNode } = getLocation(context.state.doc.toString(), context.pos);
    // Between the quotes of a key or a text, which need not be closed yet.
    if (!previousNode || previousNode.offset >= context.pos || context.state.sliceDoc(previousNode.offset, previousNode.offset + 1) !== '"')
      return null;
    const from = previousNode.offset + 1;
    const typed = context.state.sliceDoc(from, context.pos);
    if (typed.includes('"')) return null;
    if (!isAtPropertyKey) {
      if (!context.explicit && !typed.startsWith("$")) return null;
      return { from, options: pathsOf(eventOf()).map((label) => ({ label: `$.${label}` })), validFor: /^[$\w.]*$/ };
    }
    const directives = Object.entries(DIRECTIVES).map(([label, detail]) => ({ label, detail }));
    const fields = fieldsOf(actionOf(), path.slice(0, -1));
    return { from, options: [...directives, ...fields.map((label) => ({ label }))], validFor: /^[@\w]*$/ };
  };

export const completeFilter =
  ({ eventOf }) =>
  (context) => {
    const before = context.matchBefore(/[\w.]+/);
    if (!before && !context.explicit) return null;
    const quotes = context.state.sliceDoc(0, context.pos).split('"').length;
    if (quotes % 2 === 0) return null;
    const paths = pathsOf(eventOf()).filter((path) => /^(properties|traits|context)\../.test(path));
    const options = [...FILTER_WORDS.map(([label, detail]) => ({ label, detail })), ...paths.map((label) => ({ label }))];
    return { from: before?.from ?? context.pos, options, validFor: /^[\w.]*$/ };
  };

function pathsOf(event) {
  const paths = [];
  const walk = (value, path) => {
    if (path) paths.push(path);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    for (const [key, item] of Object.entries(value)) if (/^\w+$/.test(key) && paths.length < 200) walk(item, path ? `${path}.${key}` : key);
  };
  walk(event, "");
  return paths;
}
