// The receiver as a program, the stand-in for Intercom behind it, and a database of its own.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../../scripts/command.mjs";
import { createIntercom } from "../../intercom/intercom.mjs";
import { serveIntercom } from "../../intercom/server.mjs";
import { AUTHORIZATION } from "./requests.mjs";

export const TOKEN = "dG9rOnRoZS1zZWNyZXQ=";
const { version: pglite } = JSON.parse(readFileSync(join(root, "node_modules", "@electric-sql", "pglite", "package.json"), "utf8"));
const command = "intercom-destination.cli.js";

/** A folder of its own in target/, removed at the end. */
export function openFolder(name) {
  const place = join(root, "target", "hosts");
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(join(place, `${name}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function openIntercom(options = {}, latency = 0) {
  const intercom = createIntercom({ now: Date.now, token: TOKEN, attributes: "any", ...options });
  const server = await serveIntercom(intercom, { latency });
  return { intercom, ...server };
}

/** Runs a command of the command line, as it is in `folder`, to its end. */
export function run(args, environment = {}, folder = join(root, "pkg")) {
  const child = spawn(process.execPath, [join(folder, command), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  return new Promise((done) => child.on("close", (code) => done({ code, out, err })));
}

/** A folder with an embedded queue that is empty: to make one takes seconds. */
export async function openQueueFolder(name) {
  const template = join(root, "target", "hosts", `queue-${pglite}`);
  if (!existsSync(template)) {
    const first = openFolder("first");
    const { url, close } = await openIntercom();
    await (await startReceiver({ folder: first, baseUrl: url })).stop();
    await close();
    try {
      renameSync(join(first, "data", "pg"), template);
    } catch (error) {
      // Another file of tests, which runs at the same time, has made it meanwhile.
      if (!existsSync(template)) throw error;
    }
  }
  const folder = openFolder(name);
  cpSync(template, join(folder, "data", "pg"), { recursive: true });
  return folder;
}

/** Starts a receiver; resolves when it listens. `lines` is its log; `kill()` ends it at once, `stop()` as an operator would. */
export async function startReceiver({ folder, baseUrl, settings = {}, args = [], environment = {}, port = 0 }) {
  const file = join(folder, "cloud.json");
  writeFileSync(file, JSON.stringify({ baseUrl, ...settings }));
  const given = ["serve", "--settings", file, "--data", join(folder, "data"), "--port", String(port), ...args];
  const known = { PATH: process.env.PATH, INTERCOM_ACCESS_TOKEN: TOKEN, RECEIVER_AUTHORIZATION: AUTHORIZATION, ...environment };
  const child = spawn(process.execPath, [join(root, "pkg", command), ...given], { env: known, stdio: ["ignore", "pipe", "pipe"] });
  const lines = [];
  let err = "";
  child.stderr.on("data", (chunk) => (err += chunk));
  const ended = new Promise((done) => child.on("close", (code, signal) => done({ code, signal, err })));
  ended.then(({ code }) => code && lines.length > 0 && console.error(`The receiver ended with ${code}: ${err}`));
  const url = await new Promise((done, fail) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(JSON.parse(line));
      if (lines.at(-1).url) done(lines.at(-1).url);
    });
    ended.then(({ code }) => fail(new Error(`The receiver ended with ${code}: ${err}`)));
  });
  const post = async (body, headers = {}) => {
    const sent = { authorization: AUTHORIZATION, "content-type": "application/json", ...headers };
    const response = await fetch(`${url}/events`, { method: "POST", headers: sent, body: JSON.stringify(body) });
    return { status: response.status, answer: await response.json() };
  };
  const get = async (path) => {
    // A connection that the receiver has closed after its time may be taken once more.
    const ask = () => fetch(url + path, { headers: { authorization: AUTHORIZATION } });
    const response = await ask().catch(ask);
    const text = await response.text();
    return text.startsWith("{") ? JSON.parse(text) : text;
  };
  const end = (signal) => {
    child.kill(signal);
    return ended;
  };
  return { url, pid: child.pid, lines, ended, post, get, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}
