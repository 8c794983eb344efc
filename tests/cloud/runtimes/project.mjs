// A project of somebody's with the packed package and the programs beside this file, and what has to come of them in every runtime.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../scripts/command.mjs";
import { pack } from "../../../scripts/package.mjs";
import { createIntercom } from "../../intercom/intercom.mjs";
import { serveIntercom } from "../../intercom/server.mjs";

const TOKEN = "dG9rOnRoZS1zZWNyZXQ=";
const here = import.meta.dirname;

export function openProject() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "runtime-")));
  const installed = join(folder, "node_modules", "intercom-destination");
  mkdirSync(installed, { recursive: true });
  run("tar", ["--extract", "--file", pack().path, "--directory", installed, "--strip-components", "1"]);
  // Deno looks for packages beside it.
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies: { "intercom-destination": "*" } }),
  );
  for (const file of readdirSync(here)) copyFileSync(join(here, file), join(folder, file));
  return { folder, close: () => rmSync(folder, { recursive: true, force: true }) };
}

const greeting = {
  partnerAction: "trackEvent",
  name: "Greeting",
  enabled: true,
  subscribe: 'type = "track"',
  mapping: { event_name: { "@liquid": "Hello {{ properties.name | upcase }}" }, user_id: { "@path": "$.userId" } },
};
const who = {
  partnerAction: "identifyContact",
  name: "Who",
  enabled: true,
  subscribe: 'type = "identify"',
  mapping: {
    role: { "@path": "$.traits.role" },
    external_id: { "@path": "$.userId" },
    email: { "@path": "$.traits.email" },
    signed_up_at: { "@path": "$.traits.createdAt" },
  },
};

const at = (second) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const events = [
  { type: "identify", userId: "u-1", traits: { role: "user", email: "ada@example.com", createdAt: "2026-01-02T03:04:05+01:00" } },
  { type: "identify", anonymousId: "a-1", traits: { role: "lead", email: "lin@example.com", createdAt: "no date" } },
  { type: "track", userId: "u-1", event: "Seen", properties: { name: "Ada" } },
  { type: "track", userId: "u-9", event: "Seen", properties: { name: "Nobody yet" } },
  { type: "identify", traits: {} },
  { type: "page", userId: "u-1", name: "Pricing" },
  5,
].map((event, i) => (typeof event === "object" ? { messageId: `m-${i}`, timestamp: at(i), ...event } : event));

/** What `run(task)` gives with a stand-in of its own, but for times, and what the stand-in holds then. */
export async function result(run) {
  // A request gets no usable answer, so that a timer is needed.
  const faults = [{ kind: "503", match: "POST /contacts", nth: 1 }];
  const intercom = createIntercom({ now: Date.now, token: TOKEN, faults });
  const server = await serveIntercom(intercom);
  try {
    const settings = { accessToken: TOKEN, baseUrl: server.url, subscriptions: [greeting, who], patience: 4000 };
    const { ok, outcomes } = await run({ settings, events });
    const { contacts, events: kept, counters } = intercom.state();
    return {
      ok,
      outcomes: outcomes.map(({ retryAt, ...outcome }) => ({ ...outcome, isTimed: retryAt > Date.now() })),
      contacts: contacts.map(({ role, external_id, email, signed_up_at }) => [role, external_id, email, signed_up_at]).sort(),
      events: kept.map(({ name, created_at }) => [name, created_at]),
      faults: counters.faults,
    };
  } finally {
    await server.close();
  }
}
