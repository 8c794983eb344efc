// WebKitWebDriver and the display it shows its browser on, both ended with this process, whatever becomes of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { addAbortSignal } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { find } from "../command.mjs";

/** The longest that one command may take, in ms: scripts on a page are given less. */
const LONGEST_COMMAND = 90_000;
/** The same for what takes a tenth of a second and is no test's own, so that a test has time left for a new driver. */
export const LONGEST_BRIEF = 5000;
/** The longest that a start may take, in ms, and how often it is tried: all of it is less than what a test may take. */
const LONGEST_START = 10_000;
const STARTS = 2;

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts a program that the system ends when this process is killed; on an orderly end it is ended here. */
function start(program, args, options) {
  const setpriv = find("setpriv");
  const [command, ...rest] = setpriv ? [setpriv, "--pdeathsig", "KILL", "--", program, ...args] : [program, ...args];
  const child = spawn(command, rest, options);
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  child.once("exit", () => process.removeListener("exit", end));
  // Whoever forgets to close the browser can still end.
  child.unref();
  return child;
}

async function startDisplay() {
  const screen = start("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  // Xvfb ends when it cannot write the end of the line, so the pipe is read until it is closed.
  const number = await text(addAbortSignal(AbortSignal.timeout(20_000), screen.stdio[3]));
  if (!number) throw new Error("Xvfb ended without a display");
  return { screen, display: `:${number.trim()}` };
}

// Neither settings nor other programs of the machine take part.
const ALONE = { GDK_BACKEND: "x11", DBUS_SESSION_BUS_ADDRESS: "disabled:", GSETTINGS_BACKEND: "memory", NO_AT_BRIDGE: "1" };

function asker(port) {
  return async (method, path, body, limit = LONGEST_COMMAND) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
      signal: AbortSignal.timeout(limit),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(`${value.error}: ${value.message}`), { code: value.error });
    return value;
  };
}

async function openSession({ driver, browser, proxyPort }) {
  const { screen, display } = await startDisplay();
  const port = await freePort();
  const program = start(driver, [`--port=${port}`, "--host=127.0.0.1"], {
    env: { ...process.env, ...ALONE, DISPLAY: display },
    stdio: "ignore",
  });
  const end = async () => {
    const running = [program, screen].filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    const ends = running.map((child) => once(child, "exit"));
    for (const child of running) child.kill("SIGKILL");
    await Promise.all(ends);
  };
  const ask = asker(port);
  try {
    while (!(await ask("GET", "/status").catch(() => undefined))) {
      if (program.exitCode !== null) throw new Error(`${driver} ended with ${program.exitCode}`);
      await sleep(20);
    }
    // The driver would have the proxy itself spoken to over TLS.
    const args = ["--automation", `--proxy=http://127.0.0.1:${proxyPort}`, "--ignore-host=127.0.0.1"];
    const wanted = {
      acceptInsecureCerts: true,
      // By itself the driver waits also for what a page fetches after it has loaded.
      pageLoadStrategy: "none",
      timeouts: { script: 60_000, pageLoad: 60_000 },
      "webkitgtk:browserOptions": { binary: browser, args },
    };
    const { sessionId, capabilities } = await ask("POST", "/session", { capabilities: { alwaysMatch: wanted } }, LONGEST_START);
    const command = (method, path, body, limit) => ask(method, `/session/${sessionId}${path}`, body, limit);
    const close = async () => {
      await command("DELETE", "", undefined, LONGEST_BRIEF).catch(() => undefined);
      await end();
    };
    return { command, close, version: capabilities.browserVersion };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Starts the driver and a session of `browser`, whose requests all go through the proxy at `proxyPort`. */
export async function startDriver(programs) {
  // Another program may have taken the port that was free.
  for (let attempt = 1; ; attempt++) {
    try {
      return await openSession(programs);
    } catch (error) {
      if (attempt === STARTS) throw error;
    }
  }
}
