// A call as lines of text, each marked by what became of it since the last call of the same method.

import { print } from "./print.js";

const SPACE = "  ";
const isObject = (value) => typeof value === "object" && value !== null;
const sameKind = (a, b) => isObject(a) && isObject(b) && Array.isArray(a) === Array.isArray(b);
const text = (value) => JSON.stringify(value, null, 2) ?? "undefined";

/**
 * `[{ text, mark, was }]`; marks are `same`, `added`, `changed` (then `was` is what stood there) and `removed`. Intercom keeps what an
 * update does not name, so nothing is removed by one.
 */
export function markedCall(call, last) {
  const [[method, ...args], before] = [plain(call), last && plain(last).slice(1)];
  const keeps = method === "update";
  const lines = [{ text: `Intercom(${text(method)}`, mark: "same" }];
  args.forEach((argument, index) => {
    lines.at(-1).text += ", ";
    const made = before ? compared(argument, before[index], keeps) : whole(argument, "same");
    const [first, ...rest] = made;
    const head = lines.pop();
    lines.push({ ...first, text: head.text + first.text }, ...rest);
  });
  lines.at(-1).text += ")";
  return lines;
}

/** What the next call of this method is held against: updates add up. */
export function known(call, last) {
  return call[0] === "update" ? ["update", { ...last?.[1], ...call[1] }] : call;
}

// What can be printed, which leaves out what cannot and hides secrets.
function plain(call) {
  return call.map((argument) => (argument === undefined ? undefined : JSON.parse(print(argument))));
}

function whole(value, mark) {
  return text(value)
    .split("\n")
    .map((line) => ({ text: line, mark }));
}

function compared(value, last, keeps) {
  if (last === undefined) return whole(value, value === undefined ? "same" : "added");
  if (text(value) === text(last)) return whole(value, "same");
  if (sameKind(value, last)) return inside(value, last, keeps);
  const made = whole(value, "changed");
  made[0].was = isObject(last) ? (Array.isArray(last) ? "a list" : "an object") : text(last);
  return made;
}

const inShort = (value) => (isObject(value) ? (Array.isArray(value) ? "[…]" : "{…}") : text(value));

function inside(value, last, keeps) {
  const isList = Array.isArray(value);
  const [open, close] = isList ? "[]" : "{}";
  const named = (key, made) =>
    made.map((line, index) => ({ ...line, text: `${SPACE}${index || isList ? "" : `${text(key)}: `}${line.text}` }));
  const keys = Object.keys(value);
  const lines = [{ text: open, mark: "same" }];
  keys.forEach((key, index) => {
    const made = named(key, compared(value[key], last[key], keeps));
    if (index < keys.length - 1) made.at(-1).text += ",";
    lines.push(...made);
  });
  for (const key of keeps ? [] : Object.keys(last)) {
    // What it holds is of no interest any more, and may be long.
    if (!Object.hasOwn(value, key)) lines.push(...named(key, [{ text: inShort(last[key]), mark: "removed" }]));
  }
  return [...lines, { text: close, mark: "same" }];
}
