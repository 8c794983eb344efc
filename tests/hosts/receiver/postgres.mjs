// A PostgreSQL of the test's own, on a free port: Debian's, or whichever is on PATH.
import { spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { find } from "../../../scripts/command.mjs";

const DEBIAN = "/usr/lib/postgresql";
const isRoot = process.getuid?.() === 0;

function programs() {
  const onPath = find("initdb");
  if (onPath) return dirname(realpathSync(onPath));
  if (!existsSync(DEBIAN)) return undefined;
  const newest = readdirSync(DEBIAN).sort((one, other) => other - one)[0];
  return newest && existsSync(join(DEBIAN, newest, "bin", "initdb")) ? join(DEBIAN, newest, "bin") : undefined;
}

function installed() {
  if (!programs() && isRoot && find("apt-get")) {
    console.log("Installing PostgreSQL …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { env });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql"], { env });
  }
  return programs();
}

const userOf = () => {
  const { stdout } = spawnSync("id", ["-u", "postgres"], { encoding: "utf8" });
  return stdout?.trim() ? Number(stdout) : undefined;
};

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** `{ url, restart(), stop(), database(name) }`, or a sentence that says why there is none. */
export async function startPostgres() {
  const folder = installed();
  if (!folder) return "There is no PostgreSQL here and it can't be installed: `apt-get install postgresql` brings one.";
  // It refuses to run as root.
  const user = isRoot ? userOf() : undefined;
  if (isRoot && (user === undefined || !find("setpriv"))) return "PostgreSQL does not run as root, and there is no user `postgres` here.";
  const place = mkdtempSync(join(tmpdir(), "receiver-postgres-"));
  if (user !== undefined) chownSync(place, user, -1);
  const data = join(place, "data");
  const port = await freePort();
  const run = (program, ...args) => {
    const line = [join(folder, program), ...args];
    const [first, ...rest] = user === undefined ? line : ["setpriv", `--reuid=${user}`, "--clear-groups", ...line];
    const { status, stderr, stdout } = spawnSync(first, rest, { encoding: "utf8", cwd: place, stdio: ["ignore", "pipe", "pipe"] });
    if (status !== 0) throw new Error(`${program} failed: ${stderr || stdout}`);
  };
  const options = `-p ${port} -k ${place} -c listen_addresses=127.0.0.1 -c fsync=on`;
  const control = (...args) => run("pg_ctl", "-D", data, "-l", join(place, "log"), "-o", options, "-w", ...args);
  run("initdb", "-D", data, "-U", "receiver", "--auth=trust", "-E", "UTF8");
  control("start");
  const stop = () => {
    control("stop", "-m", "immediate");
    rmSync(place, { recursive: true, force: true });
  };
  return {
    stop,
    restart: () => control("restart", "-m", "immediate"),
    /** The address of a new database. */
    database(name) {
      run("createdb", "-h", "127.0.0.1", "-p", String(port), "-U", "receiver", name);
      return `postgres://receiver@127.0.0.1:${port}/${name}`;
    },
  };
}
