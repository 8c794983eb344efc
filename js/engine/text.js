// What is done with texts: paths and templates split, patterns, cases, JSON, numbers and dates. Nothing here throws.
import { add, attempt, follow, isHuge, value, valuesAt } from "./values.js";

const keysOf = (path) =>
  path
    .replace(/\[(?=["'\d])/g, ".")
    .replace(/(["'\d])\]+/g, "$1.")
    .split(".")
    .filter((key) => key)
    .map((key) => key.replace(/["']/g, ""));

let parent = [],
  parentName = "";

/** The keys of a mapping path; with the last one by itself and those before it, the same object as of the path before if it is equal. */
export const path = (text) => {
  const keys = keysOf(value(text).replace("$.", ""));
  const own = keys.slice(0, -1);
  const name = own.join(".");
  if (name !== parentName) {
    parent = own;
    parentName = name;
  }
  keys.parent = parent;
  keys.last = keys[own.length];
  return add(keys);
};

// Not a pattern of its own: with one, a text of nothing but opening braces would take the square of its length.
const split = (text, open, close) => {
  const parts = [];
  let from = 0,
    at = 0,
    end;
  while ((at = text.indexOf(open, at)) >= 0 && (end = text.indexOf("}", at + open.length)) >= 0) {
    if (end > at + open.length && text.startsWith(close, end)) {
      parts.push(text.slice(from, at), text.slice(at + open.length, end));
      from = end += close.length;
    }
    at = end;
  }
  return [...parts, text.slice(from)];
};

/** A template as texts and, in every second place, the keys of a path. */
export const template = (text) =>
  add(
    split(value(text), "{{{", "}}}")
      .flatMap((part, i) => (i & 1 ? part : split(part, "{{", "}}")))
      .map((part, i) => (i & 1 ? keysOf(part.trim()) : part)),
  );

const joined = (parts) =>
  add(
    attempt(() =>
      parts.reduce((text, part) => {
        if (isHuge(part)) throw part;
        return `${text}${part ?? ""}`;
      }, ""),
    ),
  );

/** A template's text with the values at its paths in it. */
export const fill = (template, payload) => {
  const event = value(payload);
  return joined(value(template).map((part, i) => (i & 1 ? follow(event, part) : part)));
};

export const search = (how, handle, needle) => {
  const text = value(handle);
  const wanted = value(needle);
  return how === 0 ? text.includes(wanted) : how === 1 ? text.startsWith(wanted) : text.endsWith(wanted);
};

export const concat = (at, length) => {
  // Read out first: a part's toString may call back into the wasm, whose memory may then grow and be another buffer.
  return joined(valuesAt(at, length));
};

export const to_case = (handle, upper) => {
  const text = value(handle);
  return add(attempt(() => (upper ? text.toUpperCase() : text.toLowerCase())));
};

export const pattern = (literal, ignoreCase, global) =>
  add(new RegExp(value(literal).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), (global ? "g" : "") + (ignoreCase ? "i" : "")));

export const replace = (handle, pattern, replacement) => add(attempt(() => value(handle).replace(value(pattern), value(replacement))));

const sendable = (_, value) => (isHuge(value, 3) ? undefined : value);

export const to_json = (handle) => add(attempt(() => JSON.stringify(value(handle), sendable)));

export const parse_json = (handle) => {
  const text = value(handle);
  return add(attempt(() => JSON.parse(text), text));
};

export const parse_number = (handle) => {
  const text = value(handle).trim();
  return text && Number.isFinite(+text) ? +text : NaN;
};

const ZONED = /(?:[zZ]|GMT|UTC?|[ECMP][SD]T|:.{0,15}[+-]\d\d:?\d\d)\s*(?:\([^(]*\))?$/;
const LOCAL = /^(\d{4})[-/]?(\d{1,2})?[-/]?(\d{1,2})?[Tt\s]*(\d{1,2})?:?(\d{1,2})?:?(\d{1,2})?[.:]?(\d{1,3})?\d*$/;

/** Milliseconds of a date, as `Value::millis` says. */
export const millis = (handle) => {
  const date = value(handle);
  if (typeof date === "object") return attempt(() => +date, NaN);
  const text = `${date}`.trim();
  const number = typeof date === "number" ? date : /^\d{4}(\d{4}(\d{6})?)?$/.test(text) ? NaN : parse_number(handle);
  if (Number.isFinite(number)) return Math.abs(number) < 1e11 ? number * 1000 : number;
  const local = text.replace(ZONED, "");
  /** @type {any[] | undefined} */
  const parts = LOCAL.exec(local)
    ?.slice(1)
    .map((part, i) => +(part || i < 3));
  if (parts) {
    const [year, month, ...rest] = parts;
    const utc = Date.UTC(year, month - 1, ...rest);
    // A day that no calendar has would be read as one of the next month.
    const real = new Date(utc).toISOString().match(/\d+/g);
    if (parts.some((part, i) => part - +real[i])) return NaN;
    if (local === text) return utc;
  }
  return Date.parse(local === text ? `${text} UTC` : text);
};
