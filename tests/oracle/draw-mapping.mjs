// Mappings: all thirteen directives, in each other and in plain objects, and ones that Segment refuses.
import { drawPlain } from "./draw-event.mjs";
import { drawLiquid } from "./draw-liquid.mjs";
import { drawKey, drawSource } from "./draw-text.mjs";

const ROOTS = ["properties", "traits", "context", "event", "userId", "type", "name"];

const segment = (r) => {
  const key = drawKey(r);
  return r.weighed([
    [6, () => `.${key}`],
    [2, () => `['${key}']`],
    [1, () => `["${key}"]`],
    [1, () => `[${r.below(3)}]`],
    [0.3, () => r.pick([`[${key}]`, "..", ".", "]", "[", `[0]]`, "[", `.'${key}'`, " ", "."])],
  ]);
};

export const drawPath = (r, start = "$.") =>
  r.weighed([
    [8, () => (r.chance(0.8) ? start : "") + r.pick(ROOTS) + r.many(0, 2, () => segment(r)).join("")],
    [2, () => start + drawKey(r) + r.many(0, 1, () => segment(r)).join("")],
    [0.4, () => r.pick(["", ".", "$", "$.", "$.$.", "properties.$.name", "$$.name", "$.properties."])],
    [0.3, () => drawSource(r)],
  ]);

const drawTemplate = (r) =>
  r
    .many(0, 4, () =>
      r.weighed([
        [3, () => drawSource(r)],
        [5, () => `{{${r.pick(["", " "])}${drawPath(r, "")}${r.pick(["", " "])}}}`],
        [2, () => `{{{${drawPath(r, "")}}}}`],
        [0.3, () => r.pick(["{{}}", "{{ }}", "{{{a}}", "{{a}}}", "{a}", "{{{{a}}}}", "{{{", "}}", "{{a}b}}"])],
      ]),
    )
    .join(r.pick(["", " "]));

// Which options a directive has, and what each usually is. A wrong kind of value comes up now and then, in `option`.
const text = (r, depth) => (r.chance(0.3) || depth <= 0 ? drawSource(r) : drawDirective(r, depth - 1));
const any = (r, depth) => drawMappingValue(r, depth - 1);
const oneOf =
  (...list) =>
  (r) =>
    r.pick(list);
const short = (r) =>
  r.pick(["", "a", "o", ".", "$", "$&", "$1", "(", "[", "\\", "|", "^", "é", "İ", "pro", "-", "/", "😀", " ", "0123456789", "0123456789a"]);
const objects = (r, depth) => r.many(0, 3, () => (r.chance(0.95) ? r.pick([drawDirective, drawShape])(r, depth - 1) : any(r, depth)));
const always = (draw) => [1, draw];
const often = (draw) => [0.7, draw];
const seldom = (draw) => [0.25, draw];

const OPTIONS = {
  "@if": { exists: often(any), blank: seldom(any), then: often(any), else: often(any) },
  "@case": { operator: always(oneOf("lower", "upper", "upper", "lower", "Upper", "title", "")), value: always(text) },
  "@replace": {
    pattern: always(short),
    replacement: often(short),
    pattern2: seldom(short),
    replacement2: seldom(short),
    value: always(text),
    ignorecase: seldom(oneOf(true, false)),
    global: seldom(oneOf(true, false)),
  },
  "@flatten": {
    value: always(any),
    separator: always(oneOf(".", "_", "", "😀", "--", ".")),
    omitArrays: seldom(oneOf(true, false, 0, "yes")),
  },
  "@json": { value: always(any), mode: always(oneOf("encode", "decode", "encode", "decode", "ENCODE", "")) },
  "@merge": { objects: always(objects), direction: always(oneOf("left", "right", "left", "right", "Left", "")) },
  "@transform": {
    apply: always((r, depth) => r.pick([drawShape, drawMapping])(r, depth - 1)),
    mapping: always((r, depth) => r.pick([drawShape, drawDirective])(r, depth - 1)),
  },
};

