// A project of somebody's: in a folder far from this one, with the packed tarball and its own tools from the registry.
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../../scripts/command.mjs";
import { serve } from "../../scripts/serve.mjs";

const here = join(root, "tests", "package");

// What npm tells the scripts it runs is about this project, and would lead an npm of another one here.
const environment = () => {
  const own = Object.entries(process.env).filter(
    ([key]) => !/^(npm_(config_local_prefix|package_|lifecycle_)|INIT_CWD|NODE_TEST_CONTEXT)/.test(key),
  );
  return { ...Object.fromEntries(own), NEXT_TELEMETRY_DISABLED: "1", CI: "1" };
};

export class Project {
  constructor(name) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), `${name}-`)));
    cpSync(join(here, "shop"), this.folder, { recursive: true });
    cpSync(join(here, name), this.folder, { recursive: true });
  }

  /** As its lock file says, and then the tarball, which has no place in a lock file: it changes with every build. */
  install(tarball) {
    const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--loglevel=error"];
    this.run("npm", "ci", ...quiet);
    this.run("npm", "install", "--no-save", ...quiet, tarball);
  }

  /** What the program printed; fails when it fails. */
  run(program, ...args) {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      cwd: this.folder,
      env: environment(),
      encoding: "utf8",
      timeout: 300_000,
    });
    if (error || status !== 0)
      throw new Error(`\`${[program, ...args].join(" ")}\` failed${error ? `: ${error.message}` : ""}\n${stdout}${stderr}`);
    return stdout + stderr;
  }

  /** Serves what was built in `dist`, with the project's pages beside it. */
  async serve() {
    for (const file of readdirSync(this.folder)) {
      if (file.endsWith(".html") && !readdirSync(join(this.folder, "dist")).includes(file))
        copyFileSync(join(this.folder, file), join(this.folder, "dist", file));
    }
    const { url, close } = await serve(join(this.folder, "dist"));
    this.stop = close;
    return url;
  }

  /** Runs a program that serves, until `stop`; gives the address it prints. */
  start(program, ...args) {
    const server = spawn(program, args, { cwd: this.folder, env: environment(), stdio: ["ignore", "pipe", "pipe"], detached: true });
    const ended = new Promise((done) => server.on("close", done));
    // It may have started others, which end with its group.
    this.stop = () => {
      if (server.exitCode === null) process.kill(-server.pid);
      return ended;
    };
    return new Promise((resolve, reject) => {
      let printed = "";
      const read = (chunk) => {
        printed += chunk;
        const [url] = stripVTControlCharacters(printed).match(/http:\/\/127\.0\.0\.1:\d+/) ?? [];
        if (url) resolve(`${url}/`);
      };
      server.stdout.on("data", read);
      server.stderr.on("data", read);
      server.on("error", reject);
      setTimeout(() => reject(new Error(`${program} has named no address within a minute\n${printed}`)), 60_000).unref();
      ended.then(() => reject(new Error(`${program} ended before it served anything\n${printed}`)));
    });
  }

  async close() {
    await this.stop?.();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
