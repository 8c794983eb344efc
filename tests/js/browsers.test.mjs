// What the published files need of a browser is no more than docs/security.md says.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { features } from "../../scripts/build.mjs";
import { root, run } from "../../scripts/command.mjs";

const pkg = (name) => join(root, "pkg", name);
const own = (name) => pkg(`intercom-destination.${name}`);
const visitors = ["umd.js", "load.js", "consent.js", "forward.js", "jwt.js", "sentences.js", "fallback.js", "liquid.js"].map(own);

/** What es-check says of these files' syntax and of the language's own functions, once each problem stands on a line. */
function problems(level, files, ...options) {
  const program = join(root, "node_modules", "es-check", "lib", "cli", "index.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, level, ...files, "--checkFeatures", ...options], {
    cwd: root,
    encoding: "utf8",
  });
  const said = `${stdout}${stderr}`;
  assert.match(said, status === 0 ? /ES-Check passed/ : /ES version matching errors/);
  return said
    .split("\n")
    .filter((line) => /erroring file|error: /.test(line) && status !== 0)
    .join("\n");
}

test("scripts for visitors are ECMAScript 2021, in syntax and in what they call", () => {
  assert.equal(problems("es2021", visitors), "");
  assert.equal(problems("es2021", [pkg("intercom-destination.js"), own("inspect.js")], "--module"), "");
});

test("what runs on servers and in Segment's editor is ECMAScript 2022", () => {
  assert.equal(problems("es2022", ["cloud.js", "cloud.workerd.js"].map(own), "--module"), "");
  assert.equal(problems("es2022", [pkg("segment-function.js")]), "");
});

test("the check sees what is newer", () => {
  const folder = mkdtempSync(join(tmpdir(), "newer-"));
  try {
    const script = join(folder, "newer.js");
    for (const [text, pattern] of [
      ["Object.hasOwn({}, 'a')", /ObjectHasOwn/],
      ["class A { static { this.a = 1 } }", /erroring file: .*newer\.js/],
    ]) {
      writeFileSync(script, text);
      assert.match(problems("es2021", [script]), pattern);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// Newer than the table's browsers, or not in all of them. `load` asks whether there is `requestIdleCallback`, and the drop-in whether there is `scheduler`.
const NEWER =
  /\b(structuredClone|queueMicrotask|requestIdleCallback|AbortSignal|WeakRef|FinalizationRegistry|BroadcastChannel|ResizeObserver|replaceChildren|randomUUID|reportError|scheduler|navigation|cookieStore|userAgentData|checkVisibility|popover|showModal|inert|Temporal|localStorage|sessionStorage|indexedDB|sendBeacon|fetch|innerHTML)\b/g;

test("scripts for visitors use nothing of a page that the oldest browsers lack, and nothing that docs/security.md says they do not", () => {
  for (const file of visitors.filter((file) => !file.endsWith("liquid.js"))) {
    const found = new Set([...readFileSync(file, "utf8").matchAll(NEWER)].map(([word]) => word));
    assert.deepEqual([...found], file.endsWith("load.js") ? ["requestIdleCallback"] : file.endsWith("umd.js") ? ["scheduler"] : [], file);
  }
  for (const file of visitors)
    assert.doesNotMatch(readFileSync(file, "utf8"), /\bnew Function\b|\beval\(|\bdocument\.(cookie|write)\b/, file);
});

test("the visitors' WebAssembly has the proposals of the table and no others", () => {
  const folder = mkdtempSync(join(tmpdir(), "wasm-"));
  const validate = (flags) => run("wasm-opt", [...flags, own("wasm"), "-o", join(folder, "out.wasm")], { stdio: "ignore" });
  try {
    assert.deepEqual(features.slice(1).sort(), [
      "--enable-bulk-memory",
      "--enable-mutable-globals",
      "--enable-nontrapping-float-to-int",
      "--enable-sign-ext",
    ]);
    validate(features);
    assert.throws(() => validate(["--mvp-features"]));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
