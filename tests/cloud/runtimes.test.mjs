// The packed package in other runtimes than Node: outcomes, and what the stand-in for Intercom holds, are those of Node.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { Log, LogLevel, Miniflare } from "miniflare";
import { decode } from "../../js/engine/decode.js";
import { output, root } from "../../scripts/command.mjs";
import { bundle } from "../wrangler.mjs";
import { openProject, result } from "./runtimes/project.mjs";

let project;
let inNode;

before(async () => {
  project = openProject();
  const program = await import(join(project.folder, "program.mjs"));
  inNode = await result(program.run);
});
after(() => project.close());

test("in Node, every kind of outcome comes up", () => {
  const statuses = inNode.outcomes.map(({ status, code }) => code ?? status);
  assert.deepEqual(statuses, ["delivered", "delivered", "delivered", "contact_missing", "nobody", "not_subscribed", "event_unreadable"]);
  assert.deepEqual([inNode.ok, inNode.outcomes[3].isTimed, inNode.faults], [true, true, { 503: 1 }]);
  assert.deepEqual(inNode.events, [["Hello ADA", 1767225602]]);
  assert.equal(inNode.contacts.length, 2);
});

// Their npm packages bring a program for this machine, if there is one for it.
const others = [
  { name: "Deno", found: program("@deno", "deno"), args: ["run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-read=."] },
  { name: "Bun", found: program("@oven", "bin/bun"), args: ["run"] },
];

function program(scope, path) {
  const folder = join(root, "node_modules", scope);
  const programs = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, path)) : [];
  return programs.find((each) => existsSync(each) && output(each, ["--version"]));
}

for (const { name, found, args } of others) {
  test(`${name} does as Node does`, { skip: !found && `there is no ${name} for this machine` }, async () => {
    const there = await result(async (task) => {
      const started = promisify(execFile)(found, [...args, "print.mjs", JSON.stringify(task)], { cwd: project.folder });
      return JSON.parse((await started).stdout);
    });
    assert.deepEqual(there, inNode);
  });
}

describe("Cloudflare Workers", () => {
  let worker;

  before(() => {
    worker = new Miniflare({
      ...bundle(["worker.mjs", "--name", "test", "--compatibility-date", "2026-04-01"], project.folder),
      compatibilityDate: "2026-04-01",
      // Otherwise a description of a place is fetched from Cloudflare.
      cf: false,
      log: new Log(LogLevel.ERROR),
    });
  });
  after(() => worker?.dispose());

  test("do as Node does", async () => {
    const inWorkers = await result(async (task) => {
      const response = await worker.dispatchFetch("http://worker/", { method: "POST", body: JSON.stringify(task) });
      return response.json();
    });
    assert.deepEqual(inWorkers, inNode);
  });

  test("run the same wasm as Node", async () => {
    const { default: text } = await import("../../pkg/cloud/wasm.js");
    const published = readFileSync(join(root, "pkg", "intercom-destination.cloud.wasm"));
    assert.ok(published.equals(decode(text)), "the published wasm has other bytes than the script");
  });
});
