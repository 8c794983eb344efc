// What a person reads: problems with the place in the file, and what an event comes to.
import * as util from "node:util";
import { masked, starred } from "../js/redact.js";

const WIDTH = 96,
  NEAR = 400;

// A file's own control characters must not reach the terminal.
const plain = (text) => text.replace(/\p{Cc}|\p{Cf}/gu, " ");

/** `stream`: where it goes, which is coloured on a terminal that shows colours; `showsValues`: whether what may be secret is shown. */
export const printer = ({ stream, showsValues }) => {
  const isColourful = !!stream.isTTY && stream.hasColors();
  const style = (format, text) => (isColourful && util.styleText ? util.styleText(format, text, { validateStream: false }) : text);
  const json = (value) => plain(`${JSON.stringify(value, showsValues ? undefined : masked)}`);
  const hidden = (text) => (showsValues ? text : starred(text));

  const heading = ({ file, line, column, severity, sentence, code }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    const colour = severity === "fault" ? "red" : "yellow";
    return `${style("bold", plain(place))}: ${style(colour, severity)} ${plain(sentence)} ${style("dim", `(${code})`)}`;
  };

  /** The line of `text` that holds `offset`, around that place if it is long, and a caret below it. */
  const excerpt = (text, offset, line) => {
    const lineStart = offset && text.lastIndexOf("\n", offset - 1) + 1;
    const lineEnd = text.indexOf("\n", offset);
    // More than is shown, so that no secret is seen in part; less than all, as a line may be a whole file.
    const start = Math.max(lineStart, offset - NEAR);
    const near = hidden(text.slice(start, Math.min(lineEnd < 0 ? text.length : lineEnd, offset + NEAR)).trimEnd());
    if (!near) return [];
    const characters = [...near];
    const at = [...near.slice(0, offset - start)].length;
    const from = characters.length <= WIDTH ? 0 : Math.max(0, Math.min(at - WIDTH / 2, characters.length - WIDTH));
    const shown = plain(characters.slice(from, from + WIDTH).join(""));
    const before = from > 0 ? "…" : "";
    const after = from + WIDTH < characters.length ? "…" : "";
    const margin = " ".repeat(`${line}`.length);
    return [
      `  ${style("dim", `${line} |`)} ${before}${shown}${after}`,
      `  ${style("dim", `${margin} |`)} ${" ".repeat(before.length + at - from)}${style("bold", "^")}`,
    ];
  };

  const requestLine = ({ method, path, body }) =>
    `${style("cyan", method)} ${plain(hidden(decodeURIComponent(path)))}${body === undefined ? "" : ` ${json(body)}`}`;

  return {
    problem: ({ source, place, ...problem }) => [heading(problem), ...(source === undefined ? [] : excerpt(source, place, problem.line))],
    event: ({ file, line, type, name, matched, calls = [], requests = [], notes = [] }) => [
      `${style("bold", plain(`${file}:${line}`))}: ${typeof type === "string" ? plain(type) : "no type"}${name === undefined ? "" : ` ${json(name)}`}`,
      // A deletion needs none.
      ...(matched.length === 0 && requests.length > 0
        ? []
        : [`  ${matched.length > 0 ? matched.map(json).join(", ") : "no subscription"} matched`]),
      ...calls.map((args) => `  ${style("cyan", `Intercom(${args.map(json).join(", ")})`)}`),
      ...requests.map((request) => `  ${requestLine(request)}`),
      ...notes.map((note) => `  ${style("dim", note)}`),
    ],
    /** A request to Intercom's REST API. */
    request: requestLine,
    /** What `--json` gives for calls. */
    values: (value) => (showsValues || value === undefined ? value : JSON.parse(JSON.stringify(value, masked))),
  };
};
