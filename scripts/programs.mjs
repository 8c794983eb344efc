// How a program is started on this system. Node alone is enough here: it is used before `npm ci`.
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";

const here = {
  platform: process.platform,
  env: process.env,
  node: process.execPath,
  isProgram: (file) => {
    try {
      accessSync(file, constants.X_OK);
      return statSync(file).isFile();
    } catch {
      return false;
    }
  },
  exists: existsSync,
  read: (file) => readFileSync(file, "utf8"),
};

const pathOf = ({ platform }) => (platform === "win32" ? path.win32 : path.posix);

/** Where a program is on PATH, or undefined. Windows finds programs by their endings. */
export function findOn(program, system = here) {
  const { join, delimiter } = pathOf(system);
  const endings = system.platform === "win32" ? [".exe", ".cmd"] : [""];
  for (const folder of system.env.PATH.split(delimiter)) {
    const found = endings.map((ending) => join(folder, program + ending)).find(system.isProgram);
    if (found) return found;
  }
  return undefined;
}

/**
 * What to start for `program` with `args`. Windows starts no `.cmd` without a shell, to which arguments are no longer just arguments; those that
 * npm writes say which script Node has to run.
 */
export function invocation(program, args, system = here) {
  const found = system.platform === "win32" ? findOn(program, system) : undefined;
  if (!found?.endsWith(".cmd")) return [program, args];
  const script = scriptOf(found, system);
  if (!script) throw new Error(`${found} is not a command that npm wrote`);
  return [system.node, [script, ...args]];
}

function scriptOf(command, system) {
  const { dirname, join } = pathOf(system);
  const [, script] = /"%(?:~dp0|dp0%)\\([^"]+)"\s+%\*/.exec(system.read(command)) ?? [];
  if (script) return join(dirname(command), script);
  // Node's own: npm and npx.
  const [, name] = /\\node_modules\\npm\\bin\\(np[mx])-cli\.js/.exec(system.read(command)) ?? [];
  return name && join(dirname(command), "node_modules", "npm", "bin", `${name}-cli.js`);
}
