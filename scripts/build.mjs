// Rust → wasm → the scripts in pkg/. The same sources give the same bytes.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Failure, main, output, root, run, seconds } from "./command.mjs";
import { contents, refuseOthers } from "./contents.mjs";
import { embed } from "./embed.mjs";
import { link } from "./link.mjs";
import { pack } from "./pack.mjs";
import { translateWithGlue, writeFunction } from "./segment-function.mjs";
import { setUp } from "./setup.mjs";
import { integrity, printSizes } from "./sizes.mjs";
import { once } from "./stamp.mjs";
import { translate } from "./translate.mjs";

const pkg = join(root, "pkg");
const wasm = join(pkg, "intercom-destination.wasm");
const embedded = join(pkg, "wasm.js");
const translated = join(pkg, "wasm2js.js");
const errorTexts = join(pkg, "sentences.js");
const dropIn = join(pkg, "intercom-destination.umd.js");
const library = join(pkg, "intercom-destination.js");
const fallback = join(pkg, "intercom-destination.fallback.js");
const liquid = join(pkg, "intercom-destination.liquid.js");
// What few pages need, and fetch when they do.
const onDemand = [
  ...["load", "consent", "forward", "sentences", "jwt"].map((name) => join(pkg, `intercom-destination.${name}.js`)),
  liquid,
];
const maps = [dropIn, library, ...onDemand].map((script) => `${script}.map`);
const licence = join(root, "node_modules", "liquidjs", "LICENSE");
const publishedLicence = `${liquid}.LICENSE.txt`;
// What the file that forwards has of Rust: it is loaded on demand, and then no wasm more.
const forwardingEngine = join(pkg, "forwarding.js");
const inspection = join(pkg, "inspect");
const inspector = join(pkg, "intercom-destination.inspect.js");
const cloudEngine = join(pkg, "cloud");
const cloud = join(pkg, "intercom-destination.cloud.js");
const cloudForWorkers = join(pkg, "intercom-destination.cloud.workerd.js");
const cloudWasm = join(pkg, "intercom-destination.cloud.wasm");
const functionEngine = join(pkg, "function");
const segmentFunction = join(pkg, "segment-function.js");
const commandLine = join(pkg, "intercom-destination.cli.js");
const receiver = join(pkg, "intercom-destination.receiver.js");
// For Node: the licences of what is bundled lie beside the script.
const withLicences = [commandLine, receiver];
const licenceOf = (script) => `${script}.LICENSE.txt`;
const page = join(pkg, "www", "index.html");
const visitWidget = join(pkg, "www", "visit-widget.js");

// What .cargo/config.toml allows the compiler to use. Mutable globals are Rust's stack pointer; they never leave the module.
export const features = [
  "--mvp-features",
  "--enable-mutable-globals",
  "--enable-bulk-memory",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
];

// Found by trying: with the tool's own limits the drop-in has 460 bytes of brotli more.
const inlining = ["--always-inline-max-function-size", "4", "--one-caller-inline-max-function-size", "210"];

const bare = ["--remove-producers-section"];
const stripped = ["--strip-debug", "--strip-producers", "--strip-target-features"];
const places = [root, process.env.CARGO_HOME ?? join(homedir(), ".cargo")];

const recipe = ["build", "contents", "embed", "link", "pack", "segment-function", "stamp", "translate", "wasm-sections"].map((name) =>
  join(root, "scripts", `${name}.mjs`),
);
const lock = join(root, "package-lock.json");
const config = join(root, "webpack.config.js");

export async function build() {
  await buildForwarding();
  const compiled = compile("wasm32v1-none");
  await once("wasm", { inputs: [compiled, ...recipe, lock, { text: output("wasm-bindgen", ["--version"]) }], outputs: [wasm] }, () =>
    optimise(compiled),
  );
  await once("embedded", { inputs: [wasm, ...recipe], outputs: [embedded] }, () =>
    writeFileSync(embedded, embed(pack(readFileSync(wasm)))),
  );
  await once("translated", { inputs: [wasm, ...recipe, lock], outputs: [translated] }, () => translate(wasm, translated, features));
  await once("sentences", { inputs: [compiled, ...recipe], outputs: [errorTexts] }, () => writeErrorTexts(compiled));
  const inputs = [join(root, "js"), embedded, translated, errorTexts, forwardingEngine, licence, ...recipe, config, lock];
  await once("scripts", { inputs, outputs: [dropIn, library, fallback, ...onDemand, ...maps, publishedLicence] }, async () => {
    await bundle("scripts");
    maps.forEach(leaveOutText);
    copyFileSync(licence, publishedLicence);
  });
  maps.forEach(refusePaths);
  await buildTools();
  await buildCloud();
  await buildFunction();
  report([
    wasm,
    dropIn,
    library,
    fallback,
    ...onDemand,
    inspector,
    cloud,
    cloudForWorkers,
    cloudWasm,
    segmentFunction,
    commandLine,
    receiver,
  ]);
}

