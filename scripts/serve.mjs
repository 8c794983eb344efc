// A static file server for the playground and the end-to-end tests.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { Failure, main } from "./command.mjs";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Serves `folder` on 127.0.0.1; without `strict`, the next free port is taken. Answers with the address and a way to close. */
export async function serve(folder, { port = 0, strict = true } = {}) {
  const server = createServer((request, response) => answer(resolve(folder), request, response));
  const taken = await listen(server, port, strict ? port : port + 50);
  return {
    url: `http://127.0.0.1:${taken}/`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

async function listen(server, port, last) {
  try {
    await new Promise((done, fail) => {
      server.once("error", fail);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", fail);
        done();
      });
    });
    return server.address().port;
  } catch (error) {
    if (error.code !== "EADDRINUSE") throw error;
    if (port < last) return listen(server, port + 1, last);
    throw new Failure(`Port ${port} is in use: please choose another with PORT.`);
  }
}

async function answer(folder, request, response) {
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
  const file = await locate(folder, request.url);
  if (!file) return refuse(response, 404);
  response.writeHead(200, {
    "content-type": types[extname(file.path)] ?? "application/octet-stream",
    "content-length": file.size,
    "cache-control": "no-store",
  });
  if (request.method === "HEAD") return response.end();
  createReadStream(file.path)
    .on("error", () => response.destroy())
    .pipe(response);
}

async function locate(folder, url) {
  try {
    const path = join(folder, decodeURIComponent(new URL(url, "http://localhost").pathname));
    if (path !== folder && !path.startsWith(folder + sep)) return undefined;
    const found = await stat(path);
    if (!found.isDirectory()) return { path, size: found.size };
    const index = join(path, "index.html");
    return { path: index, size: (await stat(index)).size };
  } catch {
    return undefined;
  }
}

function refuse(response, status) {
  response.writeHead(status, { "content-type": "text/plain" }).end(`${status}\n`);
}

await main(import.meta.url, async ([folder = "."]) => {
  const port = Number(process.env.PORT ?? 8080);
  const { url } = await serve(folder, { port, strict: "PORT" in process.env });
  console.log(`Serving ${folder} at ${url}`);
});
