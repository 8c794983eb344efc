// A page in WebKit in the shape of Playwright's `Page`, as far as the tests of pages use it.
import { createHash } from "node:crypto";
import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { LONGEST_BRIEF } from "./driver.mjs";
import { decode, encode } from "./values.mjs";

/** What a test asks of a page that WebDriver cannot do. */
export class Unsupported extends Error {}

/** Runs on every page before anything else: keeps what is written to the console and what nobody caught. */
function watch() {
  const seen = [];
  Object.defineProperty(window, "__seen", { value: seen });
  const text = (value) =>
    typeof value === "object" && value !== null && !(value instanceof Error) ? JSON.stringify(value) : String(value);
  for (const [method, type] of Object.entries({ log: "log", info: "info", debug: "debug", warn: "warning", error: "error" })) {
    const original = console[method];
    console[method] = (...args) => {
      seen.push({ type, text: args.map(text).join(" ") });
      original.apply(console, args);
    };
  }
  const told = (error) => `${error}\n${error?.stack ?? ""}`;
  addEventListener("error", (event) => event instanceof ErrorEvent && seen.push({ uncaught: told(event.error ?? event.message) }));
  addEventListener("unhandledrejection", (event) => seen.push({ uncaught: told(event.reason) }));
  // Scripts count what is on the page.
  document.currentScript.remove();
}

const watching = `(${watch})()`;
const hash = `'sha256-${createHash("sha256").update(watching).digest("base64")}'`;

/** A page with the watching script first, `{html, headers}`; a policy that would forbid it is given its hash. */
export function watched(html, headers = {}) {
  const policy = headers["content-security-policy"] ?? "";
  const [, nonce] = /'nonce-([^']+)'/.exec(policy) ?? [];
  const allowsInline = nonce || !policy.includes("script-src") || (policy.includes("'unsafe-inline'") && !policy.includes("'sha"));
  const script = `<script${nonce ? ` nonce="${nonce}"` : ""}>${watching}</script>`;
  const start = /^(?:\s*<!doctype[^>]*>)?(?:\s*<html[^>]*>)?(?:\s*<head>)?/i.exec(html)[0].length;
  return {
    html: html.slice(0, start) + script + html.slice(start),
    headers: allowsInline ? headers : { ...headers, "content-security-policy": policy.replace("script-src", `script-src ${hash}`) },
  };
}

// The work stands outside of the function that runs it: names in there must not come between it and the page's own.
const script = (work) => `((work, text, done) => {
  const encode = ${encode}, decode = ${decode};
  const seen = () => (window.__seen ? window.__seen.splice(0) : []);
  new Promise((settle) => settle(work(decode(text)))).then(
    (value) => done(encode({ value, seen: seen() })),
    (error) => done(encode({ failed: true, error: error instanceof Error ? error : String(error), seen: seen() })),
  );
})(${typeof work === "function" ? work : `() => (${work})`}, arguments[0], arguments[arguments.length - 1])`;

const drained = `const encode = ${encode}; return encode(window.__seen ? window.__seen.splice(0) : []);`;

/** Opens an address, and waits until the page has loaded, for `longest` ms at most. */
export async function navigate(command, url, longest = 30_000) {
  const look = (script) =>
    command("POST", "/execute/sync", { script, args: [] }).catch((error) => {
      // A page that is just going gives no answer, a driver that hangs never will.
      if (error.name === "TimeoutError") throw error;
      return false;
    });
  await look("window.__left = true");
  await command("POST", "/url", { url });
  // A process that is new to a site begins with an empty page.
  const there = url === "about:blank" ? "true" : "location.href !== 'about:blank'";
  const hasLoaded = () => look(`return !window.__left && ${there} && document.readyState === 'complete'`);
  for (const end = performance.now() + longest; !(await hasLoaded()); await sleep(10)) {
    if (performance.now() > end) throw new Error(`${url} did not load within ${longest / 1000} s`);
  }
}

/** How scripts are run on a page, and what its console says meanwhile: both are told to listeners of `heard`. */
function consoleOf(driver) {
  const heard = new EventEmitter();
  const tell = (seen) => {
    for (const { uncaught, type, text } of seen) {
      if (uncaught) heard.emit("pageerror", { stack: uncaught });
      else heard.emit("console", { type: () => type, text: () => text });
    }
  };
  // Tests look at the console while they wait for something else. The driver is given one command at a time.
  let running = 0;
  let draining;
  const drain = async () => {
    if (running > 0) return;
    draining ??= driver
      .command("POST", "/execute/sync", { script: drained, args: [] }, LONGEST_BRIEF)
      .then((text) => tell(decode(text)))
      // A page that is just going says no more.
      .catch(() => undefined)
      .finally(() => (draining = undefined));
    await draining;
  };
  const command = async (...args) => {
    running += 1;
    try {
      await draining;
      return await driver.command(...args);
    } finally {
      running -= 1;
    }
  };
  const evaluate = async (work, argument) => {
    const { value, failed, error, seen } = decode(
      await command("POST", "/execute/async", { script: script(work), args: [encode(argument)] }),
    );
    tell(seen);
    if (failed) throw error instanceof Error ? error : new Error(error);
    return value;
  };
  return { heard, drain, command, evaluate };
}

