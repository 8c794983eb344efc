// The bodies of requests, as they were sent in a run that needs every kind of them, against the types of Intercom's own client.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/command.mjs";
import { deliverFully, group, identify, lead, open, track } from "./workspace.mjs";

// By method and path: the type. Where the client wants the id of the path in the same object, or leaves a field out that Intercom documents,
// the type is adapted here, with the reason.
const TYPES = [
  [/^POST \/contacts$/, "Intercom.CreateContactRequest"],
  [/^PUT \/contacts\/[^/]+$/, "Omit<Intercom.UpdateContactRequest, 'contact_id'>"],
  [/^POST \/contacts\/search$/, "Intercom.SearchRequest"],
  [/^POST \/contacts\/merge$/, "Intercom.MergeContactsRequest"],
  [/^POST \/contacts\/[^/]+\/companies$/, "Omit<Intercom.AttachContactToCompanyRequest, 'contact_id'>"],
  [/^POST \/companies$/, "Intercom.CreateOrUpdateCompanyRequest"],
  // The client says text only; Intercom documents numbers, links and prices.
  [/^POST \/events$/, "Omitted<Intercom.CreateDataEventRequest, 'metadata'> & { metadata?: Record<string, unknown> }"],
  // The client leaves name and model out, which Intercom requires.
  [/^POST \/data_attributes$/, "Intercom.CreateDataAttributeRequest & { name: string; model: string }"],
];

/** Requests of each kind, from deliveries to a workspace that knows some of the people. */
async function collect() {
  const workspace = await open({ settings: { createAttributes: true, unarchive: true } });
  workspace.intercom.seed({
    contacts: [
      { role: "lead", email: "ada@example.com" },
      { role: "user", external_id: "u-3" },
      { role: "lead", email: "joan@example.com" },
    ],
  });
  const everything = {
    name: "Ada",
    email: "ada@example.com",
    phone: "+1 555 0100",
    avatar: "https://example.com/a.png",
    createdAt: "2025-01-01",
  };
  const custom_attributes = { plan: "gold", visits: 3, score: 1.5, trial: true };
  const mapping = {
    role: "user",
    external_id: { "@path": "$.userId" },
    email: { "@path": "$.traits.email" },
    custom_attributes,
    owner_id: 7,
    unsubscribed_from_emails: true,
  };
  await deliverFully(workspace, [
    identify("u-1", everything),
    identify("u-3", { email: "joan@example.com" }),
    lead("lin@example.com"),
    group(
      "u-1",
      "c-1",
      { name: "Acme", plan: "pro", employees: 40, monthly_spend: 12.4, website: "https://example.com", industry: "Ships" },
      1,
    ),
    track("u-1", "Order Completed", { revenue: 19.99, coupon: "SPRING", items: 2 }, 2),
    track(undefined, "Seen", { email: "lin@example.com" }, 2),
  ]);
  await deliverFully(workspace, [identify("u-1", { ...everything, name: "Ada L." }, 10)]);
  const subscription = { partnerAction: "identifyContact", name: "Full", enabled: true, subscribe: 'type = "identify"', mapping };
  const full = await open({ owners: [7], settings: { createAttributes: true, subscriptions: [subscription] } });
  await deliverFully(full, [identify("u-2", { email: "b@example.com" })]);
  return [...workspace.sent, ...full.sent].filter(({ body }) => body);
}

test("every body fits the type of Intercom's client", async () => {
  const bodies = new Map();
  for (const { method, url, body } of await collect()) {
    const line = `${method} ${new URL(url).pathname}`;
    const row = TYPES.find(([pattern]) => pattern.test(line));
    assert.ok(row, `no type for ${line}`);
    bodies.set(body, row);
  }
  const used = new Set([...bodies.values()].map(([pattern]) => pattern));
  assert.deepEqual(
    TYPES.filter(([pattern]) => !used.has(pattern)).map(([pattern]) => String(pattern)),
    [],
    "every kind was sent",
  );

  const folder = join(root, "target", "vendor-types");
  mkdirSync(folder, { recursive: true });
  const checked = [...bodies].map(([body, [, type]], i) => `export const body${i}: ${type} = ${body};`);
  const source = [
    'import type { Intercom } from "intercom-client";',
    "type Omitted<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;",
    ...checked,
    "// @ts-expect-error A field that Intercom does not have is seen.",
    'export const wrong: Intercom.CreateOrUpdateCompanyRequest = { company_id: "c-1", employees: 5 };',
  ];
  writeFileSync(join(folder, "bodies.ts"), `${source.join("\n")}\n`);
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  const options = ["--ignoreConfig", "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext"];
  const { status, stdout } = spawnSync(join(root, "node_modules", ".bin", "tsc"), [...options, "bodies.ts"], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout);
});
