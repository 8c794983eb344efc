// What strangers send to the receiver: a clear status each, and no memory kept.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { openReceiver } from "../../../hosts/receiver/node/serve.js";
import { openQueueFolder } from "./program.mjs";
import { AUTHORIZATION, SIGNING, sign, track } from "./requests.mjs";

const logged = [];
let receiver;
let address;

before(async () => {
  const folder = await openQueueFolder("hostile");
  const openCloud = async () => ({
    deliver: async (events) => events.map(() => ({ status: "delivered", warnings: [] })),
    stop() {},
  });
  const secrets = { authorization: AUTHORIZATION, signing: SIGNING };
  const log = (...line) => logged.push(line);
  const given = { host: "127.0.0.1", port: 0, retryFor: 1000, requestTimeout: 1000 };
  receiver = await openReceiver({ openCloud, secrets, data: `${folder}/data`, log, ...given });
  address = new URL(receiver.url);
});
after(() => receiver.stop());

/** Sends a request by hand; resolves to `[status, code]`. `write` gets the request. */
const send = (headers, write, path = "/events") =>
  new Promise((done, fail) => {
    const known = { authorization: AUTHORIZATION, "content-type": "application/json", ...headers };
    const sent = request({ host: address.hostname, port: address.port, method: "POST", path, headers: known }, async (response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      done([response.statusCode, JSON.parse(text).error?.code]);
      sent.destroy();
    });
    sent.on("error", (error) => (sent.res ? undefined : fail(new Error(`${path} ${JSON.stringify(headers)} ${error.message}`))));
    write(sent);
  });

/** Bytes as they are; resolves to the first line that comes back. */
const raw = (text) =>
  new Promise((done) => {
    const socket = connect(address.port, address.hostname, () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk));
    socket.on("close", () => done(answer));
    socket.on("error", () => done(answer));
  });

const memory = () => Number(readFileSync("/proc/self/status", "utf8").match(/VmRSS:\s+(\d+)/)?.[1] ?? 0) / 1024;

test("50 MB are refused, announced or not, and so is what nests without end", async () => {
  const text = JSON.stringify(track("u-1"));
  const wrong = { "x-signature": sign("another") };
  const part = Buffer.alloc(1 << 20, 32);
  const flood = (sent) => {
    let left = 50;
    const more = () => {
      while (left > 0 && !sent.destroyed) if (!sent.write(part, () => {}) && left-- > 0) return sent.once("drain", more);
      if (!sent.destroyed) sent.end();
    };
    more();
  };
  const deep = `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  const once = async () => {
    assert.deepEqual(await send({ "content-length": 50 << 20 }, flood), [413, "body_too_large"]);
    assert.deepEqual(await send({ "transfer-encoding": "chunked" }, flood), [413, "body_too_large"]);
    assert.deepEqual(await send({ authorization: "no" }, flood), [401, "authorization_wrong"]);
    assert.deepEqual(await send({}, (sent) => sent.end(deep)), [400, "too_deep"]);
    assert.deepEqual(await send(wrong, (sent) => sent.end(text)), [401, "signature_wrong"]);
    assert.deepEqual(await send({}, (sent) => sent.end(text)), [401, "signature_missing"]);
    assert.deepEqual(await send({ "x-signature": sign(text) }, (sent) => sent.end(text)), [200, undefined]);
    assert.deepEqual(await send({}, (sent) => sent.end(text), "/admin"), [404, "path_unknown"]);
  };
  for (let i = 0; i < 3; i++) await once();
  const early = memory();
  for (let i = 0; i < 12; i++) await once();
  assert.ok(memory() - early < 60, `memory grew from ${early} to ${memory()} MB`);
});

test("slow senders and what is not HTTP are told so, and others are not held up", async () => {
  const head = `POST /events HTTP/1.1\r\nHost: x\r\nAuthorization: ${AUTHORIZATION}\r\nContent-Type: application/json\r\n`;
  const slow = Array.from({ length: 50 }, () => raw(`${head}Content-Length: 100\r\n\r\n{"type":`));
  const headers = raw("POST /events HTTP/1.1\r\nHost: x\r\n");
  const text = JSON.stringify(track("u-2"));
  assert.deepEqual(await send({ "x-signature": sign(text) }, (sent) => sent.end(text)), [200, undefined]);
  for (const answer of await Promise.all([...slow, headers])) {
    assert.match(answer, /^HTTP\/1\.1 408 /);
    assert.equal(JSON.parse(answer.split("\r\n\r\n")[1]).error.code, "request_timeout");
  }
  assert.match(await raw("\x16\x03\x01\x02\r\n\r\n"), /^HTTP\/1\.1 400 .*"request_unreadable"/s);
  assert.match(await raw(`GET / HTTP/1.1\r\nX: ${"x".repeat(100_000)}\r\n\r\n`), /^HTTP\/1\.1 431 .*"headers_too_large"/s);
  assert.ok(!JSON.stringify(logged).includes("u-2"));
});
