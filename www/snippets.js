// The code that puts these settings to use, for each loader; the README's table has the same lines.

import JSON5 from "json5";
import { compact } from "./json.js";

const LIBRARY = "import intercom from 'intercom-destination'";
const TAG = '<script src="https://your.cdn/intercom-destination.umd.js"></script>';

// A script element would end at this text, wherever it stands.
const inScript = (code) => code.replaceAll("</", "<\\/").replaceAll("<!--", "<\\!--");
export const literal = (settings) => compact(JSON5.stringify(settings, { space: 2, quote: "'" }).replace(/,(\n\s*[}\]])/g, "$1"));
const constant = (settings) => `const settings = ${literal(settings)}`;
const indented = (code, by = "  ") => code.replace(/\n(?=.)/g, `\n${by}`);
const script = (...lines) => `${TAG}\n<script>\n  ${inScript(indented(lines.join("\n")))}\n</script>`;

const npm = (imports, line) => (settings) =>
  [imports, LIBRARY, "", constant(settings), `const writeKey = 'your write key'`, line].join("\n");
const load = (source) =>
  npm(
    `import { AnalyticsBrowser } from '${source}'`,
    "const analytics = AnalyticsBrowser.load({ writeKey, plugins: [intercom.plugin(settings)] })",
  );

export const LOADERS = [
  { id: "segment-npm", label: "Segment, npm", code: load("@segment/analytics-next") },
  {
    id: "segment-app",
    label: "Segment, npm, settings from Segment’s app",
    note: "The settings come from Segment’s app: what is set here is not part of the code.",
    code: () =>
      [
        "import { AnalyticsBrowser } from '@segment/analytics-next'",
        LIBRARY,
        "",
        `const writeKey = 'your write key'`,
        "const analytics = AnalyticsBrowser.load({ writeKey, plugins: [intercom] })",
      ].join("\n"),
  },
  {
    id: "segment-snippet",
    label: "Segment, snippet",
    note: "Right after Segment’s snippet.",
    code: (settings) => script(constant(settings), "analytics.register(intercomDestination.plugin(settings))"),
  },
  {
    id: "segment-remote",
    label: "Segment, remote plugin",
    note: "The loader fetches the script itself.",
    code: (settings) => `AnalyticsBrowser.load({
  writeKey: 'your write key',
  cdnSettings: {
    integrations: {},
    remotePlugins: [{
      name: 'Intercom Web (Actions)',
      creationName: 'Intercom Web (Actions)',
      libraryName: 'intercomDestination',
      url: 'https://your.cdn/intercom-destination.umd.js',
      settings: ${indented(literal(settings), "      ")}
    }]
  }
})`,
  },
  { id: "customerio-npm", label: "Customer.io, npm", code: load("@customerio/cdp-analytics-browser") },
  {
    id: "customerio-snippet",
    label: "Customer.io, snippet",
    note: "Before Customer.io’s snippet.",
    code: (settings) => script(constant(settings), "window.cioanalytics = [['register', intercomDestination.plugin(settings)]]"),
  },
  {
    id: "rudderstack",
    label: "RudderStack",
    note: "Before rudderanalytics.load. The destination in RudderStack’s app is a Custom Device Mode.",
    code: (settings) =>
      [
        LIBRARY,
        "",
        constant(settings),
        "const destinationId = 'the id of the destination'",
        "rudderanalytics.addCustomIntegration(destinationId, intercom.rudderstack(settings))",
      ].join("\n"),
  },
  {
    id: "hightouch",
    label: "Hightouch",
    code: npm(
      "import { HtEventsBrowser } from '@ht-sdks/events-sdk-js-browser'",
      "const htevents = HtEventsBrowser.load({ writeKey, plugins: [intercom.plugin(settings)] })",
    ),
  },
  { id: "june", label: "June", code: load("@june-so/analytics-next") },
  {
    id: "getanalytics",
    label: "analytics (getanalytics.io)",
    code: (settings) =>
      [
        "import Analytics from 'analytics'",
        LIBRARY,
        "",
        constant(settings),
        "const app = 'your app'",
        "const analytics = Analytics({ app, plugins: [intercom.getanalytics(settings)] })",
      ].join("\n"),
  },
  {
    id: "classic",
    label: "Classic analytics.js",
    code: (settings) =>
      [
        "import analytics from '@segment/analytics.js-core'",
        LIBRARY,
        "",
        constant(settings),
        "analytics.use(intercom.classic()).initialize({ Intercom: settings })",
      ].join("\n"),
  },
  {
    id: "standalone",
    label: "No loader",
    code: (settings) =>
      [
        LIBRARY,
        "",
        constant(settings),
        "const visitor = intercom.standalone(settings)",
        "",
        "visitor.track('Order Completed', { revenue: 19.99 })",
      ].join("\n"),
  },
  {
    id: "standalone-tag",
    label: "No loader, script tag",
    code: (settings) =>
      script(
        constant(settings),
        "const visitor = intercomDestination.standalone(settings)",
        "visitor.track('Order Completed', { revenue: 19.99 })",
      ),
  },
  { id: "json", label: "The settings as JSON", code: (settings) => compact(JSON.stringify(settings, null, 2)) },
];
