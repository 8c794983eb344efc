// The whole network of the bench: a server on this machine. It stands in for every origin, as answers from a test tool's hooks take
// milliseconds that no network has.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { launch } from "../scripts/browser.mjs";
import { heavyWidget } from "./heavy-widget.mjs";
import { Failure, root } from "../scripts/command.mjs";

const published = join(root, "node_modules", "@segment", "browser-destinations", "dist", "web");
const inFolder = (folder) =>
  join(
    published,
    folder,
    readdirSync(join(published, folder)).find((name) => name.endsWith(".js")),
  );

/** The files that a page downloads by script tag. */
export const downloads = {
  peer: [inFolder("intercom"), inFolder("688")],
  ours: [join(root, "pkg", "intercom-destination.umd.js")],
};

// Both builds call themselves by the same name.
const renamed = (path) => read(path).replaceAll("window.intercomDestination", "window.peerDestination");

const widget = `(() => {
  const queue = window.Intercom.q;
  const hear = (method) => window.heard(method);
  window.Intercom = (...args) => hear(args[0]);
  for (const args of queue) hear(args[0]);
})()`;

const page = `<!doctype html><html lang="en"><title>Bench</title><script></script><script type="module" src="/benches/`;

function read(path) {
  if (!existsSync(path)) throw new Failure(`${path} is missing: please run \`npm run build\` first.`);
  return readFileSync(path, "utf8");
}

// Read once: what is measured stays the same, whatever is built meanwhile.
function answers() {
  const script = (text) => ["text/javascript; charset=utf-8", Buffer.from(text)];
  const html = (module) => ["text/html; charset=utf-8", Buffer.from(`${page}${module}.mjs"></script></html>`)];
  const modules = [
    "benches/cases.mjs",
    "benches/plain.mjs",
    "benches/page-events.mjs",
    "benches/page-loading.mjs",
    "benches/page-side.mjs",
    "benches/page-visit.mjs",
    "tests/oracle/same.mjs",
  ];
  return new Map([
    ["/events", html("page-events")],
    ["/loading", html("page-loading")],
    ["/visit", html("page-visit")],
    ["/peer/intercom/index.js", script(renamed(downloads.peer[0]))],
    [`/peer/688/${downloads.peer[1].split("/").at(-1)}`, script(read(downloads.peer[1]))],
    ["/ours.js", script(read(downloads.ours[0]))],
    // Thousands of updates bring a warning.
    ...["load", "sentences"].map((name) => [
      `/intercom-destination.${name}.js`,
      script(read(join(root, "pkg", `intercom-destination.${name}.js`))),
    ]),
    ["/widget.js", script(widget)],
    ["/heavy/widget.js", script(heavyWidget())],
    ...modules.map((path) => [`/${path}`, script(read(join(root, path)))]),
  ]);
}

/** A browser that can reach nothing but the server; `unexpected` holds what it asked for in vain. `name` is one of scripts/browser.mjs. */
export async function openBrowser(name) {
  const files = answers();
  const unexpected = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const found = files.get(pathname);
    if (!found && pathname !== "/favicon.ico") unexpected.push(pathname);
    const [type, body] = found ?? ["text/plain", Buffer.alloc(0)];
    response.writeHead(found ? 200 : 404, { "content-type": type, "content-length": body.length, "cache-control": "max-age=3600" });
    response.end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const args = name === "chromium" ? ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] : [];
  const browser = await launch({ browser: name, args });
  return {
    browser,
    unexpected,
    url: `http://127.0.0.1:${server.address().port}`,
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
