// The example of docs/cloud.md, as it stands there, on the stand-in; and the settings that its table and the types name.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createIntercom } from "../intercom/intercom.mjs";
import { serveIntercom } from "../intercom/server.mjs";
import { TOKEN } from "./workspace.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path) => readFileSync(`${root}${path}`, "utf8");
const page = read("docs/cloud.md");

test("the example delivers", async () => {
  const intercom = createIntercom({ now: Date.now, token: TOKEN });
  const server = await serveIntercom(intercom);
  try {
    const [, example] = page.match(/```js\n([\s\S]+?)```/);
    assert.ok(example.includes('region: "us"'));
    // The only change: the requests go to the stand-in.
    const code = example.replace('region: "us"', `baseUrl: "${server.url}"`);
    const environment = { ...process.env, INTERCOM_ACCESS_TOKEN: TOKEN };
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], { cwd: root, env: environment });
    assert.equal(stdout, "[ 'delivered', 'delivered' ]\n");
    const { contacts, events } = intercom.state();
    assert.deepEqual([contacts[0].name, events[0].name, events[0].metadata.price.amount], ["Ada", "Order Completed", 1999]);
  } finally {
    await server.close();
  }
});

test("the README's line delivers the example and shows what arrived", async () => {
  const server = await serveIntercom(createIntercom({ now: Date.now, searchLag: 120 }));
  const folder = mkdtempSync(join(tmpdir(), "cloud-"));
  try {
    const [line] = read("README.md").match(/^INTERCOM_ACCESS_TOKEN=any node .*$/m);
    const { settings, events } = line.match(/deliver (?<events>\S+) --settings (?<settings>\S+)/).groups;
    // The port is another one, and what the run writes is not beside the example.
    const moved = (text) => text.replaceAll("http://127.0.0.1:8787", server.url);
    writeFileSync(join(folder, "settings.json"), moved(read(settings)));
    writeFileSync(join(folder, "events.ndjson"), read(events));
    const command = moved(line).replace(settings, join(folder, "settings.json")).replace(events, join(folder, "events.ndjson"));
    const { stdout, stderr } = await promisify(execFile)("sh", ["-c", command], { cwd: root });
    assert.match(stderr, /4 delivered, 0 failed/);
    const state = JSON.parse(stdout);
    assert.deepEqual([state.contacts.length, state.companies.length, state.events.length], [2, 1, 1]);
  } finally {
    rmSync(folder, { recursive: true });
    await server.close();
  }
});

test("the table of settings and the types name the same", () => {
  const section = page.split("## Settings")[1].split("\n## ")[0];
  const documented = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
  const [, settings] = read("js/types/cloud.d.ts").match(/export interface CloudSettings \{([\s\S]+?)\n\}/);
  const typed = [...settings.matchAll(/^ {2}(\w+)\?:/gm)].map(([, key]) => key);
  assert.deepEqual(documented.toSorted(), typed.toSorted());
});
