// What `createCloud` takes and refuses, `check()`, dry runs, and the functions that a host provides.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createDriver } from "../../js/cloud/driver.js";
import { createCloud } from "../../pkg/intercom-destination.cloud.js";
import { serveIntercom } from "../intercom/server.mjs";
import { createIntercom } from "../intercom/intercom.mjs";
import { identify, lead, open, TOKEN, track } from "./workspace.mjs";

for (const [title, settings, code, sentence] of [
  ["no object", "settings", "setting_object", /expected an object/],
  ["no token", { accessToken: undefined }, "setting_invalid", /Setting accessToken/],
  ["a token with a space", { accessToken: `${TOKEN} x` }, "setting_invalid", /Setting accessToken/],
  ["a region that does not exist", { region: "mars" }, "setting_region", /region/],
  ["an unknown key", { regoin: "eu" }, "cloud_setting_unknown", /regoin/],
  ["a share above 1", { rateShare: 2 }, "setting_share", /rateShare/],
  ["an address without https", { baseUrl: "http://example.com" }, "setting_base_url", /baseUrl/],
  ["a cache without put", { cache: { get() {}, delete() {} } }, "setting_invalid", /Setting cache: expected an object with get/],
  [
    "a filter that can't be read",
    { subscriptions: [{ partnerAction: "trackEvent", name: "Broken", enabled: true, subscribe: 'type = "', mapping: {} }] },
    /^filter_/,
    /Broken/,
  ],
]) {
  test(`settings with ${title} are refused with the place`, async () => {
    const given = typeof settings === "object" ? { accessToken: TOKEN, ...settings } : settings;
    await assert.rejects(createCloud(given), (error) => {
      assert.equal(error.name, "IntercomDestinationError");
      assert.match(error.code, code instanceof RegExp ? code : new RegExp(`^${code}$`));
      assert.match(error.message, sentence);
      assert.ok(!error.message.includes(TOKEN));
      return true;
    });
  });
}

test("a wrong token, a wrong region and silence are told by check()", async () => {
  const check = async (options) => {
    const { clock, cloud } = await open(options);
    return clock.run(cloud.check());
  };
  assert.deepEqual(await check({}), { ok: true, region: "us", workspace: "standin0" });
  assert.equal((await check({ token: "another" })).code, "unauthorized");
  assert.equal((await check({ region: "EU" })).code, "unauthorized");
  assert.equal((await check({ region: "EU", switches: { wrongHost: "serve" } })).code, "region_wrong");
  assert.equal((await check({ faults: [{ kind: "reset" }] })).code, "unavailable");
  assert.equal((await check({ faults: [{ kind: "never" }] })).code, "unavailable");
});

test("a dry run needs no token, sends nothing and shows the requests", async () => {
  const requests = [];
  const fetch = () => assert.fail("a request was sent");
  const cloud = await createCloud({ dryRun: true, fetch, onRequest: (request) => requests.push(request) });
  const events = [identify("u-1", { email: "ada@example.com", name: "Ada" }), track("u-1", "Seen", { revenue: 1 }, 1)];
  const outcomes = await cloud.deliver(events);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ["delivered", "delivered"],
  );
  const written = requests.filter(({ method, path }) => method === "POST" && !path.endsWith("/search"));
  assert.deepEqual(
    written.map(({ path }) => path),
    ["/contacts", "/events"],
  );
  assert.equal(written[0].body.name, "Ada");
  assert.deepEqual(written[1].body.metadata.price, { amount: 100, currency: "USD" });
  assert.deepEqual(await cloud.check(), { ok: true });
});

/** A cache as a host would keep one. */
const createCache = () => {
  const kept = new Map();
  return {
    kept,
    get: async (key) => kept.get(key),
    put: async (key, value, timeToLive) => {
      assert.ok(timeToLive > 0);
      kept.set(key, value);
    },
    delete: async (key) => void kept.delete(key),
  };
};

test("ids are remembered in the cache that the host provides", async () => {
  const cache = createCache();
  const first = await open({ settings: { cache } });
  await first.deliver([identify("u-1", { email: "ada@example.com" })]);
  assert.ok(cache.kept.size > 0);
  const { deliver, sent, intercom } = await open({ settings: { cache } });
  const [{ external_id, email }] = first.state().contacts;
  intercom.seed({ contacts: [{ role: "user", external_id, email }] });
  await deliver([track("u-1", "Seen")]);
  assert.deepEqual(
    sent.map(({ url }) => new URL(url).pathname),
    ["/events"],
  );
});

test("a cache that fails costs no event, and is reported once", async () => {
  const failing = async () => {
    throw new Error(`with ${TOKEN}`);
  };
  const { deliver, errors, state } = await open({ settings: { cache: { get: failing, put: failing, delete: failing } } });
  const outcomes = await deliver([identify("u-1", { email: "ada@example.com" }), lead("lin@example.com"), track("u-1", "Seen", {}, 1)]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ["delivered", "delivered", "delivered"],
  );
  assert.equal(state().contacts.length, 2);
  assert.deepEqual([...new Set(errors.map(({ code }) => code))], ["cache_failed"]);
  assert.ok(errors.every(({ message }) => !message.includes(TOKEN)));
});

test("a redirect is not followed: the token goes to Intercom alone", async () => {
  const { deliver, sent } = await open();
  const elsewhere = () => new Response("", { status: 302, headers: { location: "https://elsewhere.test/" } });
  const redirected = await open({ settings: { fetch: (_, init) => (sent.push(init), elsewhere()), patience: 1000 } });
  const [outcome] = await redirected.deliver([identify("u-1", { email: "ada@example.com" })]);
  assert.equal(outcome.status, "retry");
  assert.ok(sent.every(({ redirect }) => redirect === "manual"));
  await deliver([]);
});

test("an engine that panics gives every event back", async () => {
  const commands = { commands: [{ command: "sendRequest", id: 1, request: { method: "GET", path: "/me" }, isDry: false }], wakeAt: 5 };
  const engine = {
    receive: () => commands,
    respond: () => {
      throw new WebAssembly.RuntimeError("unreachable");
    },
  };
  const told = [];
  const clock = { now: () => 1000, setTimeout: () => 0, clearTimeout() {} };
  const send = () => ({ result: Promise.resolve({ status: 200, headers: [], body: new Uint8Array() }) });
  const { deliver } = createDriver(engine, { send, clock, report: (code) => told.push(code) });
  const outcomes = await deliver([{}, {}]);
  assert.deepEqual(
    outcomes.map(({ status, code, retryAt }) => [status, code, retryAt]),
    Array(2).fill(["retry", "engine_fault", 61_000]),
  );
  assert.deepEqual(
    (await deliver([{}])).map(({ code }) => code),
    ["engine_fault"],
  );
  assert.deepEqual(told, ["engine_fault"]);
});

test("it runs on the host's own fetch, timers and clock", async () => {
  const intercom = createIntercom({ now: Date.now });
  const server = await serveIntercom(intercom);
  try {
    const cloud = await createCloud({ accessToken: TOKEN, baseUrl: server.url });
    const outcomes = await cloud.deliver([identify("u-1", { email: "ada@example.com" }), track("u-1", "Seen", {}, 1)]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ["delivered", "delivered"],
    );
    assert.equal(intercom.state().events.length, 1);
    assert.equal((await cloud.check()).ok, true);
  } finally {
    await server.close();
  }
});
