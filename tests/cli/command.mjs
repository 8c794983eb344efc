// The built command, run as a shell would, in a folder with the files of a test.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/command.mjs";

const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const command = join(root, bin["intercom-destination"]);

/** What `intercom-destination ...args` prints, beside these files: `{ code, out, err }`. */
export function run(args, { files = {}, input = "", env = {} } = {}) {
  const parent = join(root, "target", "cli");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "test-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
    }
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
      cwd: folder,
      input,
      encoding: "utf8",
      env: { PATH: process.env.PATH, ...env },
      maxBuffer: 1 << 28,
    });
    return { code: status, out: stdout, err: stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
