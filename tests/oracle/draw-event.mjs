// Events: what loaders hand over, with values of every kind JavaScript has.
import { KEYS, drawKey, drawText } from "./draw-text.mjs";

export const TYPES = ["track", "page", "identify", "group", "alias"];

const drawNumber = (r) =>
  r.pick([0, -0, 1, -1, 5, 42, 19.99, 1.005, 0.1, 1e21, 1e-7, 2 ** 53, 1700000000, 1700000000123, 0.5, -0.001, 100]);

class Visitor {
  constructor() {
    this.name = "Ada";
    this.plan = undefined;
  }
  get total() {
    return 5;
  }
}

/** What JSON has no word for. */
const drawStrange = (r) =>
  r.pick([
    () => undefined,
    () => NaN,
    () => Infinity,
    () => new Date(1700000000000),
    () => new Date(NaN),
    () => 12n,
    () => Symbol("s"),
    () => function named() {},
    () => new Map([["name", 1]]),
    () => /a/g,
    () => new Error("e"),
    () => new Visitor(),
    () => Object.assign(Object.create(null), { name: "bare" }),
    () => [, 1, , undefined],
    () => new Uint8Array([1, 2]),
    () => new String("boxed"),
  ])();

export const drawPlain = (r) =>
  r.weighed([
    [5, () => drawText(r)],
    [4, () => drawNumber(r)],
    [2, () => r.chance(0.5)],
    [1, () => null],
    [1, () => r.pick(["2020-01-02", "2020-01-02T03:04:05Z", "2020-01-02T03:04:05.678+01:00", "soon", 1577923200, 1577923200000, "19.99"])],
  ]);

export function drawValue(r, depth = 3, strange = 0.05) {
  if (r.chance(strange)) return drawStrange(r);
  const nested = depth > 0 ? 1 : 0;
  return r.weighed([
    [6, () => drawPlain(r)],
    [2 * nested, () => drawObject(r, depth - 1, strange)],
    [1.5 * nested, () => r.many(0, 3, () => drawValue(r, depth - 1, strange))],
  ]);
}

export function drawObject(r, depth = 2, strange = 0.05) {
  const object = {};
  for (const key of r.many(0, 6, () => (r.chance(0.9) ? r.pick(KEYS) : drawText(r)))) {
    if (key !== "__proto__") object[key] = drawValue(r, depth, strange);
  }
  return object;
}

/** An event of this type, or of any. */
export function drawEvent(r, type = r.pick(TYPES), strange = 0.05) {
  const event = { type };
  if (r.chance(0.8)) event.event = r.pick(["Order Completed", "Signed Up", "Order", drawText(r)]);
  if (r.chance(0.3)) event.name = drawText(r);
  if (r.chance(0.7)) event.userId = r.pick(["u1", "", "42", null, true, drawValue(r, 0, strange)]);
  if (r.chance(0.3)) event.groupId = r.pick(["g1", 7, drawValue(r, 0, strange)]);
  if (r.chance(0.9)) event.properties = drawPart(r, strange);
  if (r.chance(0.6)) event.traits = drawPart(r, strange);
  if (r.chance(0.6)) event.context = drawPart(r, strange);
  if (r.chance(0.2)) event[drawKey(r).replace("__proto__", "proto")] = drawValue(r, 2, strange);
  return event;
}

const drawPart = (r, strange) => (r.chance(0.95) ? drawObject(r, 2, strange) : drawValue(r, 1, strange));
