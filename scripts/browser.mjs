// Which browser the tests drive, and how it is started. The set-up asks for paths before `npm ci`: Playwright is loaded on launch only.
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { find } from "./command.mjs";

const cache =
  process.platform === "darwin" ? join(homedir(), "Library", "Caches", "ms-playwright") : join(homedir(), ".cache", "ms-playwright");

const browsers = {
  chromium: {
    variable: "CHROME_BIN",
    programs: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    applications: ["Google Chrome", "Chromium"],
    cached: ["chrome-linux/chrome", "chrome-linux64/chrome", "chrome-mac/Chromium.app/Contents/MacOS/Chromium"],
    // Without a network to the outside, a browser's own chatter is refused many times a second and slows the tests.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Routes answer before a name is looked up; what slips through finds nobody.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ],
  },
  firefox: {
    variable: "FIREFOX_BIN",
    programs: ["firefox", "firefox-esr"],
    applications: ["Firefox"],
    cached: [],
    args: [],
    // An unpatched Firefox is driven over WebDriver BiDi.
    channel: "moz-firefox",
    // Not a word to the outside: tests answer what their pages ask for, and what slips through finds no proxy.
    preferences: {
      "app.update.enabled": false,
      "datareporting.policy.dataSubmissionEnabled": false,
      "network.captive-portal-service.enabled": false,
      "network.connectivity-service.enabled": false,
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": 9,
      "network.proxy.share_proxy_settings": true,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": 9,
    },
  },
};

/** Where the browser is, or undefined. */
export function executablePath(name = "chromium") {
  const { variable, programs, applications, cached } = browsers[name];
  const asked = process.env[variable];
  const installed = applications.map((application) => `/Applications/${application}.app/Contents/MacOS/${application}`);
  return [asked, ...programs.map(find), ...installed, ...playwrightsOwn(name, cached)].find((path) => path && existsSync(path));
}

function playwrightsOwn(name, files) {
  if (!existsSync(cache)) return [];
  const builds = readdirSync(cache)
    .filter((folder) => folder.startsWith(`${name}-`))
    .sort()
    .reverse();
  return builds.flatMap((build) => files.map((file) => join(cache, build, file)));
}

/** Where WebKit's programs are, or undefined unless everything is there that driving it takes. */
export function webkitPrograms() {
  const browser = [process.env.WEBKIT_BIN, ...webkitBrowsers()].find((path) => path && existsSync(path));
  const driver = find("WebKitWebDriver");
  return browser && driver && find("Xvfb") && find("openssl") ? { browser, driver } : undefined;
}

// Debian has it in a folder for each architecture.
function webkitBrowsers() {
  const folders = existsSync("/usr/lib") ? readdirSync("/usr/lib").map((name) => join("/usr/lib", name)) : [];
  return ["/usr/libexec", ...folders].map((folder) => join(folder, "webkit2gtk-4.1", "MiniBrowser"));
}

/** Where chromedriver is, or undefined. */
export function driverPath() {
  const asked = process.env.CHROMEDRIVER;
  return asked && existsSync(asked) ? asked : find("chromedriver");
}

/** The browser that the tests of pages run in: `TEST_BROWSER` names it. */
export const chosen = process.env.TEST_BROWSER || "chromium";

/** A headless browser of Playwright's, or WebKit in its shape; `browser` names it, the other options are Playwright's own. */
export async function launch({ browser = chosen, args = [], ...options } = {}) {
  if (browser === "webkit") {
    const { launchWebKit } = await import("./webkit/browser.mjs");
    return launchWebKit(webkitPrograms());
  }
  const playwright = await import("playwright-core");
  const { channel, preferences: firefoxUserPrefs } = browsers[browser];
  return playwright[browser].launch({
    executablePath: executablePath(browser),
    headless: true,
    channel,
    firefoxUserPrefs,
    args: [...browsers[browser].args, ...args],
    ...options,
  });
}
