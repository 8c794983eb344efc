// The bundles of sites that use the vendors' packages from npm, made again only when something in them has changed.
import { join } from "node:path";
import { root } from "../../../scripts/command.mjs";
import { once } from "../../../scripts/stamp.mjs";

const folder = join(root, "tests", "e2e", "loaders", "sites");
const vendors = ["segment", "customerio", "rudderstack", "getanalytics", "hightouch", "june", "classic", "standalone"];

export const siteFolder = join(root, "target", "e2e", "loaders");

export async function bundleSites() {
  const inputs = [folder, join(root, "js", "subpaths"), join(root, "pkg", "intercom-destination.js"), join(root, "package-lock.json")];
  const outputs = vendors.map((vendor) => join(siteFolder, `${vendor}.js`));
  await once("e2e-loaders", { inputs, outputs }, async () => {
    const { default: webpack } = await import("webpack");
    const compiler = webpack({
      context: root,
      entry: Object.fromEntries(vendors.map((vendor) => [vendor, join(folder, `${vendor}.js`)])),
      mode: "production",
      // As in ../bundle.mjs; and one vendor's chunks are not another's.
      optimization: { minimize: false, splitChunks: false },
      performance: false,
      output: { path: siteFolder, filename: "[name].js", chunkFilename: "[id].js", publicPath: "/loaders/" },
    });
    const stats = await new Promise((done, fail) => compiler.run((error, result) => (error ? fail(error) : done(result))));
    await new Promise((done) => compiler.close(done));
    if (stats.hasErrors()) throw new Error(stats.toString({ preset: "errors-warnings" }));
  });
}
