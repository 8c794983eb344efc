// Recorded events out of a file: one JSON text a line, or one array.
import { JsonFault, lineAndColumn, parseJson, readDocument, withoutMark } from "./document.js";

// Not by readline, which also ends lines where JSON's strings may go on.
async function* linesOf(chunks) {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    yield* lines;
  }
  if (rest) yield rest;
}

const read = (line, text) => {
  try {
    return { line, event: parseJson(text) };
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    return { line, column: lineAndColumn(text, error.offset).column, fault: error.message };
  }
};

function* readArray(text) {
  let document;
  try {
    document = readDocument(text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    yield { ...lineAndColumn(text, error.offset), fault: error.message };
    return;
  }
  let line = 1;
  let counted = 0;
  for (const [i, event] of document.value.entries()) {
    const offset = document.offsetOf([i]);
    // From one event to the next, so that a long list is not counted from its start each time.
    for (; counted < offset; counted++) line += text[counted] === "\n";
    yield { line, event };
  }
}

/**
 * Events one after the other, from pieces of text: `{ line, event }`, or `{ line, column, fault }` for one that is no JSON,
 * after which the rest goes on.
 */
export async function* readEvents(chunks) {
  let line = 0;
  let array;
  for await (const text of linesOf(chunks)) {
    line++;
    const own = line === 1 ? withoutMark(text) : text;
    if (array) array.push(text);
    else if (own.trim()) {
      if (own.trimStart().startsWith("[")) array = [...Array(line - 1).fill(""), own];
      else yield read(line, own);
    }
  }
  if (array) yield* readArray(array.join("\n"));
}
