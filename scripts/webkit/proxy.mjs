// The proxy through which WebKit sees the internet: WebDriver cannot answer a page's requests, so they are answered here, under a
// certificate made for this run, as routes of Playwright's do.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A key and a certificate that nobody trusts; the driver is told to take any. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "webkit-proxy-"));
  const [keyout, out] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  try {
    const request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    execFileSync("openssl", [...request, "-subj", "/CN=tests", "-keyout", keyout, "-out", out], { stdio: "ignore" });
    return { key: readFileSync(keyout), cert: readFileSync(out) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const bodyOf = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
};

// Playwright lets scripts of another origin read what is fulfilled, unless the test says otherwise.
const cors = ({ origin }) =>
  origin ? { "access-control-allow-origin": origin, "access-control-allow-credentials": "true", vary: "Origin" } : {};

/** A request in the shape of Playwright's `Route`, as far as the tests use it. `prepare(html, headers)` changes pages. */
function routeOf(request, response, { url, body, prepare }) {
  return {
    request: () => ({ url: () => url, method: () => request.method, headers: () => request.headers, postData: () => body }),
    fulfill: async ({ status = 200, contentType, json, body: text = json === undefined ? "" : JSON.stringify(json), headers = {} }) => {
      const type = contentType ?? (json === undefined ? undefined : "application/json");
      const isPage = type === "text/html";
      const sent = isPage ? prepare(text, headers) : { html: text, headers };
      response.writeHead(status, {
        ...cors(request.headers),
        ...(type && { "content-type": type.includes("charset") ? type : `${type}; charset=utf-8` }),
        // A page that must not be stored could not come back from the back/forward cache.
        "cache-control": isPage ? "no-cache" : "no-store",
        // What fails on a connection of its own is not asked for again.
        connection: "close",
        ...sent.headers,
      });
      response.end(sent.html);
    },
    abort: async () => void request.socket.destroy(),
  };
}

function preflight(request, response) {
  response.writeHead(204, {
    ...cors(request.headers),
    "access-control-allow-methods": "*, GET, POST, PUT, DELETE",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
    connection: "close",
  });
  response.end();
}

/** Starts the proxy; `answer(route)` of the page that is open now is given to `serve`. */
export async function startProxy(prepare) {
  let answer;
  const hear = async (request, response) => {
    const body = await bodyOf(request);
    const url = request.url.startsWith("/") ? `https://${request.headers.host}${request.url}` : request.url;
    if (request.headers["access-control-request-method"]) return preflight(request, response);
    // The browser's own wish, at a moment of its own.
    if (url.endsWith("/favicon.ico")) return void response.writeHead(204, { connection: "close" }).end();
    if (!answer) return request.socket.destroy();
    await answer(routeOf(request, response, { url, body, prepare }));
  };
  const listener = (request, response) => hear(request, response).catch(() => request.socket.destroy());
  const sockets = new Set();
  const secure = createSecureServer({ ...certificate(), keepAlive: false }, listener);
  const proxy = createServer(listener);
  proxy.on("connect", (_request, socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    secure.emit("connection", socket);
  });
  secure.on("tlsClientError", (_error, socket) => socket.destroy());
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  return {
    port: proxy.address().port,
    serve: (given) => (answer = given),
    close: () => {
      proxy.close();
      proxy.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    },
  };
}
