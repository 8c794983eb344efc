// A request's body: events, or what is wrong with it and where.
import { JsonFault, lineAndColumn, parseJson, withoutMark } from "../../cli/document.js";
import { elementsOf } from "./json-text.js";
import { refusal } from "./refusal.js";

/** What a request may hold. Segment's batches have up to 4,000 events of up to 32 KB. */
export const LIMITS = { bodyBytes: 8 << 20, events: 4_000, eventBytes: 128_000, depth: 64 };

/** Refuses what is not announced as plain JSON. */
export const checkType = (type, encoding) => {
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type ?? ""))
    throw refusal(415, "content_type_wrong", "expected Content-Type: application/json");
  if (encoding && encoding !== "identity") throw refusal(415, "content_encoding_unknown", "expected a body that is not compressed");
};

export const tooLarge = (limit) => refusal(413, "body_too_large", `expected at most ${limit} bytes; send smaller batches`);

const tooDeep = (limit, place) => refusal(400, "too_deep", `expected at most ${limit} levels of nesting`, place);

const parse = (text, limits) => {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    if (error.isTooDeep) throw tooDeep(limits.depth);
    const { line, column } = lineAndColumn(text, error.offset);
    throw refusal(400, "json_syntax", `${error.message}, at line ${line}, column ${column}`);
  }
};

/** UTF-8 has one to three bytes for each of a text's code units. */
const isLonger = (text, { start, end }, bytes) =>
  (end - start) * 3 > bytes && new TextEncoder().encode(text.slice(start, end)).length > bytes;

/** Where some senders put a batch. Taken for an event, it would match no subscription, and all of it would be lost. */
const batchIn = (value) => (typeof value.type === "string" ? undefined : ["batch", "events"].find((key) => Array.isArray(value[key])));

/** The events of a body, and the first one's part of it. Throws a refusal. */
export const readEvents = (body, limits) => {
  const text = withoutMark(body);
  const value = parse(text, limits);
  const elements = elementsOf(text);
  const isBatch = Array.isArray(value);
  const events = isBatch ? value : [value];
  if (events.length > limits.events)
    throw refusal(413, "batch_too_large", `expected at most ${limits.events} events, found ${events.length}`);
  for (const [i, event] of events.entries()) {
    const place = isBatch ? { path: `[${i}]` } : {};
    if (typeof event !== "object" || !event || Array.isArray(event))
      throw refusal(400, "event_unreadable", "expected an event: an object", place);
    const wrapper = batchIn(event);
    if (wrapper)
      throw refusal(400, "batch_wrapped", `expected a single event or an array of events, found an object with "${wrapper}"`, place);
    if (elements[i].depth > limits.depth) throw tooDeep(limits.depth, place);
    if (isLonger(text, elements[i], limits.eventBytes))
      throw refusal(413, "event_too_large", `expected an event of at most ${limits.eventBytes} bytes`, place);
  }
  const [first] = elements;
  return { events, first: first ? text.slice(first.start, first.end) : text };
};
