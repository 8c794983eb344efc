import assert from "node:assert/strict";
import { test } from "node:test";
import { openWorkspace, user } from "./client.mjs";

test("a call without the token, or with another one, is answered 401 without rate headers", () => {
  const { call } = openWorkspace({ token: ["secret", "second"] });
  assert.equal(call("GET", "/me").status, 200);
  assert.equal(call("GET", "/me", undefined, { authorization: "Bearer second" }).status, 200);
  for (const authorization of ["Bearer other", "Basic secret", ""]) {
    const { status, body, headers } = call("GET", "/me", undefined, { authorization });
    assert.deepEqual([status, body.errors[0].code, body.errors[0].message], [401, "unauthorized", "Access Token Invalid"]);
    assert.equal("x-ratelimit-limit" in headers, false);
  }
});

test("GET /me tells the workspace's region", () => {
  assert.equal(openWorkspace({ region: "EU" }).done("GET", "/me").app.region, "EU");
});

test("a token on another region's host is refused, not found or served, as the switch says", () => {
  const ask = (wrongHost, host) => {
    const { intercom } = openWorkspace({ region: "EU", switches: { wrongHost } });
    return intercom.handle({ method: "GET", path: "/me", headers: { authorization: "Bearer secret" }, body: "", host }).status;
  };
  assert.equal(ask("unauthorized", "api.intercom.io"), 401);
  assert.equal(ask("not found", "api.intercom.io"), 404);
  assert.equal(ask("serve", "api.intercom.io"), 200);
  assert.equal(ask("unauthorized", "api.eu.intercom.io"), 200);
  assert.equal(ask("unauthorized", "127.0.0.1"), 200);
});

test("an endpoint that the plan does not have is answered 403", () => {
  const { refused, done } = openWorkspace({ forbidden: ["POST /events"] });
  const { status, code } = refused("POST", "/events", {});
  assert.deepEqual([status, code], [403, "api_plan_restricted"]);
  done("POST", "/contacts", user("u-1"));
});

test("other media types are answered 406", () => {
  const { call, refused } = openWorkspace();
  assert.equal(refused("GET", "/me", undefined, { accept: "text/html" }).code, "media_type_not_acceptable");
  assert.equal(refused("POST", "/contacts", user("u-1"), { "content-type": "text/plain" }).status, 406);
  assert.equal(call("GET", "/me", undefined, { accept: "*/*" }).status, 200);
  assert.equal(call("POST", "/contacts", user("u-1"), { "content-type": "application/json; charset=utf-8" }).status, 200);
});

test("a body that is not an object in JSON is refused", () => {
  const { refused } = openWorkspace();
  for (const body of ["{", "[]", "null", '"a"']) assert.equal(refused("POST", "/contacts", body).status, 400, body);
});

test("unknown paths and methods are not found", () => {
  const { refused } = openWorkspace();
  for (const [method, path] of [
    ["GET", "/shoes"],
    ["PATCH", "/contacts/1"],
    ["POST", "/contacts/1/shoes"],
  ]) {
    assert.deepEqual([refused(method, path).status, refused(method, path).message], [404, "Resource Not Found"]);
  }
});

test("errors have the form of the API, with an id of the request", () => {
  const { call } = openWorkspace();
  const { body, headers } = call("GET", "/contacts/none");
  assert.deepEqual(body, {
    type: "error.list",
    request_id: "standin-1",
    errors: [{ code: "not_found", message: "Contact Not Found", field: null }],
  });
  assert.match(headers["content-type"], /^application\/json/);
});

test("versions are recorded, unknown ones refused, and find_by_external_id is there from 2.13", () => {
  const { done, refused, intercom } = openWorkspace();
  done("POST", "/contacts", user("u-1"));
  const find = "/contacts/find_by_external_id/u-1";
  assert.equal(refused("GET", find, undefined, { "Intercom-Version": "2.12" }).message, "Resource Not Found");
  done("GET", find, undefined, { "Intercom-Version": "2.13" });
  done("GET", find, undefined, { "Intercom-Version": "Preview" });
  assert.equal(refused("GET", find, undefined, { "Intercom-Version": "2.99" }).code, "intercom_version_invalid");
  assert.deepEqual(intercom.state().counters.versions, { none: 1, 2.12: 1, 2.13: 1, Preview: 1, 2.99: 1 });
});

test("calls are counted by endpoint and status, and each is told to onCall", () => {
  const calls = [];
  const { done, call, intercom } = openWorkspace({ onCall: (one) => calls.push(one) });
  const { id } = done("POST", "/contacts", user("u-1"));
  done("PUT", `/contacts/${id}`, { name: "Ada" });
  call("GET", "/contacts/none");
  const { counters } = intercom.state();
  assert.equal(counters.calls, 3);
  assert.deepEqual(counters.endpoints["PUT /contacts/{id}"], { calls: 1, eaten: 0 });
  assert.deepEqual(counters.statuses, { 200: 2, 404: 1 });
  assert.deepEqual(
    calls.map(({ method, path, status, isWritten }) => [method, path, status, isWritten]),
    [
      ["POST", "/contacts", 200, true],
      ["PUT", `/contacts/${id}`, 200, true],
      ["GET", "/contacts/none", 404, false],
    ],
  );
  assert.deepEqual(JSON.parse(calls[1].body), { name: "Ada" });
});

test("wrong options are named", () => {
  const now = () => 0;
  const cases = [
    [{ lag: 1 }, /unknown option "lag"/],
    [{ now: undefined }, /^now: expected a function/],
    [{ region: "MARS" }, /^region: expected one of US, EU, AU, found MARS/],
    [{ searchLag: { creates: 1 } }, /searchLag: unknown key "creates"/],
    [{ switches: { findLag: true } }, /unknown switch "findLag"/],
    [{ switches: { findLags: 1 } }, /switches.findLags: expected one of false, true, found 1/],
    [{ limits: { x: 1 } }, /unknown limit "x"/],
    [{ rate: { x: 1 } }, /unknown rate option "x"/],
    [{ faults: [{ kind: "flood" }] }, /faults\[0\]\.kind: unknown kind "flood"/],
    [{ faults: [{ kind: "503", often: 1 }] }, /faults\[0\]: unknown key "often"/],
    [{ faultRates: { flood: 1 } }, /faultRates\.flood: unknown kind/],
    [{ attributes: [{ model: "contact", name: "a", data_type: "x" }] }, /attributes\[0\]: Data Type/],
  ];
  for (const [options, message] of cases) assert.throws(() => openWorkspace({ now, ...options }), { name: "TypeError", message });
});

test("a lag that is no number of seconds is named", () => {
  for (const searchLag of [-1, { create: "1 s" }]) assert.throws(() => openWorkspace({ searchLag }), /searchLag: expected seconds/);
});