const ARGUMENTS = {
  "@path": (r, depth) => (r.chance(0.92) || depth <= 0 ? drawPath(r) : drawDirective(r, depth - 1)),
  "@template": (r, depth) => (r.chance(0.95) || depth <= 0 ? drawTemplate(r) : drawDirective(r, depth - 1)),
  "@literal": any,
  "@excludeWhenNull": any,
  "@arrayPath": (r, depth) => [
    r.chance(0.85) ? drawPath(r) : drawDirective(r, depth - 1),
    ...(r.chance(0.9) ? [drawShape(r, depth - 1)] : []),
  ],
  "@liquid": (r) => (r.chance(0.95) ? drawLiquid(r) : drawLiquid(r).repeat(100)),
};

// What the engine at hand reads: the published plugin is older than the mapping kit.
const known = { names: undefined, without: [] };

/** Draws no other directives than these from here on, and none of these options. */
export const useDirectives = (names, without) => Object.assign(known, { names, without });

function options(r, table, depth) {
  const drawn = {};
  for (const [name, [probability, draw]] of Object.entries(table)) {
    if (!r.chance(probability === 1 ? 0.985 : probability) || known.without.includes(name)) continue;
    drawn[name] = r.chance(0.97) ? draw(r, depth) : any(r, depth);
  }
  if (r.chance(0.01)) drawn[drawKey(r)] = any(r, depth);
  if (r.chance(0.005)) drawn["@path"] = "$.event";
  return drawn;
}

const ALL = [...Object.keys(OPTIONS), ...Object.keys(ARGUMENTS), "@path", "@path", "@path", "@if", "@template"];
known.names = ALL;

/** A directive; of these `names` only, if given. */
export function drawDirective(r, depth = 2, names = known.names) {
  const name = depth <= 0 ? r.pick(["@path", "@path", "@template", "@literal"]) : r.pick(names);
  let argument = OPTIONS[name] ? options(r, OPTIONS[name], depth) : ARGUMENTS[name](r, depth);
  if (r.chance(0.01)) argument = any(r, depth);
  const directive = { [r.chance(0.997) ? name : r.pick(["@unknown", "@", "@Path", "path"])]: argument };
  if (r.chance(0.02)) directive._metadata = { label: "x" };
  if (r.chance(0.004)) directive.other = 1;
  if (r.chance(0.004)) directive["@literal"] = 1;
  return directive;
}

export function drawShape(r, depth = 2) {
  const shape = {};
  for (const key of r.many(0, 4, () => drawKey(r))) if (key !== "__proto__") shape[key] = drawMappingValue(r, depth);
  return shape;
}

function drawMappingValue(r, depth) {
  return r.weighed([
    [depth > 0 ? 5 : 3, () => drawDirective(r, depth)],
    [2, () => drawConstant(r)],
    [depth > 0 ? 1 : 0, () => drawShape(r, depth - 1)],
    [depth > 0 ? 0.7 : 0, () => r.many(0, 3, () => drawMappingValue(r, depth - 1))],
    [0.05, () => r.pick([undefined, NaN, () => 1, new Date(0), 5n])],
  ]);
}

const drawConstant = (r) => {
  const value = drawPlain(r);
  return typeof value === "string" ? drawSource(r) : value;
};

/** A whole mapping. */
export const drawMapping = (r, depth = 3) =>
  r.weighed([
    [10, () => drawShape(r, depth)],
    [1.5, () => drawDirective(r, depth)],
    [
      1,
      () => ({
        __segment_internal_directive: drawDirective(r, depth, ["@transform", "@transform", "@if", "@merge", "@flatten"]),
        ...drawShape(r, depth),
      }),
    ],
    [
      0.1,
      () =>
        r.pick([
          [],
          [{ "@path": "$.event" }],
          { __segment_internal_directive: drawMappingValue(r, 1) },
          { __segment_internal_directive: {}, a: 1 },
        ]),
    ],
  ]);
