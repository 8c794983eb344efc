// The examples as somebody would use them: filled in, built as their package.json says, and opened with the real loaders.
import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { root, run } from "../../scripts/command.mjs";
import { openVendor, scriptsIn } from "./loaders/open.mjs";
import { customerIoSnippet, rows, segmentSnippet } from "./loaders/vendors.mjs";
import { WRITE_KEY } from "./network.mjs";
import { until, visit } from "./site.mjs";

const examples = join(root, "examples");
const read = (...path) => readFileSync(join(...path), "utf8");

const boot = ["boot", { app_id: "abc123", api_base: "https://api-iam.intercom.io", installation_type: "s" }];
const page = ["update", {}];
const ada = ["update", { user_id: "u-1", name: "Ada", email: "ada@example.com" }];
const order = ["trackEvent", "Order Completed", { price: { amount: 1999, currency: "EUR" } }];

// One row for each folder: `like` names the row of vendors.mjs whose servers answer, `calls` is all that Intercom hears. Snippets end
// with a page view, as their vendors give them.
const table = [
  { folder: "segment-npm", like: "Segment, plugins", calls: [boot, ada, order] },
  { folder: "segment-npm-app-settings", like: "Segment, npm factory", calls: [boot, ada, order] },
  {
    folder: "segment-snippet",
    like: "Segment, snippet, register",
    snippet: `${segmentSnippet}analytics.page();`,
    calls: [boot, page, ada, order],
  },
  { folder: "segment-remote-plugin", like: "Segment, plugins", calls: [boot, ada, order] },
  { folder: "customerio-npm", like: "Customer.io, plugins", calls: [boot, ada, order] },
  {
    folder: "customerio-snippet",
    like: "Customer.io, pre-seeded cioanalytics",
    snippet: `${customerIoSnippet}cioanalytics.page();`,
    calls: [boot, page, ada, order],
  },
  { folder: "rudderstack", like: "RudderStack, addCustomIntegration", calls: [boot, ada, order] },
  { folder: "hightouch", like: "Hightouch, plugins", calls: [boot, ada, order] },
  { folder: "june", like: "June, plugins", calls: [boot, ada, order] },
  { folder: "getanalytics", like: "analytics, plugins", calls: [boot, ada, order] },
  { folder: "classic", like: "analytics.js-core, use", calls: [boot, ada, order] },
  { folder: "standalone", like: "none, standalone, drop-in", calls: [boot, ada, order] },
];

/** What somebody puts in the place of what is written in capitals. */
const values = ({ snippet }) => [
  [/YOUR_WRITE_KEY/, WRITE_KEY],
  [/YOUR_APP_ID/, "abc123"],
  [/YOUR_DESTINATION_ID/, "custom-1"],
  [/YOUR_DATA_PLANE_URL/, "https://plane.test"],
  [/<!-- YOUR SNIPPET, .* -->/, `<script>${snippet}</script>`],
];

const place = realpathSync(mkdtempSync(join(tmpdir(), "examples-")));
after(() => rmSync(place, { recursive: true }));

/** Copies the example to where nothing of this project is near, and fills it in. */
function fillIn(row) {
  const folder = join(place, row.folder);
  cpSync(join(examples, row.folder), folder, { recursive: true });
  for (const file of ["index.html", "main.js"].map((name) => join(folder, name)).filter(existsSync)) {
    const text = values(row).reduce((text, [placeholder, value]) => text.replace(placeholder, () => value), read(file));
    assert.doesNotMatch(text, /YOUR/);
    writeFileSync(file, text);
  }
  return folder;
}

/** Gives the example the packages that it names, and no others, and builds it with its own command. */
function build(folder) {
  const { dependencies, devDependencies, scripts } = JSON.parse(read(folder, "package.json"));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    const source = name === "intercom-destination" ? root : join(root, "node_modules", name);
    assert.equal(version, JSON.parse(read(source, "package.json")).version, `the version of ${name}`);
    const target = join(folder, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(source, target);
  }
  // No settings of a folder above the place take part.
  run("sh", ["-c", `${scripts.build} --log-level=warning --tsconfig-raw={}`], { cwd: folder });
}

for (const row of table) {
  test(`${row.folder} sends what it says to Intercom`, { timeout: 60_000 }, async () => {
    const folder = fillIn(row);
    if (existsSync(join(folder, "package.json"))) build(folder);
    const site = await openVendor(
      rows.find(({ title }) => title === row.like),
      {
        settings: { appId: "abc123" },
        html: read(folder, "index.html"),
        routes: [
          [/^https:\/\/shop\.test\/dist\//, scriptsIn(join(folder, "dist"))],
          ["https://your.cdn/intercom-destination.umd.js", scriptsIn(join(root, "pkg"))],
        ],
      },
    );
    await visit(site, async () => {
      await until(async () => (await site.run(() => window.__calls?.length)) >= row.calls.length);
      // Whatever else Intercom might hear.
      await sleep(500);
      assert.deepEqual(await site.run(() => window.__calls), row.calls);
      const faults = site.console.filter(({ type }) => type === "error" || type === "warning");
      assert.deepEqual(faults, []);
    });
  });
}

describe("each folder of examples", () => {
  // tests/cloud/docs.test.mjs runs the one without a page.
  const folders = readdirSync(examples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "cloud")
    .map(({ name }) => name)
    .sort();

  test("is run here", () => assert.deepEqual(table.map(({ folder }) => folder).sort(), folders));

  test("has its line in the README", () => {
    const lines = [...read(examples, "README.md").matchAll(/^- \[([^\]]+)\]\(\1\/\): ./gm)].map(([, folder]) => folder);
    assert.deepEqual(lines.sort(), folders);
  });
});
