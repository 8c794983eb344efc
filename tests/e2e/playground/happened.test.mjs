// What the page says of events: matches, payloads, exact calls, differences and what was held back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openPlayground, playgroundTest } from "./page.mjs";

const ORDER = `Intercom("trackEvent", "Order Completed", {
  "price": {
    "amount": 1999,
    "currency": "EUR"
  },
  "order_id": "1042",
  "coupon": "SPRING",
  "receipt": {
    "url": "https://shop.example/orders/1042",
    "value": "Order 1042"
  }
})`;

playgroundTest("an order shows its filters, its payload and its exact call", {}, async ({ page, send, last, call }) => {
  await send("track");
  assert.equal(await call(), ORDER);
  assert.match(await last.locator(".outcome").innerText(), /Track Event matched/);
  assert.match(await last.innerText(), /Not matched: Identify User and Identify Company/);
  await last.getByText("Payload", { exact: true }).click();
  assert.match(await last.locator(".step .part .code").innerText(), /"event_name": "Order Completed",\s+"revenue": 19.99/);
  await last.getByText("Event", { exact: true }).click();
  assert.match(await last.locator("details").first().innerText(), /"messageId": "ajs-next/);
  assert.match(await page.locator("#send-status").innerText(), /^Sent: 1 call\.$/);
  assert.equal(await page.locator("#happened-live").textContent(), "Event 1, track: 1 call. Records the event “Order Completed”.");
});

playgroundTest("the call is the real plugin's, not only the inspection's", {}, async ({ page, send }) => {
  await page.evaluate(() => {
    const { Intercom } = window;
    window.heard = [];
    window.Intercom = Object.assign((...args) => (window.heard.push(args), Intercom(...args)), { booted: true });
  });
  await send("group");
  const [[method, { company }]] = await page.evaluate(() => window.heard);
  assert.deepEqual([method, company.company_id, company.created_at], ["update", "c-2", 1669629600]);
});

playgroundTest("differences from the last call of the same method are marked, not by colour alone", {}, async ({ send, type, last }) => {
  await send("track");
  await type(
    "Event",
    JSON.stringify({
      type: "track",
      event: "Order Completed",
      properties: {
        order_id: "1043",
        revenue: 5,
        currency: "EUR",
        items: 2,
        receipt: { url: "https://shop.example/orders/1042", value: "Order 1042" },
      },
    }),
  );
  await send();
  const marked = (mark) =>
    last
      .locator(`.step .line-${mark}`)
      .allInnerTexts()
      .then((lines) => lines.map((line) => line.replace(/\s+/g, " ").trim()));
  assert.deepEqual(await marked("changed"), ['changed: ~ "amount": 500, was 1999', 'changed: ~ "order_id": "1043", was "1042"']);
  assert.deepEqual(await marked("added"), ['added: + "items": 2,']);
  assert.deepEqual(await marked("removed"), ['left out: − "coupon": "SPRING"']);
  await send();
  assert.match(await last.innerText(), /The same as the last trackEvent\./);
});

playgroundTest("an update that does not name a field leaves it, and is held against all before it", {}, async ({ send, last }) => {
  const signs = (mark) => last.locator(`.step .line-${mark}`).count();
  await send("identify");
  await send("group");
  assert.equal(await signs("removed"), 0);
  assert.ok((await signs("changed")) > 0);
  await send("identify");
  assert.deepEqual([await signs("removed"), await signs("added")], [0, 0]);
});

playgroundTest("a repeated update is said to be held back", {}, async ({ page, send, last, entries, settled }) => {
  await send("page");
  // By now the address says which example is on view; that is no other page.
  await settled();
  await send("page");
  assert.equal(await entries.count(), 2);
  assert.match(await last.locator(".held").innerText(), /^Held back\. This update says the same as the last one/);
  assert.equal(await last.locator(".call").count(), 0);
  assert.equal(await page.locator("#send-status").innerText(), "Sent: 0 calls, 1 held back.");
});

playgroundTest("what Intercom would drop without a word is warned about", {}, async ({ send, last }) => {
  await send("group");
  assert.match(await last.locator(".remark-warning").innerText(), /^Warning .*call identify before group\s+group_before_identify$/);
});

playgroundTest(
  "the Messenger shows the person, the company and their events, and forgets them at log-out",
  {},
  async ({ page, send, last }) => {
    for (const example of ["identify", "group", "track"]) await send(example);
    await page.getByRole("button", { name: "Open the Messenger" }).click();
    const messenger = page.getByRole("dialog", { name: "Messenger stand-in" });
    const text = await messenger.innerText();
    for (const part of ["Ada Lovelace", "ada@engines.example", "Royal Society", "Order Completed", "€19.99", "signed with a hash"])
      assert.ok(text.includes(part), part);
    assert.ok(!text.includes("made-up-hash"));
    await send("reset");
    assert.deepEqual(await last.locator(".meaning").allInnerTexts(), [
      "Ends the session: Intercom forgets this person.",
      "Starts the Messenger for app demo.",
    ]);
    await page.getByRole("button", { name: "Open the Messenger" }).click();
    assert.match(await messenger.innerText(), /Visitor\s+Not identified yet/);
  },
);

playgroundTest(
  "a change of settings makes the plugin anew and keeps what happened and who is known",
  {},
  async ({ page, send, settled, entries }) => {
    await send("identify");
    await page.fill("#setting-activator", "#help");
    await page.keyboard.press("Tab");
    await settled();
    assert.equal(await entries.count(), 1);
    assert.equal(await page.locator("[data-kind='start']").last().locator("h3").innerText(), "Settings changed");
    await page.getByRole("button", { name: "Help" }).click();
    assert.match(await page.getByRole("dialog", { name: "Messenger stand-in" }).innerText(), /^Ada Lovelace/);
    await send("track");
    assert.equal(await entries.count(), 2);
  },
);

playgroundTest("the launcher goes away when an event or an activator says so", {}, async ({ page, send, type }) => {
  const launcher = page.locator(".messenger-launcher");
  assert.equal(await launcher.isVisible(), true);
  await page.click("#example-page");
  await type("Event", '{ "type": "page", "name": "Checkout", "context": { "Intercom": { "hideDefaultLauncher": true } } }');
  await send();
  assert.equal(await launcher.isVisible(), false);
});

playgroundTest(
  "an event that no filter lets through, and a plugin that does not run, are said as such",
  {},
  async ({ page, send, subscription, settled, last, errors }) => {
    await (await subscription("Track Event")).getByRole("switch").click();
    await settled();
    await send("track");
    assert.match(await last.innerText(), /No filter matched: Intercom hears nothing\.[^]*Turned off: Track Event/);
    await page.fill("#setting-appId", "");
    await page.keyboard.press("Tab");
    await settled();
    await send("track");
    assert.match(await last.innerText(), /The plugin does not run: Intercom hears nothing\./);
    errors.length = 0;
  },
);

playgroundTest("a mapping with Liquid is rendered with the file beside the page", {}, async ({ subscription, type, send, call }) => {
  const card = await subscription("Track Event");
  await type("Mapping", '{ "event_name": { "@liquid": "{{ properties.coupon | downcase }} order" } }', card);
  await send("track");
  assert.equal(await call(), 'Intercom("trackEvent", "spring order", {})');
});

test("a browser without WebAssembly is told so", async () => {
  const playground = await openPlayground({ scripts: ["delete globalThis.WebAssembly"], starts: false });
  await playground.page.locator("#notice").waitFor();
  assert.match(await playground.page.locator("#notice").innerText(), /^This page needs WebAssembly, which is missing or forbidden here/);
  playground.errors.length = 0;
  await playground.close();
});

playgroundTest("the list can be cleared, and goes on", {}, async ({ page, send, entries }) => {
  await send("track");
  await page.getByRole("button", { name: "Clear" }).click();
  assert.equal(await entries.count(), 0);
  assert.equal(await page.locator("#happened-count").innerText(), "0 events");
  await send("track");
  assert.equal(await entries.count(), 1);
});
