// What the Messenger tells, through every loader and way in: each is tracked once, and none of it comes back to Intercom.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openLoader } from "../loaders/open.mjs";
import { rows } from "../loaders/vendors.mjs";
import { until, visit } from "../site.mjs";
import { listening, returned, tell } from "./messenger.mjs";

const settings = { appId: "abc123", forward: { show: true, hide: "Chat Left", unread: true, email: true } };
const FIRST = [
  ["onShow"],
  ["onShow"],
  ["onUnreadCountChange", 2],
  ["onUnreadCountChange", 2],
  ["onHide"],
  ["onUserEmailSupplied", "ada@example.com"],
];
const NEXT = [["onShow"], ["onUnreadCountChange", 1]];

const EXPECTED = [
  ["Messenger Opened", {}],
  ["Messenger Unread Changed", { unread_count: 2 }],
  ["Chat Left", {}],
  ["Messenger Email Supplied", { email: "ada@example.com" }],
  ["Messenger Opened", {}],
  ["Messenger Unread Changed", { unread_count: 1 }],
];

const chosen = rows.filter(({ title }) => !process.env.LOADER || title.includes(process.env.LOADER));

for (const row of chosen) {
  test(`${row.title}: each event is tracked once, also after a reset, and Intercom hears of none`, { timeout: 60_000 }, async () => {
    await visit(await openLoader(row, { settings }), async (site) => {
      await site.run(() => window.site.ready());
      await site.run(() => {
        window.__heard = [];
        window.site.loader().onMessenger?.((...words) => window.__heard.push(words));
      });
      // Requests that are on their way at once arrive in any order.
      const tracked = async () => {
        const ours = site.received.map(({ body }) => body).filter(({ event }) => typeof event === "string");
        return row.sends === 0 ? site.run(() => window.__heard) : ours.map(({ event, properties }) => [event, properties ?? {}]);
      };
      const names = (events) => events.map((event) => JSON.stringify(event)).sort();
      await site.run(() => void window.site.loader().identify("u-1"));
      await listening(site);
      await tell(site, ...FIRST);
      await until(async () => (await tracked()).length >= 4);
      await site.run(() => window.site.loader().reset());
      // Where the loader tells of no reset, the next event of another visitor does.
      await site.run(() => window.integration?.reset());
      if (row.name === "analytics.js-core") await site.run(() => window.site.loader().page());
      const restarts = async () => (await site.calls()).filter(([method]) => method === "shutdown").length;
      await until(restarts);
      assert.equal(await restarts(), 1);
      await listening(site);
      await tell(site, ...NEXT);
      await until(async () => (await tracked()).length >= EXPECTED.length);
      await site.page.waitForTimeout(300);
      assert.deepEqual(names(await tracked()), names(EXPECTED));
      assert.deepEqual(await returned(site), []);
      const [marked] = site.received.filter(({ body }) => body.event === "Chat Left");
      if (marked?.body.integrations) assert.equal(marked.body.integrations.Intercom, false);
      assert.deepEqual(site.warnings(), []);
    });
  });
}

for (const row of chosen.filter(({ name }) => ["Segment", "Customer.io", "Hightouch", "June"].includes(name))) {
  test(`${row.title}: events that follow have the Messenger's visitor, and the next visitor's have not the last one's`, {
    timeout: 60_000,
  }, async () => {
    await visit(await openLoader(row, { settings: { appId: "abc123", visitorId: true } }), async (site) => {
      await site.run(() => window.site.ready());
      await site.calls();
      const ids = (name) => site.received.filter(({ body }) => body.event === name).map(({ body }) => body.context.Intercom?.visitorId);
      // A reset drops what is still on its way.
      const track = (name) => site.run(async (name) => void (await window.site.loader().track(name)), name);
      const first = async () => {
        await track("First");
        return ids("First").includes("visitor-1");
      };
      await until(first);
      assert.ok(ids("First").includes("visitor-1"), String(ids("First")));
      await site.run(() => {
        window.site.loader().reset();
        void window.site.loader().track("Next");
      });
      await until(async () => (await site.calls()).some(([method]) => method === "shutdown"));
      await track("Later");
      await until(() => ids("Next").length > 0 && ids("Later").length > 0);
      assert.deepEqual([ids("Next"), ids("Later")], [[undefined], ["visitor-2"]]);
      assert.deepEqual(site.warnings(), []);
    });
  });
}

test("RudderStack takes no such plugin, and says so", { timeout: 60_000 }, async () => {
  const row = rows.find(({ name }) => name === "RudderStack");
  await visit(await openLoader(row, { settings: { appId: "abc123", visitorId: true } }), async (site) => {
    await until(() => site.warnings().length > 0);
    assert.match(site.warnings()[0], /\(visitor_id_unavailable\)$/);
  });
});
