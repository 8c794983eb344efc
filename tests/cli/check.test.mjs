// The command line: what it prints, to the letter, and how it ends.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { run } from "./command.mjs";

const subscription = (fields) => ({
  partnerAction: "trackEvent",
  name: "A",
  enabled: true,
  subscribe: 'type = "track"',
  mapping: { event_name: { "@path": "$.event" }, event_metadata: { "@path": "$.properties" } },
  ...fields,
});
const good = { appId: "abc123", subscriptions: [subscription()] };
const broken = { appId: "abc123", subscriptions: [subscription({ subscribe: "type" })] };
const lines = (...events) => events.map((event) => (typeof event === "string" ? event : JSON.stringify(event))).join("\n");
const order = { type: "track", event: "Order", properties: { total: 5 } };

const checks = (files, ...args) => run(["check", "settings.json", ...args], { files });
const checked = (settings, ...args) => checks({ "settings.json": settings }, ...args);
/** Line, column and code of each problem. */
const places = (out) =>
  [...out.matchAll(/^\S+?:(\d+):(\d+): (?:fault|warning) .*\((\w+)\)$/gm)].map(([, line, column, code]) => [+line, +column, code]);

test("settings without a fault end with 0, with a fault with 1", () => {
  assert.deepEqual(checked(good), { code: 0, out: "settings.json: 1 subscription, 0 faults, 0 warnings\n", err: "" });
  const { code, out, err } = checked(broken);
  assert.deepEqual([code, err, places(out)], [1, "", [[8, 21, "filter_incomplete"]]]);
});

test("warnings pass, unless --strict is given", () => {
  const settings = { ...good, colour: "red" };
  assert.equal(checked(settings).code, 0);
  assert.equal(checked(settings, "--strict").code, 1);
  assert.equal(checked(good, "--strict").code, 0);
});

test("the caret stands below the place, whatever JSON's escapes and wide characters do to it", () => {
  const filter = 'event = \\"\\u00e9\\ud83c\\udf89🎉\\" and event = \\"x';
  const text = `{"appId": "a", "subscriptions": [{"partnerAction": "trackEvent", "enabled": true,\n "subscribe": "${filter}"}]}`;
  const { out } = checked(text);
  const [heading, source, caret] = out.split("\n");
  assert.match(
    heading,
    /^settings\.json:2:60: fault subscription "0" filter column 27: expected a closing quote \(filter_unclosed_string\)$/,
  );
  assert.equal([...source].slice(caret.indexOf("^")).join(""), '\\"x"}]}');
});

test("a long line is shown around its place", () => {
  const { out } = checked(
    JSON.stringify({ appId: "a", long: "x".repeat(300), subscriptions: [subscription({ subscribe: "type" })], more: "y".repeat(300) }),
  );
  const [, , , , source, caret] = out.split("\n").slice(3);
  assert.ok(source.length < 120 && source.includes("…"), source);
  assert.ok(source.slice(caret.indexOf("^")).startsWith("type"), source);
});

test("problems point at the key where the key is wrong, and at the parent of what is not there", () => {
  const settings =
    '{\n  "colour": "red",\n  "subscriptions": [\n    { "partnerAction": "no", "enabled": true },\n    { "partnerAction": "trackEvent", "enabled": true, "subscribe": "type = \\"track\\"", "mapping": { "a.b": [\n      { "@if": { "then": 1 } },\n      { "@path": 5, "b": 1 }\n    ] } }\n  ]\n}';
  assert.deepEqual(
    places(checked(settings).out).toSorted((a, b) => a[0] - b[0]),
    [
      [1, 1, "setting_app_id"],
      [2, 3, "setting_unknown"],
      [4, 24, "action_unknown"],
      [6, 16, "mapping_missing_condition"],
      [7, 7, "mapping_directive_not_alone"],
    ],
  );
});

test("of two equal keys the last one counts, as in JSON.parse", () => {
  const { out } = checked('{ "appId": "a",\n  "activator": "#x",\n  "activator": 5 }');
  assert.deepEqual(places(out), [[3, 16, "setting_text"]]);
});

