// `npm test`: every check there is, in order, stopping at the first that fails. `npm test host` and the like run one part.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { audit } from "./audit.mjs";
import { driverPath, executablePath, webkitPrograms } from "./browser.mjs";
import { Failure, main, nightly, output, root, run, seconds } from "./command.mjs";
import { checkPackage } from "./package.mjs";
import { reproduce } from "./reproduce.mjs";
import { setUp } from "./setup.mjs";

// A test that fails may leave a server or a program, which would keep its file from ending.
const LONGEST_FILE = `--test-timeout=${20 * 60_000}`;
const deny = ["--", "-D", "warnings"];
// The other tests stand on the host's own JSON.
const inBrowser = ["--test", "wasm", "--features", "cloud"];

// One row for each check: the part it belongs to, its heading, and what it does. All parts run in the order of this table.
const steps = [
  ["host", "Formatting", () => run("cargo", ["fmt", "--check"])],
  ["host", "JavaScript: formatting and lints", () => run("biome", ["ci", "--error-on-warnings", "."])],
  ["host", "Spelling", () => run("cspell", ["--no-progress", "--quiet"])],
  ["host", "Lints, host", () => run("cargo", ["clippy", "--locked", "--all-targets", "--features", "cloud", ...deny])],
  ["web", "Lints, wasm32v1-none", () => run("cargo", ["clippy", "--locked", "--lib", "--target", "wasm32v1-none", ...deny])],
  [
    "web",
    "Lints, what is loaded on demand",
    () =>
      run("cargo", ["clippy", "--locked", "--lib", "--no-default-features", "--features", "forward", "--target", "wasm32v1-none", ...deny]),
  ],
  [
    "web",
    "Lints, wasm32-unknown-unknown",
    () => run("cargo", ["clippy", "--locked", ...inBrowser, "--target", "wasm32-unknown-unknown", ...deny]),
  ],
  [
    "web",
    "Lints, inspection",
    () => run("cargo", ["clippy", "--locked", "--lib", "--features", "inspect", "--target", "wasm32-unknown-unknown", ...deny]),
  ],
  ["host", "Each combination of features", featureCombinations],
  ["host", "Documentation in Rust", rustDocs],
  ["host", "Host tests", () => run("cargo", ["test", "--locked", "--features", "cloud"])],
  ["host", "Stand-in for Intercom's REST API", () => nodeTests("intercom")],
  ["host", "Fuzz targets", fuzzTargets],
  ["e2e", "Licences and sources", checkSupplyChain],
  ["e2e", "Known vulnerabilities", audit],
  ["e2e", "Types", checkTypes],
  ["e2e", "Build", build],
  ["e2e", "Types in JavaScript", () => run("tsc", ["--project", "js"])],
  ["e2e", "Size", () => run(process.execPath, ["scripts/size.mjs"])],
  ["cloud", "Cloud mode", cloudTests],
  // `npm run test:oracle:cloud` draws twenty times as many.
  ["cloud", "Comparison with Segment's Cloud mode", () => run(process.execPath, ["tests/oracle/cloud/run.mjs", "--cases", "1000"])],
  ["hosts", "Receiver", () => hostTests("receiver")],
  ["hosts", "Segment function", () => hostTests("segment-function")],
  ["hosts", "Lambda", () => hostTests("lambda")],
  ["hosts", "Cloudflare Workers", () => hostTests("worker")],
  ["web", "Browser tests in Rust", browserTests],
  ["e2e", "End-to-end tests", endToEnd],
  ["package", "Package", packageTests],
  ["package", "The same bytes elsewhere", sameBytes],
  ["firefox", "In Firefox", inFirefox],
  ["webkit", "In WebKit", inWebKit],
  ["soak", "Soak", soak],
  ["oracle", "Comparison with Segment's own", () => run(process.execPath, ["tests/oracle/run.mjs"])],
];

// That a mode builds without the other shows that neither imports it.
function featureCombinations() {
  const native = output("rustc", ["-vV"]).match(/host: (\S+)/)[1];
  for (const features of ["web", "cloud", "web,cloud", "web,oracle"]) {
    for (const target of [native, "wasm32-unknown-unknown"]) {
      run("cargo", ["clippy", "--locked", "--lib", "--no-default-features", "--features", features, "--target", target, ...deny]);
    }
  }
}

function rustDocs() {
  const env = { ...process.env, RUSTDOCFLAGS: "-D warnings" };
  run("cargo", ["doc", "--locked", "--no-deps", "--features", "cloud", "--document-private-items"], { env });
}

function checkTypes() {
  run("tsc", [
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--target",
    "es2020",
    "--module",
    "nodenext",
    "js/types/index.d.ts",
    "js/types/inspect.d.ts",
    "js/types/cloud.d.ts",
  ]);
  // The loaders' own types have faults that are not ours, so these are left out there.
  run("tsc", ["--project", "tests/types"]);
}

async function checkSupplyChain() {
  const { checkSupplyChain } = await import("./supply-chain.mjs");
  checkSupplyChain();
}

async function build() {
  const { build, buildPage } = await import("./build.mjs");
  await build();
  await buildPage();
}

async function packageTests() {
  await build();
  checkPackage();
  nodeTests("package");
}

// A whole build from nothing takes minutes, and hardly any change makes it differ.
function sameBytes() {
  if (process.argv[2] !== "package") return console.log("`npm run test:package` builds a second time and compares.");
  reproduce();
}

function fuzzTargets() {
  const toolchain = nightly();
  if (!toolchain) return console.log("There is no nightly toolchain here, which fuzzing needs: the fuzz targets are not compiled.");
  run("cargo", [`+${toolchain}`, "check", "--locked", "--manifest-path", "fuzz/Cargo.toml"]);
}

