// What the vendors' servers say, and what of our own a page with their loader needs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/command.mjs";
import { DROP_IN, WRITE_KEY } from "../network.mjs";
import { cdnSettings, NAME } from "../site.mjs";

/** The name by which Customer.io knows the web integration. */
const CUSTOMER_IO = "intercom-web";
const remotePlugin = (name, settings) => ({ name, creationName: name, url: DROP_IN, libraryName: "intercomDestination", settings });

const remote = (settings) => ({ cdnSettings: cdnSettings(settings, { isEnabled: !!settings }) });
const segmentAlone = () => remote(undefined);
const customerIo = (settings) => ({
  cdnSettings: {
    integrations: { "Customer.io Data Pipelines": { apiKey: WRITE_KEY } },
    remotePlugins: settings ? [remotePlugin(CUSTOMER_IO, settings)] : [],
    metrics: { sampleRate: 0 },
  },
});

const read = (...path) => readFileSync(join(root, "node_modules", ...path), "utf8");
const segmentStub = readFileSync(new URL("../snippet.js", import.meta.url), "utf8");
const CUSTOMER_IO_CDN = `https://cdp.customer.io/v1/analytics-js/snippet/${WRITE_KEY}/analytics.min.js`;

const global = (name) => `
  window.site = { loader: () => window.${name}, ready: () => new Promise((done) => void window.${name}.ready(done)) };`;

/** Segment's snippet, without the `page()` at its end. */
export const segmentSnippet = `${segmentStub}analytics.load("${WRITE_KEY}");`;
const segmentTag = (registration) => `${segmentSnippet}${registration};${global("analytics")}`;

/** Customer.io's stub has no `register`: what stands in the array before the snippet is replayed before anything else. */
export const customerIoSnippet = `
  var cioanalytics = window.cioanalytics = window.cioanalytics || [];
  cioanalytics.methods = ["identify", "reset", "group", "track", "ready", "alias", "page", "once", "off", "on"];
  cioanalytics.methods.forEach((method) => {
    cioanalytics[method] = (...args) => (window.cioanalytics === cioanalytics ? (cioanalytics.push([method, ...args]), cioanalytics) : window.cioanalytics[method](...args));
  });
  cioanalytics._writeKey = "${WRITE_KEY}";
  cioanalytics.load = () => {
    const script = document.createElement("script");
    script.async = true;
    script.setAttribute("data-global-customerio-analytics-key", "cioanalytics");
    script.src = "${CUSTOMER_IO_CDN}";
    document.head.append(script);
  };
  cioanalytics.load();`;
const customerIoTag = (seed) => `window.cioanalytics = ${seed};${customerIoSnippet}${global("cioanalytics")}`;

const rudderConfig = {
  source: {
    id: "source-1",
    name: "Shop",
    writeKey: WRITE_KEY,
    enabled: true,
    workspaceId: "workspace-1",
    config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
    destinations: [
      {
        id: "custom-1",
        name: "Intercom",
        enabled: true,
        deleted: false,
        config: { blacklistedEvents: [], whitelistedEvents: [], eventFilteringOption: "disable" },
        destinationDefinition: { name: "CUSTOM_DEVICE_MODE", displayName: "Custom Device Mode" },
      },
    ],
  },
};

const quoted = (settings) => JSON.stringify(settings);

/**
 * One row for each loader and way in: `vendor` is its bundle in `sites/`, or `tag` gives the page's script; `loader` gives
 * what its loading takes, for settings of ours or for none; `sends` counts the story's calls that reach the vendor's servers.
 */
export const rows = [
  { name: "Segment", way: "remote plugin", vendor: "segment", loader: remote },
  { name: "Segment", way: "npm factory", vendor: "segment", loader: remote },
  { name: "Segment", way: "plugins", vendor: "segment", loader: segmentAlone },
  { name: "Segment", way: "register", vendor: "segment", loader: segmentAlone },
  { name: "Segment", way: "snippet, remote plugin", loader: remote, tag: () => segmentTag("") },
  {
    name: "Segment",
    way: "snippet, register",
    loader: segmentAlone,
    tag: (settings) => segmentTag(settings ? `analytics.register(intercomDestination.plugin(${quoted(settings)}))` : ""),
  },
  { name: "Customer.io", way: "remote plugin", vendor: "customerio", loader: customerIo },
  { name: "Customer.io", way: "plugins", vendor: "customerio", loader: () => customerIo() },
  {
    name: "Customer.io",
    way: "pre-seeded cioanalytics",
    loader: () => customerIo(),
    tag: (settings) => customerIoTag(settings ? `[["register", intercomDestination.plugin(${quoted(settings)})]]` : "[]"),
  },
  { name: "RudderStack", way: "addCustomIntegration", vendor: "rudderstack" },
  { name: "analytics", way: "plugins", vendor: "getanalytics", sends: 7 },
  { name: "Hightouch", way: "plugins", vendor: "hightouch" },
  { name: "Hightouch", way: "register", vendor: "hightouch" },
  { name: "June", way: "plugins", vendor: "june" },
  { name: "June", way: "register", vendor: "june" },
  { name: "analytics.js-core", way: "use", vendor: "classic" },
  { name: "analytics.js-core", way: "classic(settings)", vendor: "classic" },
  { name: "none", way: "standalone", vendor: "standalone", sends: 0 },
  {
    name: "none",
    way: "standalone, drop-in",
    sends: 0,
    tag: (settings) => `
      window.site = { loader: () => window.intercom, ready: () => window.intercom.ready };
      window.intercom = ${settings ? `intercomDestination.standalone(${quoted(settings)})` : "new Proxy({}, { get: () => () => {} })"};`,
  },
].map((row) => ({ sends: 9, ...row, title: `${row.name}, ${row.way}` }));

/**
 * Scripts of the page for a row, with our destination when there are `settings`. `early` is what the site does in the same
 * script, right after the loader was called.
 */
export function scripts(row, settings, early, more = {}) {
  if (row.tag) return `<script src="${DROP_IN}"></script><script>${row.tag(settings)};${early}</script>`;
  const options = { settings, loader: { writeKey: WRITE_KEY, ...row.loader?.(settings) }, ...more };
  return `<script src="/loaders/${row.vendor}.js"></script><script>site.open("${row.way}", ${JSON.stringify(options)});${early}</script>`;
}

const script = (body) => (route) => route.fulfill({ contentType: "text/javascript", body: body() });
const json = (value) => (route) => route.fulfill({ json: value, headers: { "access-control-allow-origin": "*" } });

/** The servers a row's loader asks, and `receive(route)` for those it delivers to. */
export const servers = (row, settings, receive) => [
  [/^https:\/\/api\.segment\.io\/v1\/[tpigas]$/, receive],
  [/^https:\/\/cdp\.customer\.io\/v1\/[tpigas]$/, receive],
  [`https://cdp.customer.io/v1/projects/${WRITE_KEY}/settings`, json(row.name === "Customer.io" ? row.loader(settings).cdnSettings : {})],
  [CUSTOMER_IO_CDN, script(() => read("@customerio", "cdp-analytics-browser", "dist", "umd", "standalone.js"))],
  [/^https:\/\/us-east-1\.hightouch-events\.com\/v1\/[a-z]+$/, receive],
  [/^https:\/\/api\.june\.so\/sdk\/[a-z]+$/, receive],
  [/^https:\/\/plane\.test\/v1\/[a-z]+$/, receive],
  [/^https:\/\/api\.rudderstack\.com\/sourceConfig\/\?/, json(rudderConfig)],
  ["https://collect.test/", receive],
];

export { NAME };
