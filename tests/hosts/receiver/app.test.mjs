// The receiver's HTTP side: what it takes, what it refuses, and where it says that the fault is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createReceiver } from "../../../hosts/receiver/app.js";
import { AUTHORIZATION, open, sign, SIGNING, track } from "./requests.mjs";

const code = ([status, { error }]) => [status, error.code, ...(error.path ? [error.path] : [])];

test("single events and batches are kept in their order, deletes too", async () => {
  const { kept, post } = open();
  const removal = { type: "delete", userId: "u-1" };
  assert.deepEqual([...(await post(track("u-1")))], [200, { accepted: 1 }]);
  assert.deepEqual([...(await post([track("u-2"), removal]))], [200, { accepted: 2 }]);
  assert.deepEqual([...(await post([]))], [200, { accepted: 0 }]);
  assert.deepEqual(kept, [track("u-1"), track("u-2"), removal]);
});

test("the answer comes when the queue has the events, not before", async () => {
  let keep;
  const { post } = open({ queue: { send: () => new Promise((done) => (keep = done)) } });
  let status;
  const answered = post(track("u-1")).then(([found]) => (status = found));
  await new Promise((done) => setTimeout(done, 20));
  assert.equal(status, undefined);
  keep();
  await answered;
  assert.equal(status, 200);
});

test("events that the queue does not take are answered 503, and nothing of them is logged", async () => {
  const { post, logged } = open({ queue: { send: () => Promise.reject(Object.assign(new Error("of ada@example.com"), { code: "XX" })) } });
  const answer = await post({ ...track("u-1"), email: "ada@example.com" });
  assert.deepEqual(code(answer), [503, "queue_unavailable"]);
  assert.equal(answer.headers.get("retry-after"), "5");
  assert.deepEqual(logged, [["error", "The queue did not take events", { code: "XX", name: "Error", events: 1 }]]);
});

test("a secret header is needed unless it is turned off by name", async () => {
  assert.throws(() => createReceiver({ secrets: { signing: SIGNING }, queue: {} }), { code: "authorization_missing" });
  assert.throws(() => createReceiver({ secrets: { authorization: "" }, queue: {} }), { code: "authorization_missing" });
  const { kept, post } = open();
  for (const authorization of [undefined, "", "Bearer", `${AUTHORIZATION} `.repeat(2), AUTHORIZATION.toLowerCase()])
    assert.deepEqual(code(await post(track("u-1"), { authorization })), [401, "authorization_wrong"]);
  assert.equal(kept.length, 0);
  const unlocked = open({ authorization: false });
  assert.equal((await unlocked.post(track("u-1"), { authorization: undefined }))[0], 200);
  const changing = open({ authorization: ["old", AUTHORIZATION] });
  assert.equal((await changing.post(track("u-1")))[0], 200);
  assert.equal((await changing.post(track("u-1"), { authorization: "old" }))[0], 200);
  const blank = open({ authorization: ["", AUTHORIZATION] });
  assert.deepEqual(code(await blank.post(track("u-1"), { authorization: "" })), [401, "authorization_wrong"]);
  assert.equal((await blank.post(track("u-1")))[0], 200);
});

test("a signature covers the first event as it stands in the body", async () => {
  const { kept, post } = open({ signing: ["another", SIGNING] });
  const odd = `{ "type":"track",  "userId": "u-\\"]},{[\\\\", "event":"A","properties":{"n":1.0,"a":[1,{"b":[]}]} }`;
  const [, second] = [odd, JSON.stringify(track("u-2"))];
  for (const [body, signed] of [
    [odd, odd],
    [` ${odd}\n`, odd],
    [` ${odd}\n`, ` ${odd}\n`],
    [`\t[ ${odd} , ${second} ]`, odd],
    [`[${odd}]`, odd],
    [`[${odd},${second}]`, `[${odd},${second}]`],
    ["[]", "[]"],
  ])
    assert.equal((await post(body, { "x-signature": sign(signed) }))[0], 200, body);
  const before = kept.length;
  for (const [signature, expected] of [
    [undefined, "signature_missing"],
    ["", "signature_missing"],
    ["zz".repeat(20), "signature_missing"],
    [sign(odd).slice(2), "signature_missing"],
    [sign(odd, "wrong"), "signature_wrong"],
    [sign(second), "signature_wrong"],
    [sign(JSON.stringify(JSON.parse(odd))), "signature_wrong"],
  ])
    assert.deepEqual(code(await post(`[${odd},${second}]`, { "x-signature": signature })), [401, expected]);
  assert.equal(kept.length, before);
});

