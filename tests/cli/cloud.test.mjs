// `check` with Cloud mode's settings: how they are recognised, their problems with places, and the requests that events make.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isCloud } from "../../cli/modes.js";
import { root } from "../../scripts/command.mjs";
import { createCloudInspector } from "../../pkg/intercom-destination.cloud.js";
import { run } from "./command.mjs";

const subscription = (fields) => ({
  partnerAction: "identifyContact",
  name: "A",
  enabled: true,
  subscribe: 'type = "identify"',
  mapping: { external_id: { "@path": "$.userId" }, email: { "@path": "$.traits.email" } },
  ...fields,
});
const eu = { region: "eu" };
const lines = (...events) => events.map((event) => JSON.stringify(event)).join("\n");
const at = "2026-01-02T03:04:05Z";
const identify = { type: "identify", timestamp: at, userId: "u-1", traits: { email: "ada@example.com" } };
const track = { type: "track", timestamp: at, userId: "u-1", event: "Order", properties: { revenue: 19.99 } };

const checked = (settings, ...args) => run(["check", "cloud.json", ...args], { files: { "cloud.json": settings } });
const told = (settings, events, ...args) =>
  run(["check", "cloud.json", "--events", "e", ...args], { files: { "cloud.json": settings, e: lines(...events) } });
/** Line, column and code of each problem. */
const places = (out) =>
  [...out.matchAll(/^\S+?:(\d+):(\d+): (?:fault|warning) .*\((\w+)\)$/gm)].map(([, line, column, code]) => [+line, +column, code]);

test("settings are Cloud mode's for a setting or an action that only it has, and for --cloud", () => {
  const mode = (settings, ...args) => (checked(settings, ...args).out.includes("setting_app_id") ? "web" : "cloud");
  for (const settings of [eu, { dryRun: true }, { subscriptions: [subscription()] }]) assert.equal(mode(settings), "cloud");
  const shared = { subscriptions: [subscription({ partnerAction: "trackEvent", mapping: {} })] };
  for (const settings of [{}, shared]) assert.deepEqual([mode(settings), mode(settings, "--cloud")], ["web", "cloud"]);
  assert.match(checked({ appId: "a", region: "eu" }).out, /region: unknown setting; ignored/);
});

test("every setting of Cloud mode alone is enough, and none of web mode's", () => {
  const read = (path, name) => {
    const [, body] = readFileSync(join(root, path), "utf8").match(new RegExp(`export interface ${name} \\{([\\s\\S]+?)\\n\\}`));
    return [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, key]) => key);
  };
  const web = read("js/types/index.d.ts", "Settings");
  const cloud = read("js/types/cloud.d.ts", "CloudSettings");
  assert.ok(cloud.length > 15);
  for (const key of cloud) assert.equal(isCloud({ [key]: 1 }), !web.includes(key), key);
  for (const key of web) assert.equal(isCloud({ [key]: 1 }), false, key);
});

test("settings, filters and mappings are told with their places, all at once", () => {
  const settings = {
    region: "mars",
    concurency: 5,
    subscriptions: [
      subscription({ subscribe: 'type = "é" or type = "' }),
      subscription({ mapping: { colour: 1, email: { "@pathh": "$.x" } } }),
      subscription({ partnerAction: "identifyUser" }),
    ],
  };
  const { code, out } = checked(settings);
  assert.equal(code, 1);
  assert.deepEqual(places(out), [
    [2, 13, "setting_region"],
    [3, 3, "cloud_setting_unknown"],
    [32, 24, "cloud_action_unknown"],
    [9, 44, "filter_unclosed_string"],
    [25, 9, "field_unknown"],
    [27, 11, "mapping_unknown_directive"],
  ]);
  assert.match(out, /cloud\.json: nothing is delivered with these settings; 3 subscriptions, 5 faults, 1 warning\n$/);
});

test("good settings end with 0, warnings too unless --strict is given", () => {
  assert.deepEqual(checked(eu), { code: 0, out: "cloud.json: 3 subscriptions, 0 faults, 0 warnings\n", err: "" });
  const warned = { subscriptions: [subscription({ mapping: { external_id: "x", colour: 1 } })] };
  assert.deepEqual([checked(warned).code, checked(warned, "--strict").code], [0, 1]);
});

test("an access token in the file is a fault, and is not shown", () => {
  const token = "dG9rOnRoZS1zZWNyZXQ=";
  for (const more of [[], ["--json"], ["--show-values"]]) {
    const { code, out } = checked(`{ "accessToken": "${token}", "regoin": "eu" }`, ...more);
    assert.equal(code, 1);
    assert.ok(!out.includes(token), out);
    assert.match(out, /setting_access_token/);
  }
});

test("an event shows its requests, in order, and what is left out of it", () => {
  const { code, out } = told(eu, [{ ...track, properties: { revenue: "free" } }], "--show-values");
  assert.deepEqual(
    [code, out],
    [
      0,
      `e:1: track "Order"
  "Track Event" matched
  POST /events {"event_name":"Order","created_at":1767323045,"user_id":"u-1","metadata":{"revenue":"free"}}
e:1: warning revenue: This is not a number; it was kept in the metadata and no price was sent. (revenue_unreadable)
cloud.json: 3 subscriptions, 1 event, 0 faults, 1 warning
`,
    ],
  );
});

