// The stand-in behind a function like `fetch`, for clients in the same process.

/**
 * A `fetch` that the stand-in answers. `latency` (ms, or a function of the request) is spent half before the write and half after it. With
 * `light`, answers are small objects with the parts of a `Response` that clients use, which costs far less time than a real one.
 */
export function standInFetch(
  intercom,
  { latency = 0, setTimeout = globalThis.setTimeout, clearTimeout = globalThis.clearTimeout, light = false } = {},
) {
  const wait = (delay, signal) => (delay > 0 ? sleep(delay, signal, setTimeout, clearTimeout) : signal?.throwIfAborted());

  return async function fetch(resource, init = {}) {
    const request = await readRequest(resource, init);
    const { signal } = request;
    signal?.throwIfAborted();
    const spent = typeof latency === "function" ? latency(request) : latency;
    await wait(spent / 2, signal);
    const answer = intercom.handle(request);
    if (answer === "never") await new Promise((_, fail) => signal?.addEventListener("abort", () => fail(signal.reason), { once: true }));
    if (answer === "reset") {
      await wait(spent / 2, signal);
      throw Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
    }
    await wait(spent / 2 + (answer.delay ?? 0), signal);
    return light ? lightResponse(answer) : fullResponse(answer);
  };
}

async function readRequest(resource, init) {
  const isRequest = typeof resource === "object" && "url" in resource && "method" in resource;
  const url = new URL(isRequest ? resource.url : String(resource));
  const body = init.body ?? (isRequest ? await resource.text() : "");
  return {
    method: (init.method ?? (isRequest ? resource.method : "GET")).toUpperCase(),
    host: url.hostname,
    path: url.pathname + url.search,
    headers: readHeaders(init.headers ?? (isRequest ? resource.headers : {})),
    body: typeof body === "string" ? body : new TextDecoder().decode(body),
    signal: init.signal ?? (isRequest ? resource.signal : undefined) ?? undefined,
  };
}

function readHeaders(headers) {
  if (Array.isArray(headers)) return Object.fromEntries(headers);
  if (typeof headers.forEach !== "function") return headers;
  const read = {};
  headers.forEach((value, name) => {
    read[name] = value;
  });
  return read;
}

function sleep(delay, signal, setTimeout, clearTimeout) {
  return new Promise((done, fail) => {
    const stop = () => {
      clearTimeout(timer);
      fail(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      done();
    }, delay);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

const broken = () =>
  Object.assign(new TypeError("terminated"), { cause: Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" }) });

function fullResponse({ status, headers, body, cut }) {
  const isEmpty = status === 204 || status === 304;
  if (cut === undefined) return new Response(isEmpty ? null : body, { status, headers });
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(body.slice(0, cut)));
    },
    pull(controller) {
      controller.error(broken());
    },
  });
  return new Response(stream, { status, headers });
}

function lightResponse({ status, headers, body, cut }) {
  const text = async () => {
    if (cut !== undefined) throw broken();
    return body;
  };
  const lower = new Map(Object.entries(headers));
  return {
    status,
    ok: status >= 200 && status < 300,
    statusText: "",
    redirected: false,
    headers: {
      get: (name) => lower.get(name.toLowerCase()) ?? null,
      has: (name) => lower.has(name.toLowerCase()),
      forEach(work) {
        for (const [name, value] of lower) work(value, name);
      },
      entries: () => lower.entries(),
      keys: () => lower.keys(),
      values: () => lower.values(),
      [Symbol.iterator]: () => lower.entries(),
    },
    text,
    json: async () => JSON.parse(await text()),
    arrayBuffer: async () => new TextEncoder().encode(await text()).buffer,
    clone: () => lightResponse({ status, headers, body, cut }),
  };
}
