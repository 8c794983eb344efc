// The npm packages whose code is in what is published. The build refuses a script that holds others.
import { Failure } from "./command.mjs";

// One row for each published script that holds any.
export const contents = {
  "intercom-destination.liquid.js": ["liquidjs"],
  "intercom-destination.cli.js": ["jsonc-parser"],
  "intercom-destination.receiver.js": [
    "jsonc-parser",
    "hono",
    "@hono/node-server",
    "prom-client",
    "tdigest",
    "bintrees",
    "@opentelemetry/api",
    "uuid",
  ],
};

/** All of them, each once. */
export const bundled = [...new Set(Object.values(contents).flat())].sort();

/** The name of the package that a file belongs to, or undefined. */
export const packageOf = (path) => /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path)?.[1].replaceAll("\\", "/");

/** Compares the table with the files of which `script` was made; `page` and the like are not published and hold what they need. */
export function refuseOthers(script, files) {
  const found = [...new Set(files.map(packageOf))].filter(Boolean).sort();
  const told = [...(contents[script] ?? [])].sort();
  if (found.join() === told.join()) return;
  throw new Failure(
    `${script} holds code of ${found.join(", ") || "no package"}, and scripts/contents.mjs names ${told.join(", ") || "none"}: correct the table, ` +
      "which the SBOM, the licence files and the check for vulnerabilities go by.",
  );
}