test("what earlier events made is there, as in one run", () => {
  const { out } = told(eu, [identify, track]);
  assert.match(out, /^ {2}POST \/contacts \{"role":"user","external_id":"u-1","email":"\*\*\*","last_seen_at":\d+\}$/m);
  assert.match(out, /^ {2}POST \/events \{.*"id":"dryrun\d+"/m);
});

test("nobody waits in a dry run", () => {
  const began = Date.now();
  const group = { type: "group", timestamp: at, userId: "u-2", groupId: "c-1", traits: { name: "Acme" } };
  const files = { "cloud.json": eu, "e.ndjson": lines(group, group, { ...group, userId: "u-3" }) };
  assert.equal(run(["check", "cloud.json", "--events", "e.ndjson"], { files }).code, 0);
  const { code, out, err } = run(["deliver", "e.ndjson", "--settings", "cloud.json", "--dry-run"], { files });
  assert.equal(code, 0, err);
  assert.match(out, /^POST \/companies/);
  assert.ok(Date.now() - began < 5000, "it waited");
});

test("an event that would be dropped is a fault; what only an empty workspace lacks is none", () => {
  const group = { type: "group", timestamp: at, userId: "u-2", groupId: "c-1", traits: { name: "Acme" } };
  const { code, out } = told(eu, [{ ...track, userId: undefined }]);
  assert.equal(code, 1);
  assert.match(out, /^e:1: fault There is no user id and no e-mail address that names a contact\. \(nobody\)$/m);
  const absent = told(eu, [group, { type: "delete", userId: "u-3" }]);
  assert.equal(absent.code, 0);
  assert.match(absent.out, /^ {2}Intercom has no such contact\. \(contact_missing\)$/m);
  assert.match(absent.out, /^e:2: delete\n {2}GET \/contacts\/find_by_external_id\/u-3\n {2}There was no such contact/m);
});

test("events that nothing matches, that are turned off, and that are none", () => {
  const { code, out } = told(eu, [{ type: "page" }, { ...identify, integrations: { All: false } }, 5]);
  assert.equal(code, 1);
  assert.match(out, /^e:1: page\n {2}no subscription matched\ne:2: identify\n {2}"Identify Contact" matched\n {2}The event's integrations/);
  assert.match(out, /^e:3: fault The event is not an object\. \(event_unreadable\)$/m);
});

test("secrets are masked, in paths too, unless they are asked for", () => {
  const events = [
    { ...identify, traits: { email: "ada@example.com", token: "s3cret" } },
    { type: "delete", userId: "lin@example.com" },
  ];
  for (const more of [[], ["--json"]]) {
    const masked = told(eu, events, ...more).out;
    assert.ok(!/ada@|lin@|lin%40/.test(masked), masked);
    const shown = told(eu, events, "--show-values", ...more).out;
    assert.ok(shown.includes("ada@example.com") && /lin(@|%40)example\.com/.test(shown), shown);
  }
});

test("--json has requests, status and code", () => {
  const { out } = told(eu, [track, { ...track, userId: undefined }], "--json");
  const { destination, usable, subscriptions, events, problems } = JSON.parse(out);
  assert.deepEqual([destination, usable, subscriptions.length], ["Cloud mode", true, 3]);
  assert.deepEqual(
    events.map(({ matched, status, code, requests }) => [matched, status, code, requests.map(({ method, path }) => `${method} ${path}`)]),
    [
      [["Track Event"], "delivered", undefined, ["POST /events"]],
      [["Track Event"], "dropped", "nobody", []],
    ],
  );
  assert.deepEqual(
    problems.map(({ line, severity, code }) => [line, severity, code]),
    [[2, "fault", "nobody"]],
  );
});

test("a mapping with Liquid is rendered", () => {
  const settings = { region: "eu", subscriptions: [subscription({ mapping: { external_id: { "@liquid": "{{ userId | upcase }}" } } })] };
  assert.match(told(settings, [identify]).out, /"external_id":"U-1"/);
});

test("the inspector takes what createCloud takes, and asks its requests apart for each event", async () => {
  const { check, inspect } = await createCloudInspector({ accessToken: "any", fetch: () => assert.fail(), onError() {} });
  assert.deepEqual([check.usable, check.problems], [true, []]);
  const [first, second, none] = await Promise.all([inspect(identify), inspect({ ...track, userId: "u-2" }), inspect(undefined)]);
  assert.deepEqual(
    [first, second].map(({ requests }) => requests.map(({ method, path }) => `${method} ${path}`)),
    [["POST /contacts/search", "POST /contacts"], ["POST /events"]],
  );
  assert.deepEqual([none.steps, none.requests, none.outcome.code], [[], [], "event_unreadable"]);
  const broken = await createCloudInspector({ region: "mars" });
  assert.deepEqual(await broken.inspect(identify), { steps: [], requests: [], outcome: undefined });
});