async function cloudTests() {
  if (process.argv[2] === "cloud") await build();
  nodeTests("cloud");
}

// Programs that Cloud mode runs in, each on its real engine. Alone they are run in full; among all the other checks faults are shorter.
async function hostTests(host) {
  if (process.argv[2] === "hosts") {
    process.env.TEST_FAULTS ??= "long";
    await build();
  }
  nodeTests(`hosts/${host}`);
}

function browserTests() {
  // wasm-pack finds the tools on PATH, and is told never to fetch its own. Its warnings are about not knowing its newest version.
  const found = ["--chromedriver", driverPath(), "--mode", "no-install"];
  const fixtures = readdirSync(join(root, "tests", "fixtures"), { recursive: true })
    .sort()
    .join();
  const env = { ...process.env, FIXTURES: fixtures };
  run("wasm-pack", ["--log-level", "error", "test", "--headless", "--chrome", ...found, "--", "--locked", ...inBrowser], { env });
}

async function endToEnd() {
  await bundleTestSites();
  const work = () => nodeTests("js", "cli", "e2e");
  if (process.argv[2] === "e2e") work();
  else shortened({ ...FEW_LOADS, ...FEW_LOOKS }, work);
}

// Two values of the setting `load`, two looks of the playground, and one way to the fallback: the other one is tried in Chromium.
const FEW_LOADS = { TEST_LOADS: "now;launcher" };
const FEW_LOOKS = { TEST_LOOKS: "light, 1280 pixels;dark, 320 pixels" };
const FEW_ENGINES = { TEST_ENGINES: "WebAssembly;JavaScript, WebAssembly missing" };

function shortened(limits, work) {
  Object.assign(process.env, limits);
  work();
  for (const name of Object.keys(limits)) delete process.env[name];
}

// Two files of tests run at a time, and both would bundle what is not there yet.
async function bundleTestSites() {
  const { bundle } = await import("../tests/e2e/bundle.mjs");
  const { bundleSites } = await import("../tests/e2e/loaders/sites.mjs");
  await bundle();
  await bundleSites();
}

// Alone it is run in full; among all the other checks it is shortened.
async function soak() {
  if (process.argv[2] === "soak") process.env.SOAK_EVENTS ??= "200000";
  await build();
  nodeTests("soak");
}

// Alone, every page's test is run there; among all the other checks only those of what must never fail, and of a later widget by a click.
async function inFirefox() {
  if (!executablePath("firefox"))
    return console.log("There is no Firefox here, so nothing is run in it: `apt-get install firefox-esr` brings one.");
  const isAlone = process.argv[2] === "firefox";
  if (isAlone) await build();
  await bundleTestSites();
  process.env.TEST_BROWSER = "firefox";
  if (isAlone) nodeTests("e2e");
  else shortened({ ...FEW_LOADS, ...FEW_ENGINES }, () => nodeTests("e2e/reliability", "e2e/load/matrix.test.mjs"));
  delete process.env.TEST_BROWSER;
}

// Alone, all tests of web mode's pages; among all the other checks some of those of what must never fail.
async function inWebKit() {
  if (!webkitPrograms())
    return console.log(
      "WebKit cannot be driven here, so nothing is run in it: `apt-get install webkit2gtk-driver xvfb openssl` brings it.",
    );
  const isAlone = process.argv[2] === "webkit";
  if (isAlone) await build();
  await bundleTestSites();
  process.env.TEST_BROWSER = "webkit";
  if (isAlone) {
    const folders = ["reliability", "loaders", "load", "consent", "forward"].map((name) => `e2e/${name}`);
    const files = tests("site", "actions", "loading", "subscriptions", "settings", "messenger-settings", "user-jwt", "inspect");
    nodeTests(...folders, ...files);
  } else nodeTests(...tests("reliability/security", "reliability/pages", "reliability/missing"));
  delete process.env.TEST_BROWSER;
}

const tests = (...names) => names.map((name) => `e2e/${name}.test.mjs`);

function nodeTests(...folders) {
  const files = folders.flatMap((folder) => testFiles(join("tests", folder)));
  if (files.length === 0) throw new Failure(`There are no tests in ${folders.join(", ")}.`);
  // Pages wait more than they work; what counts memory or time is alone.
  const concurrency = folders.includes("soak") ? 1 : 2;
  run(process.execPath, ["--test", "--test-reporter=spec", `--test-concurrency=${concurrency}`, LONGEST_FILE, ...files]);
}

function testFiles(folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  if (folder.endsWith(".test.mjs")) return [folder];
  return readdirSync(path, { recursive: true })
    .filter((file) => file.endsWith(".test.mjs"))
    .sort()
    .map((file) => join(folder, file));
}

await main(import.meta.url, async ([part]) => {
  const chosen = steps.filter(([group]) => !part || group === part);
  if (chosen.length === 0)
    throw new Failure(`There is no part "${part}": choose one of ${[...new Set(steps.map(([group]) => group))].join(", ")}.`);
  const start = performance.now();
  setUp({ tests: part !== "host" });
  let passed = 0;
  try {
    for (const [, heading, work] of chosen) {
      const began = performance.now();
      console.log(`\n=== ${heading}`);
      await work();
      passed += 1;
      console.log(`=== ${heading}: passed in ${seconds(began)}`);
    }
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
  console.log(`\n${passed === chosen.length ? "Everything passed" : `${chosen[passed][1]} failed`} after ${seconds(start)}.`);
  console.log(`${passed} passed, ${chosen.length - passed > 0 ? 1 : 0} failed`);
});