test("JSON that is none is told with its place and what was expected", () => {
  const cases = {
    '{ "appId": "a", }': [1, 17, "expected a key in double quotes"],
    '{\n  "appId" "a" }': [2, 11, "expected a colon"],
    '{ "appId": "a" "b": 1 }': [1, 16, "expected a comma"],
    '{ "appId": "a"': [1, 15, "expected a closing brace"],
    "[1": [1, 3, "expected a closing bracket"],
    '{ "appId": "a': [1, 12, "expected a closing quote"],
    "{ 'appId': 1 }": [1, 3, "expected a JSON value: a string in double quotes, a number, true, false, null, { or ["],
    "{} {}": [1, 4, "expected the end, after one value"],
    "// settings\n{}": [1, 1, "comments cannot stand in JSON"],
    '{ "a": "\\x" }': [1, 8, 'expected one of " \\ / b f n r t u after a backslash'],
    '{ "a": 01 }': [1, 9, "expected a comma"],
    "": [1, 1, "expected a value"],
  };
  for (const [text, [line, column, expected]] of Object.entries(cases)) {
    const { code, out } = checked(text);
    assert.equal(out.split("\n")[0], `settings.json:${line}:${column}: fault ${expected} (json_syntax)`, text);
    assert.equal(code, 1);
  }
});

test("a byte order mark, and nesting without end, are no trouble", () => {
  assert.equal(checked(`\ufeff${JSON.stringify(good)}`).code, 0);
  assert.match(checked("\ufeff{,").out, /^settings\.json:1:2: fault/);
  for (const text of ["[".repeat(1e5), "[".repeat(1e5) + "]".repeat(1e5), `${'{"a":'.repeat(1e5)}1${"}".repeat(1e5)}`]) {
    const { code, out, err } = checked(text);
    assert.deepEqual([code, err], [1, ""]);
    assert.match(out, /^settings\.json:1:1: fault /m);
  }
});

test("events are told one by one, and a bad line does not stop the rest", () => {
  const events = lines(order, "", '{"type": "track",', { type: "page", name: "Home" }, 5);
  const { code, out } = checks({ "settings.json": good, "events.ndjson": events }, "--events", "events.ndjson");
  assert.equal(
    out,
    `events.ndjson:1: track "Order"
  "A" matched
  Intercom("trackEvent", "Order", {"total":5})
events.ndjson:3:18: fault expected a key in double quotes (json_syntax)
events.ndjson:4: page "Home"
  no subscription matched
events.ndjson:5: no type
  no subscription matched
events.ndjson:5: fault Skipped an event that is not an object (event_unreadable)
settings.json: 1 subscription, 4 events, 2 faults, 0 warnings
`,
  );
  assert.equal(code, 1);
});

test("an array of events gives their lines as well", () => {
  const events = `\n[\n  ${JSON.stringify(order)},\n\n  { "type": "page",\n "name": "Home" }, ${JSON.stringify(order)}\n]`;
  const { code, out } = checks({ "settings.json": good, "events.json": events }, "--events", "events.json");
  assert.deepEqual([code, out.match(/^events\.json:\d+/gm)], [0, ["events.json:3", "events.json:5", "events.json:6"]]);
  const torn = checks({ "settings.json": good, "events.json": "[{}," }, "--events", "events.json");
  assert.deepEqual([torn.code, places(torn.out)], [1, [[1, 5, "json_syntax"]]]);
});

test("lines of events end at line feeds only", () => {
  const text = `${JSON.stringify({ ...order, event: "a\u2028b" })}\r\n${JSON.stringify(order)}`;
  const { code, out } = checks({ "settings.json": good, "events.ndjson": text }, "--events", "events.ndjson");
  assert.deepEqual([code, out.match(/^events\.ndjson:\d+/gm)], [0, ["events.ndjson:1", "events.ndjson:2"]]);
});

