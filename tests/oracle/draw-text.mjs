// Text as sites and visitors write it, and as nobody should.

/** Names that events, paths and filters share, so that the ones find the others. */
export const KEYS = ["name", "email", "plan", "revenue", "currency", "total", "items", "id", "a", "b", "a b", "0", "1", "is-vip", "_x"];
/** Names that every JavaScript object answers to, and ones that only look alike. */
const INHERITED = ["constructor", "toString", "__proto__", "hasOwnProperty", "length", "valueOf"];

const WORDS = [
  "",
  "Order Completed",
  "Signed Up",
  "track",
  "pro",
  "Pro*",
  "Ada",
  "true",
  "null",
  "0",
  "42",
  "1e3",
  "0x1f",
  " 7 ",
  "2024-05-06T07:08:09Z",
];
const HOSTILE = [
  "{{name}}",
  "{{{name}}}",
  "{{",
  "}}",
  "$&",
  "$1",
  "$$",
  "a.b",
  "[0]",
  "<script>",
  "'",
  '"',
  "\\",
  "\n",
  "\t",
  "\u0000",
  "é",
  "e\u0301",
  "İ",
  "ß",
  "😀",
  "👩‍👩‍👧",
  "\u2028",
  "\ufeff",
  "\u00a0x",
  "مرحبا",
  "日本語",
  "@path",
  "__proto__",
  "%s",
  "{%",
  "a".repeat(12),
];

export const drawKey = (r) => (r.chance(0.05) ? r.pick(INHERITED) : r.pick(KEYS));

export const drawText = (r) =>
  r.weighed([
    [6, () => r.pick(WORDS)],
    [3, () => r.pick(KEYS)],
    [3, () => r.pick(HOSTILE)],
    [2, () => r.many(1, 4, () => r.pick(r.chance(0.5) ? HOSTILE : WORDS)).join(r.pick(["", " ", "."]))],
    // Half a character: events may hold it, as a page may cut a text anywhere.
    [0.2, () => "\ud83d"],
  ]);

/** Text of a filter or mapping, which sites write and store as JSON: whole characters only. */
export const drawSource = (r) => drawText(r).replace(/[\ud800-\udfff]/gu, "?");
