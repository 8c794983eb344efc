// The whole internet of a test: every request of the page is answered here, and one that nobody expected fails the test.
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chosen } from "../../scripts/browser.mjs";
import { root } from "../../scripts/command.mjs";
import { bundleFolder } from "./bundle.mjs";

export const WRITE_KEY = "writeKey123";
export const PAGE = "https://shop.test/";
export const DROP_IN = "https://cdn.shop.test/intercom-destination.umd.js";
export const WIDGET = "https://widget.intercom.io/widget/";
export const OTHER = "https://cdn.segment.com/next-integrations/actions/other/other.js";

const pkg = join(root, "pkg");
const umd = join(root, "node_modules", "@segment", "analytics-next", "dist", "umd");
const read = (path) => readFileSync(path, "utf8");
const widgetDouble = read(new URL("widget.js", import.meta.url));

// Another destination of the same site, which must not notice what becomes of ours.
const otherDestination = `window.otherDestination = () => [{
  name: "Other", type: "destination", version: "1.0.0", isLoaded: () => true, load: async () => {},
  track: (ctx) => ((window.__other ??= []).push(ctx.event.event), ctx),
}]`;

const TYPES = { t: "track", p: "page", i: "identify", g: "group", a: "alias", s: "screen" };

/** Whether the browser's driver tells what requests carry: over WebDriver BiDi Playwright does not. */
export const seesBodies = chosen !== "firefox";

/** The JSON that a request carries, undefined where that cannot be known. */
export const bodyOf = (request) => (seesBodies ? JSON.parse(request.postData()) : undefined);

export class Network {
  /** What was asked for and has no answer. */
  unexpected = [];
  /** Addresses of the widget that were asked for. */
  widgetRequests = [];
  /** What Segment's own destination sent, in order; of each only the type where bodies are not seen. */
  deliveries = [];
  /** How the widget is answered: see `site.widget`. */
  widget = {};
  #held = [];
  #answers;
  #isOpen = true;

  /** `html` is the page, `cdnSettings` what Segment's CDN says, `routes` the test's own `[address or pattern, answer(route)]`. */
  constructor({ html, headers = {}, cdnSettings, routes = [] }) {
    const script = (body) => (route) => route.fulfill({ contentType: "text/javascript", body: typeof body === "function" ? body() : body });
    const files = (folder) => (route) => {
      const path = join(folder, basename(new URL(route.request().url()).pathname));
      return existsSync(path) ? script(read(path))(route) : this.#refuse(route);
    };
    this.#answers = [
      ...routes,
      [/^https:\/\/shop\.test\/bundle\//, files(bundleFolder)],
      [/^https:\/\/shop\.test\/favicon\.ico$/, (route) => route.fulfill({ status: 204 })],
      [/^https:\/\/shop\.test\//, (route) => route.fulfill({ contentType: "text/html", body: html, headers })],
      // The drop-in script, and what it fetches from beside itself when it has to.
      [/^https:\/\/cdn\.shop\.test\//, files(pkg)],
      [OTHER, script(otherDestination)],
      [`https://cdn.segment.com/analytics.js/v1/${WRITE_KEY}/analytics.min.js`, script(() => read(join(umd, "standalone.js")))],
      [/^https:\/\/cdn\.segment\.com\/analytics-next\/bundles\//, files(umd)],
      [
        `https://cdn.segment.com/v1/projects/${WRITE_KEY}/settings`,
        (route) => route.fulfill({ json: cdnSettings, headers: { "access-control-allow-origin": "*" } }),
      ],
      [/^https:\/\/api\.segment\.io\/v1\/[tpigas]$/, (route) => this.#deliver(route)],
      [/^https:\/\/widget\.intercom\.io\/widget\//, (route) => this.#answerWidget(route)],
    ];
  }

  async listen(context) {
    await context.route("**/*", async (route) => {
      const url = route.request().url();
      const [, answer] = this.#answers.find(([address]) => (typeof address === "string" ? address === url : address.test(url))) ?? [];
      try {
        await (answer ? answer(route) : this.#refuse(route));
      } catch (error) {
        // A page that is gone takes no answer any more.
        if (this.#isOpen) this.unexpected.push(`${url}: ${error.message}`);
      }
    });
  }

  release() {
    // A request may still be on its way here.
    this.widget = { ...this.widget, held: false };
    this.#held.splice(0).forEach((release) => release());
  }

  close() {
    this.#isOpen = false;
  }

  #refuse(route) {
    this.unexpected.push(`${route.request().method()} ${route.request().url()}`);
    return route.abort("blockedbyclient");
  }

  #deliver(route) {
    const { pathname } = new URL(route.request().url());
    this.deliveries.push({ type: TYPES[pathname.at(-1)], ...bodyOf(route.request()) });
    return route.fulfill({ json: { success: true }, headers: { "access-control-allow-origin": "*" } });
  }

  async #answerWidget(route) {
    this.widgetRequests.push(route.request().url());
    const { delay = 0, held, abort, status = 200, body = widgetDouble } = this.widget;
    if (held) await new Promise((release) => this.#held.push(release));
    if (delay) await sleep(delay);
    if (abort) return route.abort(abort === true ? "blockedbyclient" : abort);
    return route.fulfill({ status, contentType: "text/javascript", body });
  }
}
