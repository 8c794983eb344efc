// The rooms of src/ and js/ import each other as docs/architecture.md draws it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";

const DOCUMENT = "docs/architecture.md";
const read = (file) => readFileSync(join(root, file), "utf8");
const filesIn = (folder, extension) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
    .filter((name) => name.endsWith(extension))
    .sort();

/** What is drawn for a subgraph: arrows between rooms. An arrow of dots is no import. */
function picture(subgraph) {
  const lines = /```mermaid\n([^]*?)```/.exec(read(DOCUMENT))[1].split("\n");
  const start = lines.findIndex((line) => line.trim().startsWith(`subgraph ${subgraph} `));
  const rows = lines.slice(start + 1, lines.indexOf("  end", start));
  const labels = new Map(rows.flatMap((row) => [...row.matchAll(/(\w+)\[(\w+)\]/g)]).map(([, id, label]) => [id, label]));
  const arrows = new Map();
  for (const row of rows) {
    const rooms = row.split("-->").map((part) => part.trim().replace(/\[.*\]$/, ""));
    assert.ok(rooms.length > 1 && rooms.every((room) => /^\w+$/.test(room)), `${DOCUMENT}: ${row.trim()} is no row of arrows`);
    const names = rooms.map((room) => labels.get(room) ?? room);
    for (const [i, to] of names.slice(1).entries()) arrows.set(names[i], [...(arrows.get(names[i]) ?? []), to]);
  }
  return arrows;
}

/** Everything that arrows lead to, from one end on. */
function below(arrows, from) {
  const found = new Set();
  const follow = (room) => {
    for (const next of arrows.get(room) ?? []) if (!found.has(next)) found.add(next) && follow(next);
  };
  follow(from);
  return found;
}

/** `src/web/call.rs` and `src/web/mod.rs` are in the room `web`; `src/error.rs` is the room `error`. */
const roomOf = (file) => file.split("/")[1].replace(/\.\w+$/, "");

/** Where one room of Rust names another, outside of tests and comments. */
function rustImports(file) {
  const path = file.slice("src/".length, -".rs".length).split("/");
  if (path.at(-1) === "mod" || file === "src/lib.rs") path.pop();
  const found = [];
  const inner = [];
  const lines = read(file).split("\n");
  for (const [i, line] of lines.entries()) {
    if (line === inner.at(-1)?.end) inner.pop();
    const [, indent] = /^( *)(?:pub(?:\(\w+\))? )?mod \w+ \{$/.exec(line) ?? [];
    if (indent !== undefined) inner.push({ end: `${indent}}`, isTest: /^ *#\[cfg\(.*\btest\b/.test(lines[i - 1]) });
    if (inner.some(({ isTest }) => isTest)) continue;
    const code = line.replace(/(^|\s)\/\/.*/, "");
    for (const [, start, next] of code.matchAll(/\b(crate|super(?:::super)*)::(\w+|\{|\*)/g)) {
      const depth = path.length + inner.length;
      const isRoot = start === "crate" || start.split("::").length === depth;
      if (isRoot) found.push({ place: `${file}:${i + 1}`, from: roomOf(file), to: next });
    }
  }
  return found;
}

/** Where one file of js/ imports another. What is built, other packages and types are not files of js/. */
function jsImports(file) {
  const text = read(file);
  const pattern = /^(?:import|export)\b(?:[^"';]*?\bfrom)? ?"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gm;
  return [...text.matchAll(pattern)]
    .map((match) => ({
      place: `${file}:${text.slice(0, match.index).split("\n").length}`,
      from: roomOf(file),
      target: posix.join(posix.dirname(file), match[1] ?? match[2]),
    }))
    .filter(({ target }) => !target.startsWith("pkg/") && !target.startsWith("js/types/"))
    .map((found) => ({ ...found, to: found.target.startsWith("js/") ? roomOf(found.target) : found.target }));
}

const LANGUAGES = {
  rust: filesIn("src", ".rs").flatMap(rustImports),
  js: filesIn("js", ".js").flatMap(jsImports),
};

for (const [language, imports] of Object.entries(LANGUAGES)) {
  const arrows = picture(language);
  const between = imports.filter(({ from, to }) => from !== to);

  test(`${language}: each import between rooms is drawn, or follows from what is drawn`, () => {
    const wrong = between.filter(({ from, to }) => !below(arrows, from).has(to));
    assert.equal(wrong.map(({ place, from, to }) => `${place}: ${from} imports ${to}`).join("\n"), "");
  });

  test(`${language}: each arrow is an import`, () => {
    const drawn = [...arrows].flatMap(([from, rooms]) => rooms.map((to) => `${from} --> ${to}`));
    const real = new Set(between.map(({ from, to }) => `${from} --> ${to}`));
    assert.equal(drawn.filter((arrow) => !real.has(arrow)).join("\n"), "");
  });

  test(`${language}: arrows lead in no circle, and web and cloud do not lead to each other`, () => {
    for (const room of arrows.keys()) assert.ok(!below(arrows, room).has(room), `${room} leads to itself`);
    assert.ok(!below(arrows, "web").has("cloud"), "web leads to cloud");
    assert.ok(!below(arrows, "cloud").has("web"), "cloud leads to web");
  });
}

test("js: files import each other in no circle", () => {
  const arrows = new Map();
  for (const { place, target } of LANGUAGES.js) {
    const [file] = place.split(":");
    arrows.set(file, [...(arrows.get(file) ?? []), target]);
  }
  for (const { place, target } of LANGUAGES.js) {
    const [file] = place.split(":");
    assert.ok(target !== file && !below(arrows, target).has(file), `${place}: ${target} leads back to this file`);
  }
});
