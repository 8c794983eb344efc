// JSON as people type it: what it means, what is wrong with it, and where in the text each key stands.

import { findNodeAtLocation, parseTree, printParseErrorCode } from "jsonc-parser";

const SENTENCES = {
  InvalidSymbol: "This is no JSON value. Text needs double quotation marks",
  InvalidNumberFormat: "This is no number",
  PropertyNameExpected: "A key in double quotation marks is expected here",
  ValueExpected: "A value is expected here",
  ColonExpected: "A colon is missing here",
  CommaExpected: "A comma is missing here",
  CloseBraceExpected: "A closing } is missing here",
  CloseBracketExpected: "A closing ] is missing here",
  EndOfFileExpected: "Nothing may follow the end of the value",
  InvalidCommentToken: "JSON has no comments",
  UnexpectedEndOfComment: "JSON has no comments",
  UnexpectedEndOfString: "This text has no closing quotation mark",
  UnexpectedEndOfNumber: "This number is not complete",
  InvalidUnicode: "Four hexadecimal digits are expected after \\u",
  InvalidEscapeCharacter: 'Only " \\ / b f n r t u may follow a backslash',
  InvalidCharacter: "This character must be escaped with a backslash",
};

/** → `{ value, tree, mistakes }`; with a mistake, `[{ from, to, sentence }]`, there is no value. Those that follow it are its echo. */
export function readJson(text) {
  if (text.trim() === "") return { mistakes: [{ from: 0, to: 0, sentence: "A value is expected here" }] };
  const found = [];
  const tree = parseTree(text, found, { disallowComments: true, allowTrailingComma: false });
  const mistakes = found.slice(0, 1).map(({ error, offset, length }) => ({
    from: offset,
    to: Math.min(text.length, offset + length),
    sentence: SENTENCES[printParseErrorCode(error)] ?? "This is no JSON",
  }));
  return mistakes.length ? { tree, mistakes } : { tree, mistakes, value: JSON.parse(text) };
}

/**
 * Where the value at `path` stands, or its key when the value is long or the key is what was `found`, or what is left of the path
 * when it is not there.
 */
export function placeOf(tree, path, found) {
  for (let length = path.length; tree && length > 0; length -= 1) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (!node) continue;
    const isKey = node.children || (found !== undefined && found === path[length - 1]);
    const holder = isKey && node.parent?.type === "property" ? node.parent.children[0] : node;
    return { from: holder.offset, to: holder.offset + (holder.children ? 1 : holder.length) };
  }
  return { from: tree?.offset ?? 0, to: (tree?.offset ?? 0) + 1 };
}

/** Objects and lists of one short entry on one line: a mapping is mostly these. No text in it holds a line break. */
export function compact(text) {
  const shorter = (whole, open, entry, close) => {
    if (entry.length > 60) return whole;
    return open === "{" ? `{ ${entry} }` : open + entry + close;
  };
  return text.replace(/([[{])\n\s*([^\n]*[^\n,[{])\n\s*([\]}])/g, shorter);
}

export function lineAndColumn(text, offset) {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: [...before.at(-1)].length + 1 };
}
