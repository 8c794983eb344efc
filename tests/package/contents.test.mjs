// What npm publishes: these files and no others, each of use to who gets it.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { pack } from "../../scripts/package.mjs";

const read = (...path) => readFileSync(join(root, ...path), "utf8");
const { files } = pack();
const published = files.map(({ path }) => path);

// A row for each kind of file; a new published file is one more name.
const expected = [
  ["package.json", "LICENSE", "README.md", "CHANGELOG.md", "SECURITY.md"],
  [
    "architecture",
    "cloud",
    "command-line",
    "consent",
    "errors",
    "filters",
    "forwarding",
    "lambda",
    "limits",
    "loading",
    "mappings",
    "messenger",
    "migrating",
    "receiver",
    "security",
    "segment-function",
    "session",
    "troubleshooting",
    "user-jwt",
    "worker",
  ].map((name) => `docs/${name}.md`),
  ["hosts/README.md", "js/errors.js", "js/limits.js", "pkg/segment-function.js"],
  ["app.mjs", "deliver.js", "handler.d.ts", "handler.js", "records.js", "settle.js", "template.yaml"].map((name) => `hosts/lambda/${name}`),
  ["index", "inspect", "cloud"].map((name) => `js/types/${name}.d.ts`),
  ["classic", "getanalytics", "plugin", "rudderstack", "standalone"].flatMap((name) => [
    `js/subpaths/${name}.js`,
    `js/subpaths/${name}.d.ts`,
  ]),
  [
    "js",
    "umd.js",
    "load.js",
    "consent.js",
    "forward.js",
    "sentences.js",
    "jwt.js",
    "liquid.js",
    "fallback.js",
    "inspect.js",
    "cloud.js",
    "cloud.workerd.js",
    "cloud.wasm",
    "cli.js",
    "receiver.js",
  ].map((name) => `pkg/intercom-destination.${name}`),
  ["js", "umd.js", "load.js", "consent.js", "forward.js", "jwt.js", "sentences.js", "liquid.js"].map(
    (name) => `pkg/intercom-destination.${name}.map`,
  ),
  ["liquid", "cli", "receiver"].map((name) => `pkg/intercom-destination.${name}.js.LICENSE.txt`),
].flat();

test("the package holds what it should, and nothing else", () => {
  assert.deepEqual(published.toSorted(), expected.toSorted());
});

test("every file that the package names is published", () => {
  const { exports, types, unpkg, jsdelivr } = JSON.parse(read("package.json"));
  const entries = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? entry : Object.values(entry)));
  for (const path of [types, unpkg, jsdelivr, ...entries]) assert.ok(published.includes(path.replace("./", "")), path);
});

test("every published document's links lead to published files", () => {
  for (const path of published.filter((path) => path.endsWith(".md"))) {
    for (const [, target] of read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      assert.ok(published.includes(join(path, "..", target)), `${path} leads to ${target}`);
    }
  }
});

const own = (source) => source.match(/^webpack:\/\/intercom-destination\/\.\/(js\/.+)/)?.[1];
const maps = published.filter((path) => path.endsWith(".map"));

for (const path of maps) {
  const map = JSON.parse(read(path));

  test(`${path} holds our sources as they are`, () => {
    const sources = map.sources.map(own);
    assert.ok(sources.some(Boolean));
    sources.forEach(
      (source, i) => source && assert.ok(map.sourcesContent[i] === read(source), `${source} is another than when it was built`),
    );
  });

  test(`${path} does not hold the wasm a second time`, () => {
    const place = map.sources.findIndex((source) => source.endsWith("pkg/wasm.js"));
    if (place >= 0) assert.equal(map.sourcesContent[place], null);
    for (const content of map.sourcesContent) assert.ok(!content?.includes(read("pkg", "wasm.js").slice(40, 200)));
  });

  test(`${path} names places of the package alone`, () => {
    for (const source of map.sources)
      assert.match(source, /^webpack:\/\/intercom-destination\/(\.\/(js|pkg|node_modules\/liquidjs)\/|webpack\/)/);
  });
}

// A text that stands in one source and survives minifying.
for (const [name, text, source] of [
  ["js", "app_id_conflict", "js/web/page.js"],
  ["umd.js", "app_id_conflict", "js/web/page.js"],
  ["liquid.js", "array_to_sentence_string concat", "js/entries/liquid.js"],
]) {
  test(`the map of ${name} leads from a message to its line`, () => {
    const script = `pkg/intercom-destination.${name}`;
    const lines = read(script).split("\n");
    const line = lines.findIndex((each) => each.includes(text));
    const map = JSON.parse(read(`${script}.map`));
    const { originalSource, originalLine } = new SourceMap(map).findEntry(line, lines[line].indexOf(text));
    assert.equal(own(originalSource), source);
    assert.match(read(source).split("\n")[originalLine], new RegExp(text));
  });
}

test("only the module names its map", () => {
  const naming = published.filter((path) => /^pkg\/.*\.js$/.test(path) && read(path).includes("sourceMappingURL="));
  assert.deepEqual(naming, ["pkg/intercom-destination.js"]);
  assert.ok(existsSync(join(root, "pkg", read(naming[0]).match(/sourceMappingURL=(\S+)/)[1])));
});
