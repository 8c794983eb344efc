// Editing on the page: mistakes at their place, presets, and what the editors offer.
import assert from "node:assert/strict";
import { playgroundTest } from "./page.mjs";

/** What an editor underlines. */
const underlined = (within, kind = "error") => within.locator(`.cm-lintRange-${kind}`).allInnerTexts();
const remarks = (within) =>
  within
    .locator(".remark")
    .allInnerTexts()
    .then((texts) => texts.map((text) => text.replace(/\s+/g, " ").trim()));

playgroundTest(
  "a fault in a filter is shown at its column, and its button leads there",
  {},
  async ({ page, subscription, type, errors }) => {
    const card = await subscription("Track Event");
    await type("Filter", 'type = "track" and event = "Order', card);
    assert.deepEqual(await remarks(card), ["Fault Column 28 expected a closing quote"]);
    assert.deepEqual(await underlined(card), ['"']);
    const editor = card.getByRole("textbox", { name: "Filter" });
    assert.equal(await editor.getAttribute("aria-invalid"), "true");
    const described = await editor.getAttribute("aria-describedby");
    assert.match(await page.locator(`#${described.split(" ")[0]}`).innerText(), /expected a closing quote/);
    assert.equal(await card.locator(".badge").innerText(), "1 fault");
    await card.getByRole("button", { name: "Column 28" }).click();
    await page.keyboard.press("ControlOrMeta+Shift+ArrowRight");
    await page.keyboard.press("End");
    await page.keyboard.insertText('"');
    await card.locator(".badge").waitFor({ state: "detached" });
    assert.equal(await editor.getAttribute("aria-invalid"), "false");
    assert.deepEqual(errors, []);
  },
);

playgroundTest("a warning in a filter counts columns in code units and underlines what was found", {}, async ({ subscription, type }) => {
  const card = await subscription("Track Event");
  await type("Filter", 'event = "🎈" OR event = "B"', card);
  assert.deepEqual(await underlined(card, "warning"), ["OR", "e"]);
  assert.match((await remarks(card))[0], /^Warning Column 13 this is ignored, found OR$/);
});

playgroundTest("a filter stays on one line, whatever is pasted", {}, async ({ page, subscription, text }) => {
  const card = await subscription("Identify Company");
  const editor = card.getByRole("textbox", { name: "Filter" });
  await editor.click();
  await page.keyboard.press("ControlOrMeta+A");
  await editor.evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", 'type = "group"\n  and groupId != null');
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.keyboard.press("Enter");
  assert.equal(await text("Filter", card), 'type = "group" and groupId != null');
});

playgroundTest("faults in a mapping are shown at their keys and values", {}, async ({ subscription, type, send, last }) => {
  const card = await subscription("Track Event");
  await type(
    "Mapping",
    '{\n  "event_name": { "@pth": "$.event" },\n  "revenue": { "@path": 5 },\n  "event_metadata": { "@if": { "then": 1 } }\n}',
    card,
  );
  assert.deepEqual(await underlined(card), ['"@pth"', "5", '"@if"']);
  assert.deepEqual((await remarks(card)).slice(0, 2), [
    "Fault Line 2, column 19 expected a known directive, found @pth",
    "Fault Line 3, column 25 expected a string, found a number",
  ]);
  await send("track");
  assert.match(await last.innerText(), /Not running, because of a fault: Track Event/);
});

playgroundTest(
  "a mapping that is no JSON says what is missing and where, and does not run",
  {},
  async ({ page, subscription, type, send, last }) => {
    const card = await subscription("Track Event");
    await type("Mapping", '{\n  "event_name": { "@path": "$.event" }\n  "revenue": 1\n}', card);
    assert.deepEqual(await remarks(card), ["Fault Line 3, column 3 A comma is missing here"]);
    await send("track");
    assert.match(await last.innerText(), /Not running, because of a fault: Track Event/);
    await card.getByRole("button", { name: "Line 3, column 3" }).click();
    await page.keyboard.insertText(",");
    await card.locator(".badge").waitFor({ state: "detached" });
    await type("Mapping", "5", card);
    assert.match((await remarks(card))[0], /^Fault Column 1 expected an object/);
    await send("track");
    assert.match(await last.innerText(), /Intercom hears nothing/);
  },
);

playgroundTest("an event with a mistake is not sent; the cursor goes to it", {}, async ({ page, type, entries, send }) => {
  await type("Event", '{\n  "type": "trak",\n  "event": "A"\n}');
  const composer = page.getByRole("tabpanel");
  assert.deepEqual(await remarks(composer), ["Fault Line 2, column 11 “type” must be one of track, page, identify, group, alias"]);
  assert.deepEqual(await underlined(composer), ['"trak"']);
  await page.click("#send-button");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Event");
  await page.waitForTimeout(300);
  assert.equal(await entries.count(), 0);
  await type("Event", '{ "type": "track", "event": "A", "propertes": {} }');
  assert.deepEqual(await remarks(composer), ["Warning Column 34 “propertes” is not part of a track event: expected event, properties"]);
  await send();
  assert.equal(await entries.count(), 1);
  await page.getByRole("button", { name: "Restore example" }).click();
  assert.deepEqual(await remarks(composer), []);
});

