// The function's settings as createCloud takes them. Segment knows text, booleans and lists; a text field that was left empty is "".
import { failure } from "../../js/errors.js";

const NUMBERS = ["rateShare", "concurrency", "giveUpAfter"];
/** Settings of createCloud that a function has no use for. */
export const OWN = ["fetch", "clock", "cache", "onError", "onRequest", "dryRun", "patience", "requestTimeout"];

const readNumber = (key, value) => {
  const number = typeof value === "string" ? Number(value) : value;
  if (!Number.isFinite(number)) throw failure("setting_invalid", `Setting ${key}: expected a number`);
  return number;
};

const readSubscriptions = (value) => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    const [, position] = /position (\d+)/.exec(error.message) ?? [];
    const place = position ? `; it can't be read from character ${Number(position) + 1} on` : "";
    throw failure("setting_invalid", `Setting subscriptions: expected JSON, a list of subscriptions${place}`);
  }
};

export const readSettings = (settings) => {
  const read = {};
  for (const [key, given] of Object.entries(settings ?? {})) {
    if (OWN.includes(key)) throw failure("setting_invalid", `Setting ${key}: a function sets it itself`);
    const value = typeof given === "string" ? given.trim() : given;
    if (value === "" || value === null || value === undefined) continue;
    if (NUMBERS.includes(key)) read[key] = readNumber(key, value);
    else read[key] = key === "subscriptions" ? readSubscriptions(value) : value;
  }
  return read;
};
