// A JSON text: its value, and where in the text each part of it stands.
import { parseTree, ParseErrorCode } from "jsonc-parser";

const EXPECTED = {
  [ParseErrorCode.InvalidSymbol]: "expected a JSON value: a string in double quotes, a number, true, false, null, { or [",
  [ParseErrorCode.InvalidNumberFormat]: "expected a number",
  [ParseErrorCode.PropertyNameExpected]: "expected a key in double quotes",
  [ParseErrorCode.ValueExpected]: "expected a value",
  [ParseErrorCode.ColonExpected]: "expected a colon",
  [ParseErrorCode.CommaExpected]: "expected a comma",
  [ParseErrorCode.CloseBraceExpected]: "expected a closing brace",
  [ParseErrorCode.CloseBracketExpected]: "expected a closing bracket",
  [ParseErrorCode.EndOfFileExpected]: "expected the end, after one value",
  [ParseErrorCode.InvalidCommentToken]: "comments cannot stand in JSON",
  [ParseErrorCode.UnexpectedEndOfComment]: "comments cannot stand in JSON",
  [ParseErrorCode.UnexpectedEndOfString]: "expected a closing quote",
  [ParseErrorCode.UnexpectedEndOfNumber]: "expected a digit",
  [ParseErrorCode.InvalidUnicode]: "expected four hexadecimal digits after \\u",
  [ParseErrorCode.InvalidEscapeCharacter]: 'expected one of " \\ / b f n r t u after a backslash',
  [ParseErrorCode.InvalidCharacter]: "this character must be written with a backslash",
};

/** What is wrong with a JSON text, and at which offset; `isTooDeep`: it nests too deep for the reader to say where. */
export class JsonFault extends Error {
  constructor(expected, offset, isTooDeep = false) {
    super(expected);
    this.offset = offset;
    this.isTooDeep = isTooDeep;
  }
}

const tree = (text) => {
  const errors = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first) throw new JsonFault(EXPECTED[first.error] ?? "expected JSON", first.offset);
  if (!root) throw new JsonFault("expected a value", text.length);
  return root;
};

/** The value of a JSON text; throws a {@link JsonFault}. */
export const parseJson = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    try {
      tree(text);
    } catch (error) {
      if (error instanceof JsonFault) throw error;
      throw new JsonFault("expected JSON that nests less deep", 0, true);
    }
    // The two readers disagree.
    throw new JsonFault("expected JSON", 0);
  }
};

/** Some editors begin a file with a mark that JSON does not know. */
export const withoutMark = (text) => (text.startsWith("\ufeff") ? text.slice(1) : text);

/** Reads a document; throws a {@link JsonFault}. */
export const readDocument = (text) => {
  const value = parseJson(text);
  let root;
  try {
    root = tree(text);
  } catch {
    // Nested too deep to be looked through: everything stands at the start.
  }

  const nodeAt = (path) => {
    let node = root;
    for (const key of path) {
      const next =
        node?.type === "array"
          ? node.children[key]
          : // Of equal keys the last one counts.
            node?.children?.findLast(({ children: [name] = [] }) => name?.value === String(key))?.children[1];
      if (!next) break;
      node = next;
    }
    return node;
  };

  return {
    value,
    /** The offset of what stands at `path`, or of its nearest parent; `units` are UTF-16 code units within a string there. */
    offsetOf: (path, units) => {
      const node = nodeAt(path);
      if (!node) return 0;
      return units !== undefined && node.type === "string" ? afterUnits(text, node.offset + 1, units) : node.offset;
    },
    /** The same for the key of what stands at `path`, where it has one. */
    offsetOfKey: (path) => {
      const node = nodeAt(path);
      return (node?.parent?.type === "property" ? node.parent : node)?.offset ?? 0;
    },
  };
};

/** The offset in a JSON text that lies `units` code units into the string whose content starts at `start`. */
const afterUnits = (text, start, units) => {
  let at = start;
  for (let left = units; left > 0 && text[at] !== '"' && at < text.length; left--) {
    at += text[at] !== "\\" ? 1 : text[at + 1] === "u" ? 6 : 2;
  }
  return at;
};

/** The line and column of an offset, both from 1; columns count characters. */
export const lineAndColumn = (text, offset) => {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: [...before.slice(start)].length + 1 };
};