playgroundTest("presets and examples can be added, copied and taken away", {}, async ({ page, send, settled, last, call }) => {
  const names = () => page.locator(".subscription-name").allInnerTexts();
  assert.deepEqual(await names(), ["Track Event", "Identify User", "Identify Company"]);
  await page.selectOption("#addition", { label: "Only completed orders" });
  await page.getByRole("button", { name: "Add", exact: true }).click();
  assert.equal(await page.evaluate(() => document.activeElement.value), "Completed orders");
  assert.deepEqual((await names()).slice(3), ["Completed orders"]);
  await send("track");
  assert.deepEqual(await last.locator(".outcome strong").allInnerTexts(), ["Track Event", "Completed orders"]);
  assert.match(await call(), /Intercom\("trackEvent", "Purchase", \{/);

  const added = page.locator(".subscriptions > li").last();
  await added.getByRole("button", { name: "Duplicate" }).click();
  assert.deepEqual((await names()).slice(3), ["Completed orders", "Completed orders (copy)"]);
  await page.locator(".subscriptions > li").last().getByRole("button", { name: "Remove" }).click();
  assert.deepEqual((await names()).slice(3), ["Completed orders"]);
  assert.match(await page.evaluate(() => document.activeElement.innerText), /^Completed orders/);

  await page.getByRole("button", { name: "Back to the presets" }).click();
  await settled();
  assert.deepEqual(await names(), ["Track Event", "Identify User", "Identify Company"]);
  assert.equal(new URL(page.url()).hash, "");
});

playgroundTest("every preset and example that can be added works as it is", {}, async ({ page, settled }) => {
  const labels = await page.locator("#addition option").allInnerTexts();
  const before = await page.locator(".subscriptions > li").count();
  for (const label of labels) {
    await page.selectOption("#addition", { label });
    await page.getByRole("button", { name: "Add", exact: true }).click();
  }
  await settled();
  assert.equal(await page.locator(".subscriptions > li").count(), before + labels.length);
  assert.equal(await page.locator(".badge").count(), 0);
});

playgroundTest("a wrong setting is said at its field", {}, async ({ page, settled, errors }) => {
  await page.click(".more summary");
  await page.fill("#setting-appId", "not an id");
  await page.fill("#setting-widgetTimeout", "soon");
  await page.keyboard.press("Tab");
  await settled();
  for (const key of ["appId", "widgetTimeout"]) {
    assert.equal(await page.locator(`#setting-${key}`).getAttribute("aria-invalid"), "true", key);
    assert.match(await page.locator(`#setting-${key}-problems`).innerText(), /^Fault expected/, key);
  }
  assert.equal(await page.locator("#setting-nonce").getAttribute("aria-invalid"), "false");
  assert.equal(await page.locator("[data-kind='start'] h3").innerText(), "The plugin does not run");
  errors.length = 0;
});

playgroundTest(
  "the Messenger's settings are part of the settings, and a wrong one is said at its field",
  {},
  async ({ page, settled, errors }) => {
    await page.getByText("The Messenger’s looks").click();
    await page.getByLabel("Side messenger.alignment").selectOption({ label: "Left" });
    const stacking = page.getByLabel("Stacking");
    await stacking.fill("7");
    await page.selectOption("#loader", "json");
    await settled();
    const messenger = async () => JSON.parse(await page.locator("#code").innerText()).messenger;
    assert.deepEqual(await messenger(), { alignment: "left", z_index: 7 });
    await stacking.fill("top");
    await settled();
    assert.equal(await stacking.getAttribute("aria-invalid"), "true");
    assert.match(await page.locator("[id='setting-messenger.z_index-problems']").innerText(), /^Fault expected a number/);
    await stacking.fill("");
    await page.getByLabel("Side messenger.alignment").selectOption({ label: "As in Intercom" });
    await settled();
    assert.equal(await messenger(), undefined);
    errors.length = 0;
  },
);

playgroundTest(
  "the editors offer directives, fields of the action and paths of the event",
  {},
  async ({ page, subscription, type, text }) => {
    const card = await subscription("Identify User");
    const offered = () => page.locator(".cm-tooltip-autocomplete li .cm-completionLabel").allInnerTexts();
    // A list that has only just appeared is not taken from yet: the key may have been meant for the text.
    const take = async () => (await page.waitForTimeout(150), await page.keyboard.press("Enter"));
    await type("Mapping", "", card);
    await page.keyboard.type('{ "cust');
    await page.locator(".cm-tooltip-autocomplete").waitFor();
    assert.equal((await offered())[0], "custom_traits");
    await take();
    await page.keyboard.type('": { "plan": { "@pa');
    await page.locator(".cm-tooltip-autocomplete").waitFor();
    assert.equal((await offered())[0], "@path");
    await take();
    await page.keyboard.type('": "$.properties.cou');
    await page.locator(".cm-tooltip-autocomplete").waitFor();
    assert.equal((await offered())[0], "$.properties.coupon");
    await take();
    await page.keyboard.type('" } } }');
    assert.equal(await text("Mapping", card), '{ "custom_traits": { "plan": { "@path": "$.properties.coupon" } } }');
    await card.locator(".badge").waitFor({ state: "detached" });
  },
);