// A few hundred bytes of decisions, as JavaScript only: there is nothing to gain by compiling so little on the page, and nothing to forbid.
async function buildForwarding() {
  const compiled = compile("wasm32v1-none", ["--no-default-features", "--features", "forward"]);
  await once("forwarding", { inputs: [compiled, ...recipe, lock], outputs: [forwardingEngine] }, () => {
    const linked = `${forwardingEngine}.linked.wasm`;
    link(compiled, linked, features);
    run("wasm-opt", ["-Oz", ...features, ...stripped, linked, "-o", linked]);
    translate(linked, forwardingEngine, features);
    for (const made of [linked, `${linked}.wat`]) rmSync(made);
  });
}

/** The sections of the wasm in which src/wasm/sentences.rs leaves its texts, as a module. */
function writeErrorTexts(compiled) {
  const module = new WebAssembly.Module(readFileSync(compiled));
  const [codes, expected] = ["error_codes", "error_sentences"].map((name) => {
    const [section] = WebAssembly.Module.customSections(module, name);
    if (!section) throw new Failure(`The wasm has no section ${name}, which src/wasm/sentences.rs makes.`);
    return JSON.stringify(Buffer.from(section).toString().trimEnd());
  });
  writeFileSync(errorTexts, `export const CODES = ${codes};\nexport const EXPECTED = ${expected};\n`);
}

// What tells of settings and events. Its wasm is one of its own, with the standard library, and no visitor downloads it.
async function buildTools() {
  await buildWithGlue("inspection", compile("wasm32-unknown-unknown", ["--features", "inspect"]), inspection);
  const inputs = [join(root, "js"), join(root, "cli"), join(root, "hosts", "receiver"), inspection, errorTexts, ...recipe, config, lock];
  const licences = withLicences.map(licenceOf);
  await once("tools", { inputs, outputs: [inspector, commandLine, receiver, ...licences] }, async () => {
    await bundle("tools");
    for (const script of withLicences) writeFileSync(licenceOf(script), contents[basename(script)].map(licenceText).join("\n"));
  });
}

function licenceText(name) {
  const folder = join(root, "node_modules", name);
  const file = readdirSync(folder).find((file) => /^license/i.test(file));
  return `${name}\n\n${readFileSync(join(folder, file), "utf8")}`;
}

// Cloud mode's wasm has nothing of web mode in it.
async function buildCloud() {
  // For speed, not for size: no visitor downloads it.
  const fast = ["--config", "profile.release.opt-level=3"];
  await buildWithGlue("cloud", compile("wasm32-unknown-unknown", ["--no-default-features", "--features", "cloud", ...fast]), cloudEngine);
  const inputs = [join(root, "js"), cloudEngine, ...recipe, config, lock];
  await once("cloud-script", { inputs, outputs: [cloud, cloudForWorkers, cloudWasm] }, async () => {
    await bundle("cloud");
    copyFileSync(join(cloudEngine, "engine.wasm"), cloudWasm);
  });
}

// For Segment's editor: small, since it is pasted.
async function buildFunction() {
  const compiled = compile("wasm32-unknown-unknown", ["--no-default-features", "--features", "cloud"]);
  const made = ["engine.js", "wasm2js.js"].map((name) => join(functionEngine, name));
  const inputs = [compiled, ...recipe, lock, { text: output("wasm-bindgen", ["--version"]) }];
  await once("function", { inputs, outputs: made }, () => translateWithGlue(compiled, functionEngine, { features, stripped, writeGlue }));
  const sources = [join(root, "js"), join(root, "hosts", "segment-function"), ...made, ...recipe, lock];
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  await once("function-script", { inputs: sources, outputs: [segmentFunction] }, () => writeFunction(segmentFunction, version));
}

/** Writes what `compiled` is to be imported as: wasm-bindgen's glue, and the wasm as a text. */
async function buildWithGlue(name, compiled, folder) {
  const outputs = [join(folder, "engine.js"), join(folder, "wasm.js")];
  const inputs = [compiled, ...recipe, lock, { text: output("wasm-bindgen", ["--version"]) }];
  await once(name, { inputs, outputs }, () => {
    rmSync(folder, { recursive: true, force: true });
    writeGlue(compiled, folder);
    const proposals = [...features, "--enable-reference-types", "--enable-multivalue"];
    run("wasm-opt", ["-O3", ...proposals, ...stripped, join(folder, "engine_bg.wasm"), "-o", join(folder, "engine.wasm")]);
    writeFileSync(outputs[1], embed(readFileSync(join(folder, "engine.wasm"))));
  });
}

function writeGlue(compiled, folder) {
  run("wasm-bindgen", ["--target", "web", "--omit-default-module-path", ...bare, "--out-dir", folder, "--out-name", "engine", compiled]);
  listOnce(folder);
}

