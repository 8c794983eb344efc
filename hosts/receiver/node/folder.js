// The embedded queue's folder belongs to one program. The one that has it listens on a socket in it, which others ask.
import { chmodSync, mkdirSync, rmSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { failure } from "../../../js/errors.js";

const LONGEST_PATH = 100;

const socketOf = (folder) => {
  const path = process.platform === "win32" ? `\\\\.\\pipe\\${folder.replaceAll(/\W/g, "-")}` : join(folder, "receiver.sock");
  if (Buffer.byteLength(path) > LONGEST_PATH)
    throw failure("folder_unusable", `The path of --data is too long for a socket in it: ${folder}`);
  return path;
};

/** An Error that names the folder. */
export const unusable = (folder, { message }) => failure("folder_unusable", `The folder ${folder} can't be used: ${message}`);

const readText = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
};

/** Asks the program that has the folder; undefined if there is none. */
export const ask = async (folder, question) => {
  const send = new Promise((resolve, reject) => {
    const sent = request({ socketPath: socketOf(folder), method: "POST", path: "/" }, resolve);
    sent.on("error", reject);
    sent.end(JSON.stringify(question));
  });
  let response;
  try {
    response = await send;
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "ECONNREFUSED"].includes(error.code)) return undefined;
    throw unusable(folder, error);
  }
  const { result, error } = JSON.parse(await readText(response));
  if (error) throw failure(error.code, error.message);
  return { result };
};

/** Takes the folder; `answer(question)` answers other programs. Fails with `folder_in_use`. Gives a function that gives it back. */
export const take = async (folder, answer) => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unusable(folder, error);
  }
  const path = socketOf(folder);
  const inUse = () => failure("folder_in_use", `Another receiver has the folder ${folder}: one program at a time can open it`);
  if (await ask(folder, { command: "ping" })) throw inUse();
  if (process.platform !== "win32") rmSync(path, { force: true });
  const server = createServer(async (incoming, response) => {
    const told = await readText(incoming)
      .then((text) => answer(JSON.parse(text)))
      .then((result) => ({ result: result ?? null }))
      .catch((error) => ({ error: { code: error.code, message: error.message } }));
    response.end(JSON.stringify(told));
  });
  await new Promise((done, reject) => {
    server.once("error", (error) => reject(/** @type {any} */ (error).code === "EADDRINUSE" ? inUse() : unusable(folder, error)));
    server.listen(path, () => done(undefined));
  });
  if (process.platform !== "win32") {
    chmodSync(path, 0o600);
    // Of two programs that start at once, the later one has put its socket in the place of the other's.
    const own = statSync(path).ino;
    await new Promise((done) => setTimeout(done, 50));
    if (statSync(path, { throwIfNoEntry: false })?.ino !== own) {
      server.close();
      throw inUse();
    }
  }
  return () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
};
