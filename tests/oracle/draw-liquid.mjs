// Liquid templates: output, filters and tags, those that Segment disables and those that nobody has.
import { drawKey, drawSource } from "./draw-text.mjs";

const drawVariable = (r) =>
  `${r.pick(["properties", "traits", "event", "userId"])}${r.chance(0.7) ? `.${drawKey(r).replace(/\W/g, "_")}` : ""}`;
const drawFilterCall = (r) =>
  r.pick([
    "upcase",
    "downcase",
    "size",
    'default: "none"',
    "plus: 1",
    "json",
    "first",
    'append: "!"',
    "sort",
    "map: 'a'",
    "reverse",
    "unknown",
    "round",
    "strip",
  ]);
const drawOutput = (r) => `{{ ${drawVariable(r)}${r.many(0, 2, () => ` | ${drawFilterCall(r)}`).join("")} }}`;

export const drawLiquid = (r) =>
  r
    .many(1, 3, () =>
      r.weighed([
        [4, () => drawOutput(r)],
        [2, () => drawSource(r).replace(/\{+%?/g, "{")],
        [1.5, () => `{% if ${drawVariable(r)}${r.chance(0.5) ? ' == "pro"' : ""} %}${drawOutput(r)}{% else %}no{% endif %}`],
        [0.5, () => `{% assign x = ${drawVariable(r)} %}{{ x }}`],
        [
          0.4,
          () =>
            r.pick([
              "{% for i in properties.items %}{{ i }}{% endfor %}",
              "{% case a %}{% when 1 %}{% endcase %}",
              "{% include 'x' %}",
              "{{ a",
              "{% if %}",
              "{{ 'a' }}",
            ]),
        ],
      ]),
    )
    .join("");