/** Waits until `holds` says so, for 15 seconds at most. */
async function waitFor(holds, what) {
  for (const end = performance.now() + 15_000; performance.now() < end; await sleep(20)) if (await holds()) return;
  throw new Error(`${what} did not come within 15 s`);
}

const insertScript = ({ url, content }) =>
  new Promise((done, fail) => {
    const element = document.createElement("script");
    element.onload = () => done();
    element.onerror = () => fail(new Error(`${url} failed`));
    if (url) element.src = url;
    else element.text = content;
    document.head.append(element);
    if (!url) done();
  });

const write = (html) => {
  document.open();
  document.write(html);
  document.close();
};

/** What is asked for and is not there names itself, so that the test is skipped. */
const orUnsupported = (known, what) =>
  new Proxy(known, {
    get: (target, name) => {
      if (name in target || name === "then") return target[name];
      return () => {
        throw new Unsupported(`WebKit's driver has no ${what}${String(name)}`);
      };
    },
  });

/** The page in the driver's current window, of `size`. */
export function pageOf(driver, size) {
  const { heard, drain, command, evaluate } = consoleOf(driver);
  const polling = setInterval(drain, 100).unref();
  const page = {
    on: (name, listener) => heard.on(name, listener),
    setDefaultTimeout: () => {},
    viewportSize: () => size,
    evaluate,
    goto: (url) => navigate(command, url),
    waitForTimeout: (ms) => sleep(ms).then(drain),
    waitForFunction: (work) => waitFor(() => evaluate(work).catch(() => false), String(work)),
    // The driver names an address before the page is there.
    waitForURL: (pattern) =>
      waitFor(async () => (await evaluate(() => location.href).catch(() => "")).endsWith(pattern.replace(/^\*\*/, "")), pattern),
    setContent: async (html) => {
      await evaluate(write, html);
      await page.waitForFunction(() => document.readyState === "complete");
    },
    addScriptTag: ({ url, content }) => evaluate(insertScript, { url, content }),
    locator: (selector) => locatorOf({ command, evaluate }, selector),
    keyboard: { press: (key) => press(command, key) },
    close: async () => {
      clearInterval(polling);
      await drain();
    },
  };
  return orUnsupported(page, "");
}

function locatorOf({ command, evaluate }, selector) {
  const ask = (work) => evaluate(`(${work})([...document.querySelectorAll(${JSON.stringify(selector)})])`);
  const isVisible = () =>
    ask(([found]) => {
      if (!found) return false;
      const { width, height } = found.getBoundingClientRect();
      return width > 0 && height > 0 && getComputedStyle(found).visibility === "visible";
    });
  const attached = () => ask((found) => found.length > 0);
  const states = { visible: isVisible, hidden: async () => !(await isVisible()), attached, detached: async () => !(await attached()) };
  const waits = ({ state = "visible" } = {}) => waitFor(states[state], `${selector}, ${state},`);
  const known = {
    count: () => ask((found) => found.length),
    isVisible,
    getAttribute: (name) => ask(`([found]) => found.getAttribute(${JSON.stringify(name)})`),
    waitFor: waits,
    click: async () => {
      await waits();
      const found = await command("POST", "/element", { using: "css selector", value: selector });
      await command("POST", `/element/${Object.values(found)[0]}/click`);
    },
    evaluate: (work) => ask(`([found]) => (${work})(found)`),
    boundingBox: () =>
      ask(([found]) => {
        const { x, y, width, height } = found.getBoundingClientRect();
        return { x, y, width, height };
      }),
  };
  return orUnsupported(known, "locator.");
}

const KEYS = { Tab: "\uE004", Enter: "\uE007", Escape: "\uE00C", Space: " " };

function press(command, key) {
  const value = KEYS[key] ?? (key.length === 1 ? key : undefined);
  if (!value) throw new Unsupported(`WebKit's driver is not told how to press ${key}`);
  const actions = ["keyDown", "keyUp"].map((type) => ({ type, value }));
  return command("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
}
