import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { request as open } from "node:http";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createIntercom } from "./intercom.mjs";
import { optionNames, switches } from "./options.mjs";
import { serveIntercom } from "./server.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const closing = [];
after(() => Promise.all(closing.map((close) => close())));

async function serve(options) {
  const intercom = createIntercom({ now: Date.now, ...options });
  const { url, close } = await serveIntercom(intercom);
  closing.push(close);
  const post = (path, body, more) =>
    fetch(url + path, {
      method: "POST",
      headers: { authorization: "Bearer secret", "content-type": "application/json" },
      body: JSON.stringify(body),
      ...more,
    });
  return { intercom, url, post };
}

test("the server answers as the stand-in does", async () => {
  const { post, url, intercom } = await serve();
  const response = await post("/contacts", { role: "user", external_id: "é/1" });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("x-ratelimit-limit"), "1666");
  assert.equal((await response.json()).external_id, "é/1");
  const found = await fetch(`${url}/contacts/find_by_external_id/${encodeURIComponent("é/1")}`, {
    headers: { authorization: "Bearer secret" },
  });
  assert.equal(found.status, 200);
  const event = await post("/events", { event_name: "x", created_at: 1, user_id: "é/1" });
  assert.deepEqual([event.status, await event.text()], [202, ""]);
  assert.equal(intercom.state().events.length, 1);
});

test("broken connections break on the wire, and what was lost was written", async () => {
  const { post, intercom } = await serve({
    faults: [
      { kind: "lost", nth: 1 },
      { kind: "cut", nth: 2 },
      { kind: "never", nth: 3 },
      { kind: "slow", delay: 60, nth: 4 },
    ],
  });
  await assert.rejects(post("/contacts", { role: "lead" }), TypeError);
  const cut = await post("/contacts", { role: "lead" });
  assert.equal(cut.status, 200);
  await assert.rejects(cut.text(), TypeError);
  await assert.rejects(post("/contacts", { role: "lead" }, { signal: AbortSignal.timeout(100) }), { name: "TimeoutError" });
  const began = performance.now();
  await post("/contacts", { role: "lead" });
  assert.ok(performance.now() - began >= 55);
  assert.equal(intercom.state().contacts.length, 3);
});

test("state, seeds and faults are reached while it runs", async () => {
  const { url, post } = await serve();
  const steer = (method, name, body) => fetch(`${url}/_standin/${name}`, { method, body: body && JSON.stringify(body) });
  await steer("POST", "seed", { contacts: [{ role: "user", external_id: "u-1" }] });
  assert.equal((await (await steer("GET", "state")).json()).contacts[0].external_id, "u-1");
  await steer("POST", "faults", [{ match: "POST /contacts", kind: "503" }]);
  assert.equal((await post("/contacts", { role: "lead" })).status, 503);
  await steer("DELETE", "faults");
  assert.equal((await post("/contacts", { role: "lead" })).status, 200);
  const wrong = await steer("POST", "faults", [{ kind: "flood" }]);
  assert.equal(wrong.status, 400);
  assert.match((await wrong.json()).error, /unknown kind "flood"/);
  assert.equal((await steer("GET", "shoes")).status, 404);
});

test("a body over 5 MB is refused", async () => {
  const { url } = await serve();
  const status = await new Promise((done, fail) => {
    const request = open(`${url}/contacts`, { method: "POST" }, (response) => done(response.statusCode));
    request.on("error", fail);
    request.end(Buffer.alloc(5 * 1024 * 1024 + 1));
  });
  assert.equal(status, 413);
});

function start(...args) {
  const child = spawn(process.execPath, [join(folder, "start.mjs"), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8");
    child[name].on("data", (text) => {
      texts[name] += text;
    });
  }
  const ended = new Promise((done) => child.on("close", (code) => done({ code, ...texts })));
  return { child, ended, texts };
}

test("one command starts it, and says at the end what arrived", async () => {
  const { child, ended, texts } = start(
    "--port",
    "0",
    "--lag",
    "0",
    "--attribute",
    "contact:tier:options:gold,silver",
    "--switch",
    "findLags=true",
  );
  const url = await new Promise((done) => {
    child.stdout.on("data", () => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(texts.stdout);
      if (found) done(found[0]);
    });
  });
  const create = (tier) =>
    fetch(`${url}/contacts`, {
      method: "POST",
      headers: { authorization: "Bearer any", "content-type": "application/json" },
      body: JSON.stringify({ email: "a@example.com", custom_attributes: { tier } }),
    });
  assert.equal((await create("bronze")).status, 400);
  assert.equal((await create("gold")).status, 200);
  child.kill("SIGINT");
  const { code, stdout } = await ended;
  assert.equal(code, 0);
  assert.match(stdout, /POST \/contacts 400 [\d.]+ ms\n/);
  assert.match(stdout, /1 contact, 0 companies, 0 events after 2 calls\./);
});

test("a wrong option is named, and the command fails", async () => {
  const cases = [
    [["--lag", "soon"], /^--lag: expected a number, found "soon"/],
    [["--switch", "findLag=true"], /^unknown switch "findLag"/],
    [["--fault", "503"], /^--fault: expected NAME=VALUE, found "503"/],
    [["--fault", "503=2"], /^--fault 503: expected a chance between 0 and 1, found "2"/],
    [["--region", "MARS"], /^region: expected one of/],
    [["--shoe"], /'--shoe'/],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await start(...args).ended;
    assert.equal(code, 1, args.join(" "));
    assert.match(stderr, message);
  }
});

test("the README's example runs", () => {
  const [, example] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(folder, "README.md"), "utf8"));
  const absolute = example.replaceAll('from "./', `from "${new URL(".", import.meta.url)}`);
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module"], { input: absolute, encoding: "utf8" });
  assert.deepEqual([status, stdout, stderr], [0, "200 u-1\n", ""]);
});

test("the README names every option, limit and switch with its values", () => {
  const text = readFileSync(join(folder, "README.md"), "utf8");
  for (const name of Object.values(optionNames).flat()) assert.ok(text.includes(`\`${name}\``), name);
  for (const [name, values] of Object.entries(switches)) {
    const cell = values.map((value) => (typeof value === "string" ? `\`${value}\`` : value)).join(", ");
    assert.ok(text.includes(`| \`${name}\` | ${cell} |`), name);
  }
});
