// The code that puts these settings to use on a server, or from the command line.

import { compact } from "../json.js";
import { literal } from "../snippets.js";

const asJson = (settings) => compact(JSON.stringify(settings, null, 2));

export const CLOUD_SNIPPETS = [
  {
    id: "node",
    label: "Node",
    code: (settings) =>
      [
        "import { createCloud } from 'intercom-destination/cloud'",
        "",
        `const settings = ${literal(settings)}`,
        "const accessToken = process.env.INTERCOM_ACCESS_TOKEN",
        "const cloud = await createCloud({ ...settings, accessToken })",
        "",
        "const outcomes = await cloud.deliver(events)",
      ].join("\n"),
  },
  {
    id: "deliver",
    label: "Command line, recorded events",
    note: "With cloud.json, which is made here, and one event a line in events.ndjson.",
    code: (settings) => `cat > cloud.json <<'END'
${asJson(settings)}
END
npx intercom-destination check cloud.json --cloud --events events.ndjson
INTERCOM_ACCESS_TOKEN='your token' npx intercom-destination deliver events.ndjson --settings cloud.json`,
  },
  { id: "json", label: "The settings as JSON", note: "cloud.json for the command line, without the token.", code: asJson },
];
