// The bundle of a site that uses npm, made again only when something in it has changed.
import { join } from "node:path";
import { root } from "../../scripts/command.mjs";
import { once } from "../../scripts/stamp.mjs";

export const bundleFolder = join(root, "target", "e2e");

const file = "site.js";
const entry = join(root, "tests", "e2e", "npm.js");
const inputs = [entry, join(root, "pkg", "intercom-destination.js"), join(root, "package.json"), join(root, "package-lock.json")];

/** Bundles as a site would that has set nothing: no loader, no alias, no polyfill. */
export async function bundle() {
  await once("e2e-bundle", { inputs, outputs: [join(bundleFolder, file)] }, async () => {
    const { default: webpack } = await import("webpack");
    const compiler = webpack({
      context: root,
      entry,
      mode: "production",
      // Minimising the loader takes seconds and is not what is tested; our package is published minimised.
      optimization: { minimize: false },
      performance: false,
      output: { path: bundleFolder, filename: file, chunkFilename: "[id].js", publicPath: "/bundle/" },
    });
    const stats = await new Promise((done, fail) => compiler.run((error, result) => (error ? fail(error) : done(result))));
    await new Promise((done) => compiler.close(done));
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString({ preset: "errors-warnings" }));
  });
}
