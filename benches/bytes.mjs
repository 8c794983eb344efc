// What a page downloads: by script tag, and within a site's own bundle.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { Failure, root } from "../scripts/command.mjs";
import { downloads } from "./server.mjs";

const require = createRequire(import.meta.url);
// The package's own door opens onto every destination it has; a site that minds its bytes goes around it.
const peer = join(dirname(require.resolve("@segment/browser-destinations")), "..", "destinations", "intercom", "index.js");
const apps = {
  empty: "window.factory = undefined",
  peer: `import factory from ${JSON.stringify(peer)}; window.factory = factory`,
  ours: `import factory from "intercom-destination"; window.factory = factory`,
  plain: `import { plainDestination } from ${JSON.stringify(join(root, "benches", "plain.mjs"))}; window.factory = plainDestination`,
};

// Ours has files that a usual page never asks for.
const onDemand = /intercom-destination\.(consent|fallback|liquid|load)\.js$/;

function sizes(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes, { params }).length };
}

const combine = (a, b, join) => Object.fromEntries(Object.keys(a).map((key) => [key, join(a[key], b[key])]));
/** Each file is a download of its own, compressed by itself. */
const total = (files) => files.map((path) => sizes(readFileSync(path))).reduce((a, b) => combine(a, b, (x, y) => x + y));

async function bundle(name) {
  const { default: webpack } = await import("webpack");
  const folder = join(root, "target", "bench", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, "app.mjs");
  writeFileSync(entry, `${apps[name]};\n`);
  const out = join(folder, "out");
  const output = { path: out, filename: "app.js", chunkFilename: "[id].js" };
  const compiler = webpack({ context: root, entry, mode: "production", performance: false, output });
  const stats = await new Promise((done, fail) => compiler.run((error, result) => (error ? fail(error) : done(result))));
  await new Promise((done) => compiler.close(done));
  if (stats.hasErrors()) throw new Failure(`webpack could not bundle ${name}.\n${stats.toString({ preset: "errors-only" })}`);
  const { chunks } = stats.toJson({ all: false, chunks: true, chunkModules: true, ids: true, nestedModules: true });
  const wanted = chunks.filter(({ modules }) => !modules.some((module) => onDemand.test(module.name)));
  return total(wanted.flatMap(({ files }) => files.map((file) => join(out, file))));
}

/** `{tag: {side: {raw, gzip, brotli}}, npm: {…}}`. */
export async function measureBytes(say) {
  const tag = Object.fromEntries(Object.entries(downloads).map(([side, files]) => [side, total(files)]));
  const bundles = {};
  for (const name of Object.keys(apps)) {
    say(`webpack, ${name}`);
    bundles[name] = await bundle(name);
  }
  const { empty, ...rest } = bundles;
  const npm = Object.fromEntries(Object.entries(rest).map(([side, size]) => [side, combine(size, empty, (a, b) => a - b)]));
  return { tag, npm };
}
