// The examples of docs/command-line.md, run as they stand there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { run } from "./command.mjs";

const page = readFileSync(join(root, "docs", "command-line.md"), "utf8");
const blocks = (language) => [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))].map(([, block]) => block);
const names = [...page.matchAll(/`([\w.]+)`:\n\n```json\n/g)].map(([, name]) => name);
const files = Object.fromEntries(blocks("json").map((block, i) => [names[i], block]));

for (const block of blocks("console")) {
  const [, args, expected] = block.match(/^\$ npx intercom-destination (.*)\n([^]*)$/);
  test(`${args} prints what the page says`, () => {
    const { out, err, code } = run(args.split(" "), { files });
    const isFaulty = !/\b0 faults\b/.test(expected);
    assert.deepEqual({ out, err, code }, { out: expected, err: "", code: isFaulty ? 1 : 0 });
  });
}

test("the example in code prints what its comments say", () => {
  const [example] = blocks("js");
  const said = [...example.matchAll(/console\.log.*\/\/ (.*)$/gm)].map(([, text]) => text);
  assert.ok(said.length > 0);
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", example], { cwd: root, encoding: "utf8" });
  assert.equal(printed, `${said.join("\n")}\n`);
});

test("every option has its line in the page and in --help", () => {
  const { out } = run(["--help"]);
  const options = [...readFileSync(join(root, "cli", "main.js"), "utf8").matchAll(/^ {2}"?([a-z-]+)"?: \{ type:/gm)].map(
    ([, name]) => name,
  );
  assert.ok(options.length >= 7);
  for (const option of options) {
    assert.ok(page.includes(`\`--${option}`), `the page lacks --${option}`);
    assert.ok(out.includes(`--${option}`), `--help lacks --${option}`);
  }
});
