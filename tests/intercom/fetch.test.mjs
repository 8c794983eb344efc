import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "./clock.mjs";
import { standInFetch } from "./fetch.mjs";
import { createIntercom } from "./intercom.mjs";

function open({ fetchOptions, ...options } = {}) {
  const clock = createClock();
  const intercom = createIntercom({ now: clock.now, ...options });
  const fetch = standInFetch(intercom, { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout, ...fetchOptions });
  const post = (body, more) =>
    fetch("https://api.intercom.io/contacts", {
      method: "POST",
      headers: { authorization: "Bearer secret", "content-type": "application/json" },
      body: JSON.stringify(body),
      ...more,
    });
  return { clock, intercom, fetch, post };
}

for (const light of [false, true]) {
  const name = light ? "a light answer" : "a full answer";

  test(`${name} has status, headers and body`, async () => {
    const { post } = open({ fetchOptions: { light } });
    const response = await post({ role: "lead" });
    assert.deepEqual([response.status, response.ok], [200, true]);
    assert.equal(response.headers.get("X-RateLimit-Limit"), "1666");
    assert.match(response.headers.get("content-type"), /json/);
    assert.equal((await response.clone().json()).role, "lead");
    assert.equal(JSON.parse(await response.text()).role, "lead");
  });

  test(`${name} that is cut fails while its body is read`, async () => {
    const { post, intercom } = open({ fetchOptions: { light }, faults: [{ kind: "cut" }] });
    const response = await post({ role: "lead" });
    await assert.rejects(response.text(), TypeError);
    assert.equal(intercom.state().contacts.length, 1);
  });
}

test("half of the latency passes before the write and half after it", async () => {
  const { clock, intercom, post } = open({ fetchOptions: { latency: 200 } });
  const answered = post({ role: "lead" }).then(() => clock.now());
  const began = clock.now();
  await clock.advance(99);
  assert.equal(intercom.state().contacts.length, 0);
  await clock.advance(1);
  assert.equal(intercom.state().contacts.length, 1);
  assert.equal((await clock.run(answered)) - began, 200);
});

test("a lost answer is a connection that breaks, after the write", async () => {
  const { post, intercom } = open({ faults: [{ kind: "lost" }] });
  await assert.rejects(post({ role: "lead" }), (error) => error instanceof TypeError && error.cause.code === "ECONNRESET");
  assert.equal(intercom.state().contacts.length, 1);
});

test("an answer that never comes, or comes too late, ends with the signal's reason", async () => {
  for (const kind of ["never", "slow"]) {
    const { clock, post } = open({ faults: [{ kind }] });
    const control = new AbortController();
    clock.setTimeout(() => control.abort(new Error("timed out")), 5000);
    await assert.rejects(clock.run(post({ role: "lead" }, { signal: control.signal })), /timed out/);
    assert.equal(clock.pending(), 0);
  }
});

test("an aborted call is not sent", async () => {
  const { post, intercom } = open();
  await assert.rejects(post({ role: "lead" }, { signal: AbortSignal.abort(new Error("gone")) }), /gone/);
  assert.equal(intercom.state().counters.calls, 0);
});

test("a Request, a URL, Headers, pairs and bytes are read", async () => {
  const { fetch, intercom } = open();
  const headers = new Headers({ authorization: "Bearer secret", "content-type": "application/json" });
  const url = new URL("https://api.intercom.io/contacts");
  const body = JSON.stringify({ role: "lead" });
  const pairs = [...headers];
  for (const response of [
    await fetch(new Request(url, { method: "POST", headers, body })),
    await fetch(url, { method: "post", headers, body }),
    await fetch(url, { method: "POST", headers: pairs, body: new TextEncoder().encode(body) }),
  ]) {
    assert.equal(response.status, 200);
  }
  assert.equal(intercom.state().contacts.length, 3);
});

test("the host of another region is seen", async () => {
  const { fetch } = open({ region: "AU" });
  const ask = (host) => fetch(`https://${host}/me`, { headers: { authorization: "Bearer secret" } });
  assert.equal((await ask("api.intercom.io")).status, 401);
  assert.equal((await ask("api.au.intercom.io")).status, 200);
});

test("a light answer tells which statuses are good and which headers there are", async () => {
  const { fetch, post } = open({ fetchOptions: { light: true }, faults: [{ match: "GET /me", kind: "503" }] });
  const bad = await fetch("https://api.intercom.io/me", { headers: { authorization: "Bearer secret" } });
  assert.deepEqual([bad.status, bad.ok], [503, false]);
  const good = await post({ role: "lead" });
  assert.deepEqual([good.ok, good.redirected], [true, false]);
  assert.deepEqual([good.headers.get("retry-after"), good.headers.has("Content-Type")], [null, true]);
  const names = [];
  good.headers.forEach((_, name) => {
    names.push(name);
  });
  assert.deepEqual(names, [...good.headers.keys()]);
  assert.equal(new TextDecoder().decode(await good.arrayBuffer()), await good.text());
});
