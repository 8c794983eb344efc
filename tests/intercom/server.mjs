// The stand-in as an HTTP server. Beside Intercom's paths it has `/_standin/…`, for people and tests to look and to steer.
import { createServer } from "node:http";

const largestBody = 5 * 1024 * 1024;

/** `intercom` is what `createIntercom` makes; `log` gets a line for each call. */
export async function serveIntercom(intercom, { port = 0, host = "127.0.0.1", latency = 0, log } = {}) {
  function respond(request, body, response, started) {
    const { method, url: path, headers } = request;
    const answer = handle({ method, path, headers, body, host: headers.host?.split(":")[0] });
    send(answer, request, response);
    log?.(`${method} ${path} ${answer.status ?? answer} ${(performance.now() - started).toFixed(1)} ms`);
  }

  // A request that the stand-in fails on is its own fault, and must not end the server.
  function handle(request) {
    try {
      return intercom.handle(request);
    } catch (error) {
      console.error(error);
      return { status: 500, headers: { "content-type": "text/plain" }, body: `The stand-in failed: ${error.message}` };
    }
  }

  const server = createServer(async (request, response) => {
    const started = performance.now();
    const body = await readBody(request);
    if (body === undefined) return response.writeHead(413).end();
    if (request.url.startsWith("/_standin/")) return steer(intercom, request, body, response);
    setTimeout(() => respond(request, body, response, started), latency);
  });
  await new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, done);
  });
  return {
    url: `http://${host}:${server.address().port}`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

async function readBody(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > largestBody) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function send(answer, request, response) {
  if (answer === "never") return;
  if (answer === "reset") return request.socket.resetAndDestroy();
  const bytes = Buffer.from(answer.body);
  setTimeout(() => {
    if (response.destroyed) return;
    response.writeHead(answer.status, { ...answer.headers, "content-length": bytes.length });
    if (answer.cut === undefined) return response.end(bytes);
    response.write(bytes.subarray(0, answer.cut), () => request.socket.destroy());
  }, answer.delay ?? 0);
}

function steer(intercom, request, body, response) {
  const reply = (status, value) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value, null, 2));
  const actions = {
    "GET state": () => intercom.state(),
    "POST seed": () => intercom.seed(JSON.parse(body)),
    "POST faults": () => {
      for (const rule of JSON.parse(body)) intercom.addFault(rule);
      return {};
    },
    "DELETE faults": () => {
      intercom.clearFaults();
      return {};
    },
  };
  const action = actions[`${request.method} ${request.url.slice("/_standin/".length)}`];
  if (!action) return reply(404, { error: `expected one of ${Object.keys(actions).join(", ")}` });
  try {
    reply(200, action());
  } catch (error) {
    reply(400, { error: error.message });
  }
}
