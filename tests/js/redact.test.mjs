// What must not be shown is recognised in each form it comes in, and what may be shown is left alone.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isProof, masked, starred, withoutProofs } from "../../js/redact.js";
import { root } from "../../scripts/command.mjs";

const HASH = "0123456789abcdef".repeat(4);
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoiMSJ9.c2lnbmF0dXJl";
const PROOFS = ["user_hash", "userHash", "intercom_user_jwt", "intercomUserJwt"];

test("values are masked by their name or their look", () => {
  const mask = (value) => JSON.parse(JSON.stringify(value, masked));
  const secrets = {
    userHash: 1,
    accessToken: "a",
    client_secret: "b",
    password: "c",
    Email: "d",
    a: "x@y.z",
    b: "x%40y.z",
    c: HASH,
    d: TOKEN,
  };
  assert.deepEqual(Object.values(mask(secrets)), Object.keys(secrets).fill("***"));
  const harmless = { event: "Order Completed", path: "/a.b/c.html", total: 12.5, userId: "u-1", token: { kept: true }, none: null };
  assert.deepEqual(mask(harmless), harmless);
});

test("secrets in text are replaced character by character", () => {
  for (const secret of ["ada@shop.example", HASH, TOKEN]) {
    assert.equal(starred(`{ "a": "${secret}", b }`), `{ "a": "${"*".repeat(secret.length)}", b }`);
  }
  const harmless = 'properties.products.0.name = "a" @path user@ abcdef0123';
  assert.equal(starred(harmless), harmless);
});

test("proofs of who a visitor is are known in each spelling, and are secrets too", () => {
  for (const name of PROOFS) {
    assert.ok(isProof(name), name);
    assert.equal(masked(name, "x"), "***");
    assert.equal(withoutProofs(`{ "${name}" : "a\\"b", "name": "Ada", `), `{ "${name}" : "hidden", "name": "Ada", `);
  }
  for (const name of ["hash", "user_hashes", "user_id", "email"]) assert.ok(!isProof(name), name);
});

test("no other file decides what is a secret", () => {
  const spellings = /hash\|jwt|user_\?hash|"user_hash", "intercom_user_jwt"|\[\\da-f\]\{32/;
  for (const folder of ["js", "www", "cli"]) {
    for (const name of readdirSync(join(root, folder), { recursive: true }).filter((name) => name.endsWith(".js"))) {
      if (name === "redact.js") continue;
      assert.doesNotMatch(readFileSync(join(root, folder, name), "utf8"), spellings, `${folder}/${name}`);
    }
  }
});
