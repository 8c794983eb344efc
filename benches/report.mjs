// From samples to rows, and from rows to a table.
import { titles } from "./cases.mjs";

const loadingTitles = {
  cold: "script arrival to plugin ready, cold",
  warm: "script arrival to plugin ready, warm",
  call: "script arrival to first call heard",
  event: "script arrival to first event heard",
  task: "longest task while loading",
};
const visitTitles = {
  blocking: "blocking time of a visit, before the visitor does anything",
  longest: "longest task of a visit, before the visitor does anything",
  bytes: "bytes of scripts, before the visitor does anything",
  open: "click to open Messenger",
  beyond: "of that, beside the widget's own load",
};
const waysTitles = { tag: "script tag", npm: "npm, webpack" };

const sorted = (list) => list.toSorted((a, b) => a - b);
function quantile(list, at) {
  const place = (list.length - 1) * at;
  const low = Math.floor(place);
  const values = sorted(list);
  return values[low] + ((values[low + 1] ?? values[low]) - values[low]) * (place - low);
}
const summary = (list) => ({ median: quantile(list, 0.5), low: quantile(list, 0.25), high: quantile(list, 0.75) });

/** One round's times stand under one load of the machine, so they are divided by each other before the median is taken. */
const ratio = (over, under) => over && under?.every((value) => value > 0) && summary(over.map((value, i) => value / under[i]));

function row(group, name, title, unit, samples) {
  const sides = Object.fromEntries(Object.entries(samples).map(([side, list]) => [side, summary(list)]));
  return {
    group,
    name,
    title,
    unit,
    sides,
    peerToOurs: ratio(samples.peer, samples.ours),
    oursToPlain: ratio(samples.ours, samples.plain),
    samples,
  };
}

export function rowsOf({ events = {}, loading = {}, visits = {}, heap, bytes }) {
  const rows = Object.entries(events).map(([name, samples]) => row("event", name, titles[name], "µs", samples));
  for (const [name, samples] of Object.entries(loading)) rows.push(row("loading", name, loadingTitles[name], "ms", samples));
  for (const [name, samples] of Object.entries(visits)) {
    const [measure, load] = name.split("-");
    rows.push(row("visit", name, `${visitTitles[measure]}, load: "${load}"`, measure === "bytes" ? "B" : "ms", samples));
  }
  if (heap) {
    const kilobytes = Object.fromEntries(Object.entries(heap).map(([side, list]) => [side, list.map((each) => (each * 1e5) / 1024)]));
    const { peerToOurs, oursToPlain, ...rest } = row("heap", "heap", "heap kept by 100,000 events", "KB", kilobytes);
    rows.push(rest);
  }
  for (const [way, sides] of Object.entries(bytes ?? {})) {
    for (const unit of ["raw", "gzip", "brotli"]) {
      const samples = Object.fromEntries(Object.entries(sides).map(([side, size]) => [side, [size[unit]]]));
      rows.push(row("bytes", `${way}-${unit}`, `${waysTitles[way]}, ${unit}`, "B", samples));
    }
  }
  return rows;
}

const short = (value) =>
  value >= 1000
    ? Math.round(value).toLocaleString("en")
    : value >= 100
      ? value.toFixed(0)
      : value >= 10
        ? value.toFixed(1)
        : value.toFixed(2);
const cell = (value) => {
  if (!value) return "";
  const { median, low, high } = value;
  return low === high ? short(median) : `${short(median)} [${short(low)}–${short(high)}]`;
};

export function tableOf(rows) {
  const head = ["", "unit", "peer", "ours", "plain", "peer ÷ ours", "ours ÷ plain"];
  const body = rows.map(({ title, unit, sides, peerToOurs, oursToPlain }) => {
    return [title, unit, cell(sides.peer), cell(sides.ours), cell(sides.plain), cell(peerToOurs), cell(oursToPlain)];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((line) => line[column].length)));
  const line = (cells) =>
    `| ${cells.map((text, column) => (column < 2 ? text.padEnd(widths[column]) : text.padStart(widths[column]))).join(" | ")} |`;
  const rule = `|${widths.map((width, column) => (column < 2 ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...body.map(line)].join("\n");
}
