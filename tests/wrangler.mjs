// What wrangler would deploy to Cloudflare, for workerd on this machine.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, run } from "../scripts/command.mjs";

// Neither telemetry nor a look for newer versions.
const quiet = { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true", CI: "1" };

/** Bundles as `wrangler deploy ...args` does; gives the modules as Miniflare takes them. */
export function bundle(args, cwd = root) {
  const folder = mkdtempSync(join(tmpdir(), "worker-"));
  try {
    run("wrangler", ["deploy", ...args, "--dry-run", "--outdir", folder], {
      cwd,
      env: { ...process.env, ...quiet },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const files = readdirSync(folder).filter((name) => /\.(js|wasm)$/.test(name));
    const modules = files.map((name) => ({
      type: name.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
      path: join(folder, name),
      contents: readFileSync(join(folder, name)),
    }));
    // Where it starts comes first.
    return { modules: modules.sort((one) => (one.type === "ESModule" ? -1 : 1)), modulesRoot: folder };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
