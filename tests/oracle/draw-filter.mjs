// Filters: grammatical ones, ones that people get wrong, and ones that nobody meant.
import { drawKey, drawSource } from "./draw-text.mjs";

const space = (r) => (r.chance(0.85) ? " " : r.pick(["", "  ", "\t", "\n", "\r"]));

const escaped = (r, key) => (r.chance(0.9) ? key.replace(/[^a-zA-Z0-9_-]/g, "\\$&").replace(/^(\d)/, "\\$1") : key);

const drawField = (r) =>
  r.weighed([
    [2, () => "type"],
    [2, () => "event"],
    [1, () => "name"],
    [1.5, () => "userId"],
    [6, () => `${r.pick(["properties", "traits", "context"])}.${r.many(1, 2, () => escaped(r, drawKey(r))).join(".")}`],
    [
      0.4,
      () => r.pick(["properties", "propertiesX.a", "traits.", "messageId", "event.a", "context.properties.a", "nul", "orders", "andy"]),
    ],
  ]);

const quoted = (r) => `"${drawSource(r).replaceAll('"', r.chance(0.95) ? "" : '"')}"`;

const drawOperand = (r) =>
  r.weighed([
    [5, () => quoted(r)],
    [2, () => `"${r.pick(["track", "page", "identify", "group", "Order Completed", "Signed Up", "u1"])}"`],
    [3, () => r.pick(["0", "1", "5", "42", "19.99", "-1", "+5", "-0", "1.", "1.5.2", "007", "00", "9".repeat(400), "-", "5.0"])],
    [2, () => r.pick(["true", "false"])],
    [2, () => "null"],
    [0.4, () => r.pick(["'single'", "track", "undefined", "\\tru\\e", "o", "", '"open', "nulls"])],
  ]);

const drawOperator = (r) =>
  r.chance(0.97) ? r.pick(["=", "=", "!=", "<", "<=", ">", ">="]) : r.pick(["==", "===", "<>", "!", "=>", "~", "contains", "is"]);

const drawPattern = (r) =>
  r.chance(0.85)
    ? r.pick([(text) => `"${text}*"`, (text) => `"*${text}"`])(r.pick(["Order", "Signed", "Completed", "pro", "A", ""]))
    : quoted(r);

function drawCall(r) {
  const operand = (name) => (name === "match" && r.chance(0.9) ? drawPattern(r) : r.chance(0.9) ? quoted(r) : drawOperand(r));
  const name = r.pick(["contains", "match"]);
  return `${r.chance(0.3) ? "!" : ""}${name}(${drawField(r)},${space(r)}${operand(name)})`;
}

const drawCondition = (r) => drawField(r) + space(r) + drawOperator(r) + space(r) + drawOperand(r);

function drawList(r, depth) {
  const word = r.pick(["and", "or"]);
  const items = r.many(1, 3, () =>
    r.weighed([
      [5, () => drawCondition(r)],
      [2, () => drawCall(r)],
      [depth > 0 ? 2 : 0, () => `${r.chance(0.05) ? "!" : ""}(${drawList(r, depth - 1)})`],
      [0.03, () => "()"],
    ]),
  );
  return items.reduce((list, item) => `${list} ${r.chance(0.9) ? word : r.pick(["and", "or", "AND", "", ","])} ${item}`);
}

/** One slip of the pen. */
function spoil(r, text) {
  const at = r.below(text.length + 1);
  const insert = () =>
    text.slice(0, at) +
    r.pick(['"', "(", ")", "\\", " ", "!", "=", ".", ",", "[", "]", "'", "é", "-", "@", "\u0000", "and", " or "]) +
    text.slice(at);
  return r.pick([insert, () => text.slice(0, at) + text.slice(at + 1), () => text.slice(0, at)])();
}

export function drawFilter(r) {
  if (r.chance(0.02)) return drawSource(r);
  let text = drawList(r, 2);
  while (r.chance(0.12)) text = spoil(r, text);
  // A slip may cut a character in half, which no stored filter is.
  return text.replace(/[\ud800-\udfff]/gu, "");
}

/** A filter that events of this type can match. */
export const drawTrigger = (r, type) =>
  r.weighed([
    [4, () => `type = "${type}"`],
    [2, () => `type = "${type}" and ${drawCondition(r)}`],
    [1, () => `type = "${type}" or ${drawCall(r)}`],
    [1, () => drawFilter(r)],
  ]);
