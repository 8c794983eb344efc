// `npm run sbom`: pkg/intercom-destination.cdx.json, a bill of materials in CycloneDX's format, from the two lock files. What is in the
// published files is "required"; what only builds or tests them is "excluded". The same lock files give the same bytes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "smol-toml";
import { Failure, main, output, root } from "./command.mjs";
import { bundled } from "./contents.mjs";
import { compiledIn, metadata, spdxOf } from "./crates.mjs";

export const SBOM = join(root, "pkg", "intercom-destination.cdx.json");
const read = (name) => readFileSync(join(root, name), "utf8");
const lock = JSON.parse(read("package-lock.json"));
const scope = (isPublished) => (isPublished ? "required" : "excluded");

export function sbom() {
  const told = output("npm", ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx", "--sbom-type", "library"]);
  if (!told) throw new Failure("`npm sbom` failed: it needs the npm that comes with Node 20 or later.");
  const { metadata: about, components, dependencies, ...head } = JSON.parse(told);
  // They are of this run, not of the release.
  const { serialNumber, ...bom } = head;
  const { timestamp, lifecycles, ...made } = about;
  const crates = cargoComponents();
  return {
    ...bom,
    metadata: { lifecycles, ...made, component: { ...made.component, name: "intercom-destination" } },
    components: [...components.map(npmComponent), ...crates.components, standardLibrary()],
    dependencies: [...dependencies, ...crates.dependencies],
  };
}

// What is bundled is what lies in node_modules itself; another package may have another version of its own.
function npmComponent(component) {
  const isBundled = bundled.includes(component.name) && lock.packages[`node_modules/${component.name}`].version === component.version;
  return { ...component, scope: scope(isBundled) };
}

function cargoComponents() {
  const { packages, resolve } = metadata();
  const published = new Set(compiledIn());
  const checksums = new Map(parse(read("Cargo.lock")).package.map(({ name, version, checksum }) => [`${name}@${version}`, checksum]));
  const others = packages.filter(({ source }) => source !== null);
  const reference = ({ name, version }) => `pkg:cargo/${name}@${version}`;
  const references = new Map(others.map((crate) => [crate.id, reference(crate)]));
  const components = others.map((crate) => ({
    "bom-ref": reference(crate),
    type: "library",
    name: crate.name,
    version: crate.version,
    scope: scope(published.has(crate.name)),
    purl: reference(crate),
    hashes: [{ alg: "SHA-256", content: checksums.get(`${crate.name}@${crate.version}`) }],
    licenses: [{ expression: spdxOf(crate.license) }],
  }));
  const dependencies = resolve.nodes
    .filter(({ id }) => references.has(id))
    .map(({ id, dependencies }) => ({
      ref: references.get(id),
      dependsOn: [...new Set(dependencies.map((each) => references.get(each)))],
    }));
  return { components, dependencies };
}

// Parts of it are compiled into every wasm.
function standardLibrary() {
  const version = parse(read("rust-toolchain.toml")).toolchain.channel;
  const purl = `pkg:generic/rust@${version}`;
  return {
    "bom-ref": purl,
    type: "library",
    name: "rust",
    version,
    scope: "required",
    purl,
    licenses: [{ expression: "MIT OR Apache-2.0" }],
  };
}

await main(import.meta.url, () => {
  const bom = sbom();
  mkdirSync(join(root, "pkg"), { recursive: true });
  writeFileSync(SBOM, `${JSON.stringify(bom, null, 2)}\n`);
  const published = bom.components.filter(({ scope }) => scope === "required");
  console.log(
    `${SBOM}: ${bom.components.length} components; in what is published: ${published.map(({ name, version }) => `${name} ${version}`).join(", ")}.`,
  );
});
