import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import TerserPlugin from "terser-webpack-plugin";
import webpack from "webpack";

const root = fileURLToPath(new URL(".", import.meta.url));

const shared = {
  context: root,
  mode: "production",
  target: ["web", "es2020"],
  devtool: false,
  performance: false,
  optimization: {
    minimizer: [
      new TerserPlugin({
        extractComments: false,
        terserOptions: { ecma: 2020, toplevel: true, compress: { passes: 2 }, format: { comments: false } },
      }),
    ],
  },
};

// Sites put a script onto a CDN by itself: one that named its map would cost every visitor bytes, and ask for a file that is not
// there. A bundler drops the name.
const hidden = "hidden-source-map";

// One row for each file that is published. The fallback has no map: what it is made from is written by a machine, too.
const scripts = [
  { entry: "./js/entries/drop-in.js", file: "intercom-destination.umd.js", devtool: hidden },
  { entry: "./js/entries/package.js", file: "intercom-destination.js", module: true, devtool: "source-map" },
  { entry: "./js/entries/fallback.js", file: "intercom-destination.fallback.js" },
  { entry: "./js/entries/load.js", file: "intercom-destination.load.js", devtool: hidden },
  { entry: "./js/entries/consent.js", file: "intercom-destination.consent.js", devtool: hidden },
  { entry: "./js/entries/forward.js", file: "intercom-destination.forward.js", devtool: hidden },
  { entry: "./js/entries/sentences.js", file: "intercom-destination.sentences.js", devtool: hidden },
  { entry: "./js/entries/jwt.js", file: "intercom-destination.jwt.js", devtool: hidden },
  { entry: "./js/entries/liquid.js", file: "intercom-destination.liquid.js", devtool: hidden },
];

// No visitor downloads these.
const tools = [{ entry: "./js/inspect/inspector.js", file: "intercom-destination.inspect.js", module: true }];

// It is for servers: what it needs of them it looks up on globalThis.
const cloud = { entry: "./js/entries/cloud.js", file: "intercom-destination.cloud.js", module: true, devtool: false };

const script = ({ entry, file, module = false, devtool = false }) => ({
  ...shared,
  name: file,
  entry,
  devtool,
  output: {
    devtoolModuleFilenameTemplate: "webpack://intercom-destination/[resource-path]",
    path: resolve(root, "pkg"),
    filename: file,
    ...(module && { module, chunkFormat: "module", library: { type: "module" } }),
  },
  experiments: { outputModule: module },
});

// Cloudflare Workers compile no wasm from bytes: they import it as a module, which lies beside the script.
const workers = {
  ...script({ ...cloud, file: "intercom-destination.cloud.workerd.js" }),
  externals: { "../../pkg/cloud/wasm.js": "module ./intercom-destination.cloud.wasm" },
};

// Addresses are relative, so that the page works from any folder.
const page = {
  ...shared,
  name: "www",
  entry: "./www/index.html",
  output: {
    path: resolve(root, "pkg", "www"),
    filename: "[name].js",
    chunkFilename: "[name].[contenthash:8].js",
    module: true,
    chunkFormat: "module",
    clean: true,
  },
  experiments: { html: true, css: true, outputModule: true },
};

// It runs in Node, and shares the files of the inspector and of Cloud mode with everyone else.
const commandLine = {
  ...shared,
  ...script({ entry: "./cli/main.js", file: "intercom-destination.cli.js", module: true }),
  target: "node20",
  externals: {
    "intercom-destination/inspect": "module ./intercom-destination.inspect.js",
    "intercom-destination/cloud": "import ./intercom-destination.cloud.js",
    "intercom-destination/receiver": "import ./intercom-destination.receiver.js",
  },
  plugins: [new webpack.BannerPlugin({ banner: "#!/usr/bin/env node", raw: true })],
};

// What the command line's `serve` loads. Its database runs in a thread of the same file, so the file has to know its own address.
const receiver = {
  ...shared,
  ...script({ entry: "./hosts/receiver/node/serve.js", file: "intercom-destination.receiver.js", module: true }),
  target: "node20",
  module: { parser: { javascript: { importMeta: false } } },
  externals: { "pg-boss": "import pg-boss", "@electric-sql/pglite": "import @electric-sql/pglite" },
};

// In the playground's frame: what stands for Intercom's own script, which a page loads as any other.
const visit = script({ entry: "./www/visit/widget.js", file: "www/visit-widget.js" });

export default {
  scripts: scripts.map(script),
  tools: [...tools.map(script), commandLine, receiver],
  cloud: [script(cloud), workers].map((row) => ({ ...row, target: ["es2022"] })),
  page,
  visit: [visit],
};