// wasm-bindgen lists a script once for each block in Rust that names it, of which bundlers warn.
function listOnce(folder) {
  const glue = join(folder, "engine.js");
  const named = new Set();
  const lines = readFileSync(glue, "utf8").split("\n");
  const isFirst = (line) => {
    const [, key] = line.match(/^ +("\.\/snippets\/.+"): import\d+,$/) ?? [];
    if (key === undefined) return true;
    const isNew = !named.has(key);
    named.add(key);
    return isNew;
  };
  writeFileSync(glue, lines.filter(isFirst).join("\n"));
}

export async function buildPage() {
  // The stand-in for Intercom is part of the page, and of nothing that is published.
  const inputs = [join(root, "www"), join(root, "js"), join(root, "tests", "intercom"), dropIn, library, liquid, inspector, cloudEngine];
  inputs.push(...recipe, config, lock);
  // The page looks for what it loads on demand where the package does: beside itself. Its frame is a site with the drop-in.
  const beside = [dropIn, ...onDemand, publishedLicence].map((file) => [file, join(dirname(page), basename(file))]);
  const frame = join(root, "www", "visit");
  beside.push([join(frame, "visit.html"), join(dirname(page), "visit.html")]);
  for (const name of ["record", "start"]) beside.push([join(frame, `${name}.js`), join(dirname(page), `visit-${name}.js`)]);
  await once("page", { inputs, outputs: [page, visitWidget, ...beside.map(([, copy]) => copy)] }, async () => {
    await bundle("page");
    await bundle("visit");
    for (const [file, copy] of beside) copyFileSync(file, copy);
  });
}

function compile(target, selection = []) {
  const { target_directory } = JSON.parse(output("cargo", ["metadata", "--no-deps", "--format-version", "1", "--offline"]));
  // The standard library keeps the names of files for its messages: they must not be those of this machine.
  const flags = selection.length > 0 &&
    !target.endsWith("-none") && {
      CARGO_ENCODED_RUSTFLAGS: places.map((place, i) => `--remap-path-prefix=${place}=${i}`).join("\x1f"),
    };
  run("cargo", ["build", "--release", "--locked", "--lib", "--target", target, ...selection], {
    env: { ...process.env, ...flags },
  });
  return join(target_directory, target, "release", "intercom_destination.wasm");
}

function optimise(compiled) {
  const folder = join(dirname(compiled), "bindgen");
  run("wasm-bindgen", [
    "--target",
    "bundler",
    "--keep-debug",
    ...bare,
    "--out-dir",
    folder,
    "--out-name",
    "intercom_destination",
    compiled,
  ]);
  const linked = join(folder, "linked.wasm");
  link(join(folder, "intercom_destination_bg.wasm"), linked, features);
  // Small, and fast where that costs next to no bytes: whatever is about as short as a call is put in its place.
  run("wasm-opt", ["-Oz", "-Oz", "-Os", ...inlining, "--reorder-functions", ...features, ...stripped, linked, "-o", wasm]);
}

async function bundle(part) {
  const { default: webpack } = await import("webpack");
  const { default: table } = await import("../webpack.config.js");
  const compiler = webpack(table[part]);
  const stats = await new Promise((done, fail) => compiler.run((error, result) => (error ? fail(error) : done(result))));
  await new Promise((done) => compiler.close(done));
  if (part !== "page" && !stats.hasErrors())
    for (const { compilation } of stats.stats) refuseOthers(compilation.name, filesIn(compilation));
  if (stats.hasErrors() || stats.hasWarnings()) {
    throw new Failure(
      `webpack could not build the ${part}.\n${stats.toString({ preset: "errors-warnings", colors: process.stderr.isTTY })}`,
    );
  }
}

/** The files whose code is in what webpack has made, also those that it joined into one. */
function filesIn(compilation) {
  const modules = [...compilation.chunks].flatMap((chunk) => [...compilation.chunkGraph.getChunkModules(chunk)]);
  const parts = modules.flatMap((module) => [module, ...(module.modules ?? [])]);
  return parts.map((part) => part.resource).filter(Boolean);
}

// The text of the wasm stands in the script already, and nobody reads it.
function leaveOutText(path) {
  const map = JSON.parse(readFileSync(path, "utf8"));
  const place = map.sources.findIndex((source) => source.endsWith("/pkg/wasm.js"));
  if (place < 0) return;
  map.sourcesContent[place] = null;
  map.ignoreList = [place];
  writeFileSync(path, JSON.stringify(map));
}

function report(paths) {
  for (const path of paths) refusePaths(path);
  printSizes(paths);
  console.log(`${basename(dropIn)}  ${integrity(dropIn)}`);
}

// A path of the machine that built it would make the bytes differ from machine to machine, and tell visitors about that machine.
function refusePaths(path) {
  const text = readFileSync(path, "latin1");
  const leaked = places.find((place) => text.includes(place));
  if (leaked) throw new Failure(`${path} contains the path ${leaked}: a panic message or a file name was kept somewhere.`);
}

await main(import.meta.url, async ([part]) => {
  const start = performance.now();
  setUp();
  await build();
  if (part === "www") await buildPage();
  console.log(`Built in ${seconds(start)}.`);
});