test("another user is another visitor", () => {
  const group = (userId) => ({ type: "group", userId, groupId: "g", traits: { name: "Acme" } });
  const identify = (userId) => ({ type: "identify", userId, traits: { name: "Ada" } });
  const told = (...events) =>
    checks({ "settings.json": { appId: "a" }, e: lines(...events) }, "--events", "e").out.match(/group_before_identify/g)?.length ?? 0;
  assert.equal(told(identify("u-1"), group("u-1"), group("u-1")), 0);
  assert.equal(told(identify("u-1"), group("u-1"), group("u-2")), 1);
});

test("secrets are masked, unless they are asked for", () => {
  const token = `eyJ${"a".repeat(20)}.${"b".repeat(20)}.${"c".repeat(20)}`;
  const secrets = ["ada@shop.example", "d".repeat(64), token, "s3cret"];
  const mapping = { event_name: "ada@shop.example", event_metadata: { "@path": "$.properties" } };
  const settings = {
    appId: "a",
    "eve@shop.example": 1,
    subscriptions: [subscription({ subscribe: 'traits.email = "ada@shop.example" or', mapping }), subscription({ mapping })],
  };
  const event = {
    type: "track",
    event: "ada@shop.example",
    properties: { a: secrets[0], b: secrets[1], c: secrets[2], password: secrets[3] },
  };
  const files = { "settings.json": settings, e: lines(event) };
  for (const more of [[], ["--json"]]) {
    const masked = checks(files, "--events", "e", ...more).out;
    for (const secret of secrets) assert.ok(!masked.includes(secret), `${secret} in ${masked}`);
    const shown = checks(files, "--events", "e", "--show-values", ...more).out;
    for (const secret of secrets) assert.ok(shown.includes(secret), secret);
  }
});

test("paths and long keys are not taken for secrets", () => {
  const settings = { appId: "a", colour: "properties.billing_address.postal_code" };
  assert.ok(checked(settings).out.includes("properties.billing_address.postal_code"));
});

