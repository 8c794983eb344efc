// What is done with objects that were built here: they hold data only, so that reading them runs no code of a page.
import { add, attempt, named, timeOf, value } from "./values.js";

/** Adds what another object has to one that was built here. */
export const extend = (handle, over) => void attempt(() => Object.assign(value(handle), value(over)));

/** How many entries of an object that was built here are neither undefined nor null. */
export const width = (handle) => {
  const object = value(handle);
  let width = 0;
  for (const key in object) if (object[key] != null) width++;
  return width;
};

/** The first key but `except` of an object that was built here at which there is a text longer than that. */
export const longer_than = (handle, characters, except) => {
  const object = value(handle);
  for (const key in object) {
    if (typeof object[key] === "string" && object[key].length > characters && key !== value(except)) return named(key);
  }
  return add();
};

const equal = (a, b) => {
  if (a === b) return true;
  if (Object(a) !== a || Object(b) !== b || a.constructor !== b.constructor) return false;
  const time = timeOf(a);
  if (time !== undefined) return time === timeOf(b);
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((key) => equal(a[key], b[key]));
};

/** Whether two values that were built here are equal all the way down. */
export const equals = (a, b) => equal(value(a), value(b));
