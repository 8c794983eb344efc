// The setting `consent` with each of its sources: nothing of Intercom's before the visitor agrees, everything then, and nothing afterwards.
import assert from "node:assert/strict";
import { until } from "../site.mjs";
import { codes } from "../reliability/sessions.mjs";
import { consentTest, SOURCES, untouched } from "./page.mjs";

for (const source of Object.keys(SOURCES)) {
  consentTest(`${source}: granted late, what waited is told in its order`, { source }, async (site) => {
    await site.track("A");
    await site.identify("u-1");
    await site.track("B");
    await untouched(site);
    await site.decide(true);
    await site.track("C");
    await site.hears("C");
    assert.deepEqual(await site.known(), [{ person: { user_id: "u-1" }, events: ["A", "B", "C"] }]);
    assert.deepEqual(codes(site), []);
  });

  consentTest(`${source}: granted late, what was before is dropped where the setting says so`, { source, before: "drop" }, async (site) => {
    await site.track("A");
    await untouched(site);
    await site.identify("u-1");
    await site.track("B");
    await site.decide(true);
    await site.track("C");
    await site.hears("C");
    assert.deepEqual(await site.known(), [{ person: {}, events: ["C"] }]);
  });

  for (const before of ["keep", "drop"]) {
    consentTest(`${source}: granted from the start, ${before}`, { source, answer: true, before }, async (site) => {
      await site.track("A", "B");
      await site.hears("B");
      assert.deepEqual(await site.known(), [{ person: {}, events: ["A", "B"] }]);
    });
  }

  consentTest(`${source}: refused, what waited is gone, also when it is granted after that`, { source }, async (site) => {
    await site.identify("u-1");
    await site.track("A");
    await untouched(site);
    await site.decide(false);
    await site.decide(true);
    await site.track("B");
    await site.hears("B");
    assert.deepEqual(await site.known(), [{ person: {}, events: ["B"] }]);
  });

  consentTest(`${source}: denied, nothing is kept; granted after that, it begins anew`, { source, answer: false }, async (site) => {
    await site.identify("u-1");
    await site.track("A");
    await untouched(site);
    await site.track("B");
    await site.run(() => analytics.reset());
    await site.decide(true);
    await site.track("C");
    await site.hears("C");
    assert.deepEqual(await site.known(), [{ person: {}, events: ["C"] }]);
  });

  consentTest(
    `${source}: withdrawn, the session ends and nothing follows; granted again, a new one begins`,
    { source, answer: true },
    async (site) => {
      await site.identify("u-1");
      await site.track("A");
      await site.hears("A");
      await site.decide(false);
      await until(async () => (await site.calls()).at(-1)[0] === "shutdown");
      const count = (await site.calls()).length;
      await site.identify("u-2");
      await site.track("B");
      await site.page.waitForTimeout(400);
      assert.equal((await site.calls()).length, count);
      assert.equal(await site.run(() => window.intercomSettings), undefined);
      // What Intercom has stored is Intercom's to clear.
      assert.match(await site.run(() => document.cookie), /intercom-id-abc123=1/);

      await site.decide(true);
      await site.track("C");
      await site.hears("C");
      assert.deepEqual(await site.known(), [
        { person: { user_id: "u-1" }, events: ["A"] },
        { person: {}, events: ["C"] },
      ]);
      assert.equal(site.network.widgetRequests.length, 1);
      assert.deepEqual(codes(site), []);
    },
  );

  consentTest(`${source}: a reset before it is granted parts the visitors`, { source }, async (site) => {
    await site.identify("u-1");
    await site.track("A");
    await site.run(() => analytics.reset());
    await site.identify("u-2");
    await site.track("B");
    await untouched(site);
    await site.decide(true);
    await site.hears("B");
    assert.deepEqual(await site.known(), [
      { person: { user_id: "u-1" }, events: ["A"] },
      { person: { user_id: "u-2" }, events: ["B"] },
    ]);
  });
}