test("what a file holds cannot steer the terminal", () => {
  const { out } = checked({
    appId: "a",
    "x\u001b[2J\u0007": 1,
    subscriptions: [subscription({ name: "\u001b]0;x\u0007", subscribe: "type" })],
  });
  assert.doesNotMatch(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

test("--quiet prints problems only", () => {
  const files = { "settings.json": good, e: lines(order, 5) };
  assert.equal(checks(files, "--events", "e", "--quiet").out, "e:2: fault Skipped an event that is not an object (event_unreadable)\n");
  assert.equal(checked(good, "--quiet").out, "");
});

test("--json prints one report", () => {
  const { code, out } = checks({ "settings.json": broken, e: lines(order) }, "--events", "e", "--json");
  const report = JSON.parse(out);
  assert.equal(code, 1);
  assert.deepEqual(report, {
    file: "settings.json",
    destination: "Settings",
    usable: true,
    subscriptions: [{ index: 0, name: "A", action: "trackEvent", enabled: true, works: false, eventTypes: [] }],
    faults: 1,
    warnings: 0,
    problems: [
      {
        file: "settings.json",
        line: 8,
        column: 21,
        severity: "fault",
        code: "filter_incomplete",
        sentence: 'subscription "A" filter column 1: expected a whole condition',
        expected: "expected a whole condition",
        found: "",
        path: ["subscriptions", 0, "subscribe"],
        offset: 0,
      },
    ],
    events: [{ file: "e", line: 1, type: "track", name: "Order", matched: [], calls: [] }],
  });
});

test("standard input takes the place of either file", () => {
  assert.deepEqual(run(["check", "-"], { input: JSON.stringify(good) }), {
    code: 0,
    out: "stdin: 1 subscription, 0 faults, 0 warnings\n",
    err: "",
  });
  const { out } = run(["check", "settings.json", "--events", "-"], { files: { "settings.json": good }, input: lines(order) });
  assert.match(out, /^stdin:1: track "Order"\n/);
});

test("settings are found in what Segment's CDN gives a page", () => {
  const plugin = { name: "Intercom Web (Actions)", libraryName: "intercomDestination", url: "https://x", settings: broken };
  const documents = [
    { integrations: {}, remotePlugins: [{ name: "Other", settings: {} }, plugin] },
    { writeKey: "k", cdnSettings: { remotePlugins: [plugin] } },
    plugin,
  ];
  for (const document of documents) {
    const text = JSON.stringify(document, undefined, 1);
    const line = text.split("\n").findIndex((line) => line.includes('"subscribe"')) + 1;
    assert.deepEqual(
      places(checked(text).out).map(([line, , code]) => [line, code]),
      [[line, "filter_incomplete"]],
    );
  }
  const two = checked({ remotePlugins: [plugin, { ...plugin, settings: good }] });
  assert.deepEqual(
    places(two.out).map(([, , code]) => code),
    ["settings_several", "filter_incomplete"],
  );
  const { code, out } = checked({ integrations: {}, remotePlugins: [{ name: "Other" }] });
  assert.equal(code, 1);
  assert.match(
    out,
    /^settings\.json:1:1: fault expected a destination "Intercom Web \(Actions\)", or settings with an appId \(settings_missing\)$/m,
  );
});

test("settings are found in the answers of Segment's Public API", () => {
  const subscriptions = [
    { id: "1", name: "A", actionSlug: "trackEvent", enabled: true, trigger: "type", settings: { event_name: { "@pathh": 1 } } },
    { id: "2", name: "B", actionSlug: "track", enabled: true, trigger: 'type = "track"', settings: {} },
  ];
  const answer = { destination: { id: "d", settings: { appId: "abc123", activator: 5 } }, subscriptions };
  for (const document of [answer, { data: answer }]) {
    const text = JSON.stringify(document, undefined, 1);
    const where = (part) => text.split("\n").findIndex((line) => line.includes(part)) + 1;
    assert.deepEqual(
      places(checked(text).out).map(([line, , code]) => [line, code]),
      [
        [where('"activator"'), "setting_text"],
        [where('"track"'), "action_unknown"],
        [where('"trigger"'), "filter_incomplete"],
        [where('"@pathh"'), "mapping_unknown_directive"],
      ],
    );
  }
  const alone = checked({ data: { destination: answer.destination } }, "--json");
  assert.equal(JSON.parse(alone.out).destination, "Intercom Web (Actions)");
});

test("a mapping with Liquid is rendered", () => {
  const settings = { appId: "a", subscriptions: [subscription({ mapping: { event_name: { "@liquid": "{{ event | upcase }}" } } })] };
  assert.match(checks({ "settings.json": settings, e: lines(order) }, "--events", "e").out, /Intercom\("trackEvent", "ORDER", \{\}\)/);
});

test("a command that is none, or a file that cannot be read, ends with 2 and one sentence", () => {
  const cases = [
    [[], "A command is missing"],
    [["chek"], 'There is no command "chek"'],
    [["check"], "The file with the settings is missing"],
    [["check", "a.json", "b.json"], "One file with settings at a time"],
    [["check", "a.json", "--colour"], "Unknown option '--colour'"],
    [["check", "-", "--events", "-"], "Settings and events cannot both come from standard input"],
    [["check", "none.json"], "none.json cannot be read: there is no such file"],
    [["check", "."], ". cannot be read: it is a folder"],
    [["check", "settings.json", "--events", "none"], "none cannot be read: there is no such file"],
    [["check", "settings.json", "--events", "."], ". cannot be read: it is a folder"],
  ];
  for (const [args, sentence] of cases) {
    const { code, out, err } = run(args, { files: { "settings.json": good } });
    assert.deepEqual([code, out], [2, ""], args.join(" "));
    assert.ok(err.startsWith(`intercom-destination: ${sentence}`) && err.trimEnd().split("\n").length === 1, err);
  }
});

test("--help and --version say so and end with 0", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.deepEqual(run(["--version"]), { code: 0, out: `${version}\n`, err: "" });
  const { code, out } = run(["check", "--help"]);
  assert.equal(code, 0);
  assert.match(out, /^Usage: intercom-destination check /);
});
