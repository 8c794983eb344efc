// Hostile values in each place of an event: an outcome for each event, quickly, and the next one arrives.
import assert from "node:assert/strict";
import { test } from "node:test";
import { defineHostile } from "../e2e/reliability/hostile.mjs";
import { open } from "./workspace.mjs";

// They are made for a page.
Object.assign(globalThis, { window: globalThis, document: { body: {} } });
defineHostile();
const { hostile, prototypes } = globalThis;

const places = {
  "a property": (value) => ({ type: "track", event: "Hostile", userId: "u-1", properties: { value, revenue: value, fine: "fine" } }),
  "all properties": (value) => ({ type: "track", event: "Hostile", userId: "u-1", properties: value }),
  "the event's name": (value) => ({ type: "track", event: value, userId: "u-1", properties: {} }),
  "a trait": (value) => ({
    type: "identify",
    userId: "u-1",
    traits: { value, name: value, phone: value, avatar: value, createdAt: value },
  }),
  "all traits": (value) => ({ type: "identify", userId: value, traits: value, context: value, integrations: value }),
  "a company's trait": (value) => ({
    type: "group",
    userId: "u-1",
    groupId: "c-1",
    traits: { value, name: value, size: value, website: value },
  }),
  "a company's id": (value) => ({ type: "group", userId: "u-1", groupId: value, traits: {} }),
  "the head": (value) => ({ type: "track", event: "Hostile", messageId: value, timestamp: value, userId: "u-1", properties: {} }),
  "the event": (value) => value,
};

test("each hostile value, in each place of an event", { timeout: 120_000 }, async () => {
  const { deliver, errors, state } = await open({ latency: 0, settings: { patience: 1000 } });
  const before = prototypes();
  const bad = { slow: [], noOutcome: [], thrown: [] };
  let tried = 0;
  await deliver([{ type: "identify", userId: "u-1", traits: {} }]);
  for (const [what, make] of Object.entries(hostile)) {
    for (const [where, place] of Object.entries(places)) {
      const current = `${what} as ${where}`;
      const start = performance.now();
      try {
        const [outcome] = await deliver([place(make())]);
        if (!["delivered", "retry", "dropped"].includes(outcome?.status)) bad.noOutcome.push(current);
      } catch (error) {
        bad.thrown.push(`${current}: ${error}`);
      }
      if (performance.now() - start > 3000) bad.slow.push(`${current}: ${performance.now() - start} ms`);
      tried++;
    }
  }
  assert.deepEqual(bad, { slow: [], noOutcome: [], thrown: [] });
  assert.ok(tried > 400, `${tried} tried`);
  assert.deepEqual([prototypes() === before, errors.filter(({ code }) => code === "engine_fault")], [true, []]);
  const [outcome] = await deliver([{ type: "track", event: "Next", userId: "u-1", messageId: "next", timestamp: "2026-01-02T00:00:00Z" }]);
  assert.equal(outcome.status, "delivered");
  assert.equal(state().events.filter(({ name }) => name === "Next").length, 1);
});
