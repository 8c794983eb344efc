// Brings a fresh machine to the point where the project builds and is tested. It runs before `npm ci`, so it stands on Node alone.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { driverPath, executablePath } from "./browser.mjs";
import { Failure, find, main, output, root, run, tools } from "./command.mjs";

const toBuild = [node, packages, rust, bindgen];
const toTest = [...toBuild, wasmPack, browser];

export function setUp({ tests = false } = {}) {
  for (const step of tests ? toTest : toBuild) step();
}

function node() {
  const [major] = process.versions.node.split(".");
  if (Number(major) < 20) throw new Failure(`Node 20 or newer is needed, and this is ${process.version}: please install a newer Node.`);
}

function packages() {
  const installed = join(root, "node_modules", ".package-lock.json");
  const wanted = join(root, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  say("npm packages");
  run("npm", ["ci", "--no-audit", "--no-fund"]);
}

function rust() {
  if (!find("cargo")) throw new Failure("Cargo was not found: please install Rust with rustup, then run this again.");
  linker();
  const text = readFileSync(join(root, "rust-toolchain.toml"), "utf8");
  const list = (key) => [...(text.match(new RegExp(`${key}\\s*=\\s*\\[([^\\]]*)\\]`))?.[1] ?? "").matchAll(/"([^"]+)"/g)].map((m) => m[1]);
  const channel = text.match(/channel\s*=\s*"([^"]+)"/)[1];
  const targets = list("targets");
  const components = list("components");
  if (complete(targets)) return;
  if (!find("rustup")) {
    throw new Failure(`This Rust lacks ${[...targets, ...components].join(", ")}: please install rustup, which adds them by itself.`);
  }
  say(`Rust ${channel}`);
  run("rustup", [
    ...["toolchain", "install", channel, "--profile", "minimal"],
    ...components.flatMap((component) => ["--component", component]),
    ...targets.flatMap((target) => ["--target", target]),
  ]);
  if (!complete(targets)) {
    throw new Failure(
      `Rust ${channel} is still incomplete: please run \`rustup target add ${targets.join(" ")}\` and \`rustup component add ${components.join(" ")}\`.`,
    );
  }
}

// rustup's own listing takes longer than a look into the toolchain's folder, and a toolchain may come from elsewhere.
function complete(targets) {
  const sysroot = output("rustc", ["--print", "sysroot"]);
  if (!sysroot) return false;
  const libraries = targets.map((target) => join(sysroot, "lib", "rustlib", target, "lib"));
  const programs = ["cargo-clippy", "rustfmt"].map((program) =>
    join(sysroot, "bin", process.platform === "win32" ? `${program}.exe` : program),
  );
  return [...libraries, ...programs].every((path) => existsSync(path));
}

// On Windows Rust finds Microsoft's by itself, in a place that is not on PATH, and says what to install if it does not.
function linker() {
  if (process.platform === "win32" || find("cc")) return;
  const advice = process.platform === "darwin" ? "`xcode-select --install`" : "`apt-get install gcc libc6-dev`";
  install(["gcc", "libc6-dev"], `Rust needs a C linker: please run ${advice}.`);
}

function bindgen() {
  const [, version] = readFileSync(join(root, "Cargo.lock"), "utf8").match(/name = "wasm-bindgen"\nversion = "([^"]+)"/);
  const here = () => output("wasm-bindgen", ["--version"])?.split(" ")[1] === version && find("wasm-bindgen-test-runner");
  if (!here()) cargoInstall("wasm-bindgen-cli", version);
  if (!here()) throw new Failure(`wasm-bindgen ${version} is needed: please run \`cargo install wasm-bindgen-cli --version ${version}\`.`);
}

function wasmPack() {
  if (!output("wasm-pack", ["--version"])) cargoInstall("wasm-pack");
}

function cargoInstall(name, version) {
  say(version ? `${name} ${version}` : name);
  const exact = version ? ["--version", version] : [];
  // Our modules are small: a tool that is ready minutes earlier beats one that runs milliseconds faster.
  const env = { ...process.env, CARGO_PROFILE_RELEASE_OPT_LEVEL: "1", CARGO_PROFILE_RELEASE_LTO: "off" };
  run("cargo", ["install", name, ...exact, "--root", tools, "--force"], { env });
}

// Debian's driver belongs to Debian's browser, so the two are installed together.
function browser() {
  if (executablePath() && driverPath()) return;
  const missing = ["browser", "driver"].filter((_, place) => !(place ? driverPath() : executablePath())).join(" and its ");
  const advice =
    process.platform === "darwin"
      ? "install Chrome and a chromedriver of the same version"
      : "run `apt-get install chromium chromium-driver` as root";
  install(["chromium", "chromium-driver"], `The tests need a ${missing}: please ${advice}.`);
}

function install(names, sentence) {
  if (process.getuid?.() !== 0 || !find("apt-get")) throw new Failure(sentence);
  say(names.join(" "));
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    run("apt-get", ["update", "-qq"], { env });
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...names], { env, stdio: ["ignore", "ignore", "inherit"] });
  } catch (error) {
    throw error instanceof Failure ? new Failure(`${error.message} ${sentence}`) : error;
  }
}

function say(what) {
  console.log(`\nInstalling ${what} …`);
}

await main(import.meta.url, ([scope]) => setUp({ tests: scope !== "build" }));
