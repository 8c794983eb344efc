// Single fields of contacts, companies and events: what is taken, and what refuses the write.
import { invalid } from "./answers.mjs";

export function createFields({ options, note }) {
  const { limits, switches } = options;

  function text(value, name) {
    if (value === null) return null;
    if (typeof value === "number") return String(value);
    if (typeof value !== "string") throw invalid(`${name} must be a string`, name);
    if (value.length <= limits.textLength) return value;
    if (switches.longText === "refuse") throw invalid(`${name} is too long (maximum is ${limits.textLength} characters)`, name);
    note("text_cut");
    return value.slice(0, limits.textLength);
  }

  // An avatar's address may be longer than other texts.
  function address(value, name) {
    if (value === null) return null;
    if (typeof value !== "string" || !/^[a-z][a-z0-9+.-]*:\S+$/i.test(value)) throw invalid(`${name} is not a valid URL`, name);
    return value;
  }

  function email(value, name) {
    const given = text(value, name);
    if (given === null || given === "") return null;
    if (switches.invalidEmail === "refuse" && !/^[^\s@]+@[^\s@]+$/.test(given)) throw invalid(`${name} is invalid`, name);
    return given;
  }

  /** Whole seconds since 1970, or undefined for what is left out. */
  function time(value, name) {
    if (value === null) return null;
    if (typeof value === "string" && /^\d+$/.test(value)) {
      note("time_as_text");
      return Number(value);
    }
    if (typeof value === "number" && Number.isFinite(value)) return Math.floor(value);
    if (switches.badTime === "refuse") throw invalid(`${name} is not a valid timestamp`, name);
    note("time_ignored");
    return undefined;
  }

  function integer(value, name) {
    if (value === null) return null;
    if (typeof value !== "number" || !Number.isFinite(value)) throw invalid(`${name} must be an integer`, name);
    if (!Number.isInteger(value)) note("number_cut");
    if (Math.abs(value) > 2 ** 31 - 1) throw invalid(`${name} is out of range`, name);
    return Math.trunc(value);
  }

  function boolean(value, name) {
    if (value !== null && typeof value !== "boolean") throw invalid(`${name} must be a boolean`, name);
    return value ?? false;
  }

  return { text, address, email, time, integer, boolean };
}

/** The fields of `table` that `body` has, each read by its own reader. Fields that the API does not have are ignored, as it does. */
export function readFields(table, body) {
  const read = {};
  for (const [name, reader] of Object.entries(table)) {
    if (body[name] === undefined) continue;
    const value = reader(body[name], name);
    if (value !== undefined) read[name] = value;
  }
  return read;
}

/** A part of a body that has to be an object where it is given; absent and null are an empty one. */
export function readObject(value, name) {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw invalid(`${name} must be an object`, name);
  return value;
}

/** A part of a body that has to be a list of objects where it is given. */
export function readObjects(value, name) {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid(`${name} must be a list`, name);
  return value.map((one) => readObject(one, name));
}