test("what is not an event is refused with its place", async () => {
  const { kept, post } = open({ limits: { depth: 4, events: 3, eventBytes: 200 } });
  for (const [body, ...expected] of [
    ["", 400, "json_syntax"],
    ['{"type":"track",}', 400, "json_syntax"],
    ["5", 400, "event_unreadable"],
    ["null", 400, "event_unreadable"],
    [[track("u-1"), 5], 400, "event_unreadable", "[1]"],
    [[track("u-1"), [track("u-2")]], 400, "event_unreadable", "[1]"],
    ['{"a":{"b":{"c":{"d":{}}}}}', 400, "too_deep"],
    ['[{"a":{"b":{"c":{}}}},{"a":{"b":{"c":[[]]}}}]', 400, "too_deep", "[1]"],
    [[1, 2, 3, 4], 413, "batch_too_large"],
    [[track("u-1"), track("u-2", { text: "é".repeat(80) })], 413, "event_too_large", "[1]"],
  ])
    assert.deepEqual(code(await post(body)), expected, JSON.stringify(body));
  assert.equal(kept.length, 0);
  const [, { error }] = await post('{\n  "type": track\n}');
  assert.match(error.message, /^expected a JSON value.*, at line 2, column 11$/);
  assert.equal((await post('{"a":{"b":{"c":{}}}}'))[0], 200);
  assert.equal((await post(track("u-2", { text: "é".repeat(30) })))[0], 200);
});

test("an object around a batch is refused, and an event that has such a list is taken", async () => {
  const { kept, post } = open();
  for (const key of ["batch", "events"]) {
    const message = `expected a single event or an array of events, found an object with "${key}"`;
    for (const wrapped of [{ [key]: [] }, { type: 5, sentAt: "2026-01-01", [key]: [track("u-1")] }])
      assert.deepEqual([...(await post(wrapped))], [400, { error: { code: "batch_wrapped", message } }]);
    assert.deepEqual(code(await post([track("u-1"), { [key]: [track("u-2")] }])), [400, "batch_wrapped", "[1]"]);
  }
  assert.equal(kept.length, 0);
  for (const event of [
    { ...track("u-1"), batch: [1], events: [] },
    { batch: "b", events: { 0: 1 } },
  ])
    assert.equal((await post(event))[0], 200);
});

test("JSON that nests without end is refused, not fallen over", async () => {
  const { post } = open();
  const [open_, close] = ["[".repeat(500_000), "]".repeat(500_000)];
  assert.deepEqual(code(await post(`{"a":${open_}${close}}`)), [400, "too_deep"]);
  assert.deepEqual(code(await post(open_)), [400, "too_deep"]);
  const [, { error }] = await post("[".repeat(100_000));
  assert.deepEqual(error, { code: "too_deep", message: "expected at most 64 levels of nesting" });
  assert.deepEqual(code(await post(open_ + close)), [400, "event_unreadable", "[0]"]);
});

test("a body over the limit is refused, with and without a length, before it is read to its end", async () => {
  const { post } = open({ limits: { bodyBytes: 1000 } });
  const large = JSON.stringify(track("u-1", { text: "x".repeat(1000) }));
  assert.deepEqual(code(await post(large)), [413, "body_too_large"]);
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled++;
      controller.enqueue(new Uint8Array(100).fill(32));
    },
  });
  assert.deepEqual(code(await post(endless)), [413, "body_too_large"]);
  assert.ok(pulled < 20, `${pulled} parts were read`);
});

test("other types, paths and methods are told what is expected", async () => {
  const { call, post } = open();
  for (const type of [undefined, "text/plain", "application/jsonp", "multipart/form-data"])
    assert.deepEqual(code(await post(JSON.stringify(track("u-1")), { "content-type": type ?? "" })), [415, "content_type_wrong"]);
  for (const type of ["application/json; charset=utf-8", "application/JSON", "application/vnd.rudder+json"])
    assert.equal((await post(track("u-1"), { "content-type": type }))[0], 200);
  assert.deepEqual(code(await post(track("u-1"), { "content-encoding": "gzip" })), [415, "content_encoding_unknown"]);
  assert.deepEqual(code(await call("POST", "/", track("u-1"))), [404, "path_unknown"]);
  assert.deepEqual(code(await call("GET", "/../etc/passwd")), [404, "path_unknown"]);
  const wrong = await call("GET", "/events");
  assert.deepEqual([...code(wrong), wrong.headers.get("allow")], [405, "method_wrong", "POST, PUT, PATCH"]);
  assert.deepEqual(code(await call("POST", "/health", {})), [405, "method_wrong"]);
});

test("health is the queue's, and metrics need the secret and count what came", async () => {
  const counted = [];
  const metrics = { count: (...one) => counted.push(one), render: async () => ({ type: "text/plain; version=0.0.4", body: "up 1\n" }) };
  const queue = { send: async () => {}, health: async () => ({ ok: false, depth: 7 }) };
  const { call, post } = open({ metrics, queue });
  assert.deepEqual([...(await call("GET", "/health", undefined, { authorization: undefined }))], [503, { ok: false, depth: 7 }]);
  assert.deepEqual(code(await call("GET", "/metrics", undefined, { authorization: "no" })), [401, "authorization_wrong"]);
  const rendered = await call("GET", "/metrics");
  assert.deepEqual([...rendered, rendered.headers.get("content-type")], [200, "up 1\n", "text/plain; version=0.0.4"]);
  await call("POST", "/health");
  // Requests to /events alone.
  assert.deepEqual(counted, []);
  await post([track("u-1"), track("u-2")]);
  await post("5");
  assert.deepEqual(counted, [
    ["received", {}, 2],
    ["requests", { code: "accepted" }, 1],
    ["requests", { code: "event_unreadable" }, 1],
  ]);
  assert.deepEqual([...(await open().call("GET", "/health"))], [200, { ok: true }]);
});
