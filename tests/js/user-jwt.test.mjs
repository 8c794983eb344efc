// What a user's token says, and the settings of docs/user-jwt.md.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { claimsOf, unproven } from "../../js/web/user-jwt/claims.js";
import { createInspector } from "../../pkg/intercom-destination.inspect.js";
import { createCloud } from "../../pkg/intercom-destination.cloud.js";

const tokenOf = (claims) => ["e30", Buffer.from(JSON.stringify(claims)).toString("base64url"), "sig"].join(".");

test("a token's claims are read, whatever letters they have", () => {
  const claims = { user_id: "Zoë ~ 日本 👩‍🚀 ????>>>>", exp: 1.5 };
  assert.deepEqual(claimsOf(tokenOf(claims)), claims);
});

test("what is no token has no claims", () => {
  for (const text of [
    "",
    ".",
    "a.b.c",
    "a.e30",
    "..",
    "a.!!.c",
    tokenOf(null),
    tokenOf([]).replace("W10", "MQ"),
    tokenOf("x"),
    undefined,
    7,
  ])
    assert.deepEqual(Object.keys(claimsOf(text)), [], String(text));
});

test("attributes that the token lacks are named, and what is no attribute is not", () => {
  const attributes = { user_id: "u-1", name: "Ada", plan: undefined, city: null, email: "a", hide_default_launcher: true };
  assert.deepEqual(unproven({ ...attributes, intercom_user_jwt: tokenOf({ email: "b" }) }), ["name", "city"]);
  assert.deepEqual(unproven(attributes), []);
  assert.deepEqual(unproven(undefined), []);
});

test("the inspector warns of fields outside of an event's token", async () => {
  const mapping = { user_id: "u-1", name: "Ada", intercom_user_jwt: { "@path": "$.context.jwt" } };
  const subscriptions = [{ partnerAction: "identifyUser", name: "A", enabled: true, subscribe: 'type = "identify"', mapping }];
  const { inspect } = await createInspector({ appId: "abc123", subscriptions });
  const codes = (jwt) => inspect({ type: "identify", context: { jwt } }).problems.map(({ code, sentence }) => [code, sentence]);
  assert.deepEqual(codes(tokenOf({ name: "Ada" })), []);
  assert.deepEqual(codes(tokenOf({})), [
    ["fields_unproven", "Where Intercom requires verified updates, it ignores what the user's token does not carry: name"],
  ]);
});

test("the documented pair of settings works, one half in each mode", async () => {
  const text = readFileSync(new URL("../../docs/user-jwt.md", import.meta.url), "utf8");
  const { web, cloud } = JSON.parse(text.match(/^```json\n([^]*?)^```/m)[1]);
  const { check, inspect } = await createInspector(web);
  assert.deepEqual([check.usable, check.problems], [true, []]);
  const identify = { type: "identify", userId: "u-1", traits: { name: "Ada", email: "ada@shop.test", plan: "gold" } };
  assert.deepEqual(inspect(identify).calls, [["update", { user_id: "u-1" }]]);
  const destination = await createCloud({ ...cloud, dryRun: true });
  const [outcome] = await destination.deliver([{ ...identify, messageId: "m-1", timestamp: "2026-01-01T00:00:00Z" }]);
  assert.equal(outcome.status, "delivered");
});
