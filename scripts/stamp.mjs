// Skips a step of the build whose inputs are what they were. Contents count, not times: a fresh checkout has no times worth trusting.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./command.mjs";

/** Does `work` unless all `outputs` exist and were made from the same `inputs` (files, folders, or plain text as `{ text }`). */
export async function once(name, { inputs, outputs }, work) {
  const folder = join(root, "pkg", ".stamps");
  const stamp = join(folder, name);
  const now = fingerprint(inputs);
  const fresh = existsSync(stamp) && readFileSync(stamp, "utf8") === now && outputs.every((path) => existsSync(path));
  if (fresh) return false;
  mkdirSync(folder, { recursive: true });
  await work();
  writeFileSync(stamp, now);
  return true;
}

function fingerprint(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) {
    if (input.text !== undefined) hash.update(`text\0${input.text}\0`);
    else
      for (const file of files(input))
        hash
          .update(`${relative(root, file)}\0`)
          .update(readFileSync(file))
          .update("\0");
  }
  return hash.digest("hex");
}

function files(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
