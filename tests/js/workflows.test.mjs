// The workflows run nothing that could be exchanged under its name, with no more rights than they need.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { root } from "../../scripts/command.mjs";

const folder = join(root, ".github", "workflows");
const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), "utf8");
  return { file, text, ...parse(text, { strict: true, uniqueKeys: true }) };
});
const jobs = workflows.flatMap(({ file, jobs }) => Object.entries(jobs).map(([id, job]) => ({ place: `${file}: ${id}`, ...job })));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

test("each action is pinned to a commit, with its version beside it, the same one everywhere", () => {
  const versions = new Map();
  const lines = workflows.flatMap(({ text }) => text.match(/^.*\buses:.*$/gm));
  const used = jobs.flatMap(({ steps }) => steps.filter(({ uses }) => uses));
  assert.equal(lines.length, used.length);
  assert.ok(used.length > 5);
  for (const line of lines) {
    const [, action, commit, version] = /uses: ([\w-]+\/[\w-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/.exec(line) ?? assert.fail(line);
    assert.equal(versions.get(action) ?? `${commit} ${version}`, `${commit} ${version}`, action);
    versions.set(action, `${commit} ${version}`);
  }
});

test("each job says its permissions and how long it may take; without a word a workflow has none", () => {
  for (const { name, permissions } of workflows) assert.deepEqual(permissions, {}, name);
  for (const { place, permissions, "timeout-minutes": minutes } of jobs) {
    assert.ok(permissions && typeof permissions === "object" && minutes > 0, place);
    const written = Object.keys(permissions).filter((key) => permissions[key] === "write");
    assert.deepEqual(written, place === "release.yml: publish" ? ["contents", "id-token"] : [], place);
  }
});

test("no step keeps the token in the checkout, or puts what others wrote into a command", () => {
  for (const { place, steps } of jobs) {
    for (const { uses, with: given, run } of steps) {
      if (uses?.startsWith("actions/checkout@")) assert.equal(given["persist-credentials"], false, place);
      assert.doesNotMatch(run ?? "", /\$\{\{/, place);
    }
  }
  for (const { file, on } of workflows) assert.ok(!("pull_request_target" in on), file);
});

test("what the steps run is there", () => {
  const commands = jobs.flatMap(({ steps }) => steps.map(({ run }) => run ?? "")).join("\n");
  for (const [, name] of commands.matchAll(/npm run (\S+)/g)) assert.ok(name in scripts, name);
  for (const [, path] of commands.matchAll(/node (scripts\/\S+)/g)) assert.ok(existsSync(join(root, path)), path);
  assert.match(commands, /npm publish --provenance/);
  assert.match(commands, /gh release create [^\n]* pkg\/intercom-destination\.cdx\.json/);
});

test("a release is published from a version tag only, by npm's trusted publishing", () => {
  const release = workflows.find(({ file }) => file === "release.yml");
  assert.deepEqual(release.on, { push: { tags: ["v*.*.*"] } });
  assert.doesNotMatch(release.text, /secrets\./);
  assert.equal(release.jobs.publish.needs, "build");
});
