// Taking over a destination from Segment's own JSON, pasted or from a file.
import assert from "node:assert/strict";
import { playgroundTest } from "./page.mjs";

const subscriptions = [
  {
    partnerAction: "trackEvent",
    name: "Orders",
    enabled: true,
    subscribe: 'type = "track" and event = "Order Completed"',
    mapping: { event_name: { "@path": "$.event" } },
  },
  { partnerAction: "identifyUser", name: "People", enabled: false, subscribe: 'type = "identify"', mapping: {} },
];
const cdn = {
  integrations: {},
  remotePlugins: [
    { name: "Other", settings: {} },
    {
      name: "Intercom Web (Actions)",
      libraryName: "intercomDestination",
      settings: { appId: "abc123", activator: "#help", subscriptions },
    },
  ],
};
const publicApi = {
  data: {
    destination: {
      name: "Intercom",
      metadata: { name: "Intercom Web (Actions)" },
      settings: { appId: "abc123", richLinkProperties: ["a", "b"] },
    },
    subscriptions: subscriptions.map(({ partnerAction, name, enabled, subscribe, mapping }) => ({
      name,
      actionSlug: partnerAction,
      enabled,
      trigger: subscribe,
      settings: mapping,
    })),
  },
};

const names = (page) => page.locator(".subscription-name").allInnerTexts();
const open = async (page) => {
  await page.getByRole("button", { name: "Import…" }).click();
  return page.getByRole("dialog", { name: "Import from Segment" });
};

playgroundTest(
  "what Segment's CDN delivers is taken over and works",
  {},
  async ({ page, send, settled, last, call, subscription, text }) => {
    const dialog = await open(page);
    assert.equal(await page.evaluate(() => document.activeElement.id), "import-text");
    await dialog.getByLabel("JSON").fill(JSON.stringify(cdn));
    assert.match(await dialog.locator("#import-outcome").innerText(), /^Intercom Web \(Actions\): app id abc123, 2 subscriptions$/);
    await dialog.getByRole("button", { name: "Use these settings" }).click();
    await settled();
    assert.equal(await dialog.isVisible(), false);
    assert.deepEqual(await names(page), ["Orders", "People"]);
    assert.equal(await page.inputValue("#setting-appId"), "abc123");
    assert.equal(await page.inputValue("#setting-activator"), "#help");
    assert.equal(await page.inputValue("#setting-richLinkProperties"), "");
    assert.equal(await text("Mapping", await subscription("Orders")), '{\n  "event_name": { "@path": "$.event" }\n}');
    await send("track");
    assert.equal(await call(), 'Intercom("trackEvent", "Order Completed", {})');
    assert.match(await last.innerText(), /Turned off: People/);
  },
);

playgroundTest("an answer of the Public API is taken over from a file", {}, async ({ page, settled }) => {
  const dialog = await open(page);
  await dialog
    .getByLabel("Or a file")
    .setInputFiles({ name: "destination.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(publicApi)) });
  await dialog.getByText("Intercom: app id abc123, 2 subscriptions").waitFor();
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Use these settings" }).press("Enter");
  await settled();
  assert.deepEqual(await names(page), ["Orders", "People"]);
  assert.equal(await page.inputValue("#setting-richLinkProperties"), "a, b");
});

playgroundTest("settings alone keep the presets; a second import takes the place of the first", {}, async ({ page, settled }) => {
  for (const [settings, expected] of [
    [{ appId: "first", subscriptions }, ["Orders", "People"]],
    [{ appId: "second" }, ["Track Event", "Identify User", "Identify Company"]],
  ]) {
    const dialog = await open(page);
    await dialog.getByLabel("JSON").fill(JSON.stringify(settings));
    await dialog.getByRole("button", { name: "Use these settings" }).click();
    await settled();
    assert.deepEqual(await names(page), expected);
    assert.equal(await page.inputValue("#setting-appId"), settings.appId);
  }
});

playgroundTest("faults in what was imported are shown at their place", {}, async ({ page, settled, subscription }) => {
  const dialog = await open(page);
  await dialog.getByLabel("JSON").fill(
    JSON.stringify({
      appId: "abc",
      activator: 5,
      subscriptions: [{ ...subscriptions[0], subscribe: "type = ", partnerAction: "sendMail" }],
    }),
  );
  await dialog.getByRole("button", { name: "Use these settings" }).click();
  await settled();
  assert.match(await page.locator("#setting-activator-problems").innerText(), /expected a string, found a number/);
  const card = await subscription("Orders");
  assert.match(await card.innerText(), /Unknown action/);
});

playgroundTest("of several destinations one is chosen", {}, async ({ page, settled }) => {
  const dialog = await open(page);
  await dialog
    .getByLabel("JSON")
    .fill(JSON.stringify({ remotePlugins: [...cdn.remotePlugins, { name: "intercom-web", settings: { appId: "second" } }] }));
  const choice = dialog.getByRole("group", { name: "2 destinations found" });
  assert.deepEqual(
    (await choice.locator("label").allInnerTexts()).map((text) => text.trim()),
    ["Intercom Web (Actions): app id abc123, 2 subscriptions", "intercom-web: app id second, the presets"],
  );
  await choice.getByRole("radio").nth(1).check();
  await dialog.getByRole("button", { name: "Use these settings" }).click();
  await settled();
  assert.equal(await page.inputValue("#setting-appId"), "second");
  assert.equal((await names(page)).length, 3);
});

for (const [title, json, sentence] of [
  ["no JSON", '{\n  "appId": abc\n}', "Fault Line 2, column 12: This is no JSON value. Text needs double quotation marks."],
  [
    "no destination of this kind",
    JSON.stringify({ remotePlugins: [{ name: "Other" }] }),
    'Fault This is something else: expected a destination "Intercom Web (Actions)", or settings with an appId.',
  ],
  [
    "something else",
    '{ "a": 1 }',
    'Fault This is something else: expected a destination "Intercom Web (Actions)", or settings with an appId.',
  ],
  ["no list of subscriptions", '{ "appId": "a", "subscriptions": {} }', "Fault “subscriptions” must be a list."],
  ["a subscription that is none", '{ "appId": "a", "subscriptions": [null] }', "Fault Subscription 1 must be an object."],
  ["a list", "[]", 'Fault This is something else: expected a destination "Intercom Web (Actions)", or settings with an appId.'],
]) {
  playgroundTest(`${title} is refused with what was expected`, {}, async ({ page }) => {
    const dialog = await open(page);
    await dialog.getByLabel("JSON").fill(json);
    assert.equal(await dialog.locator("#import-outcome").innerText(), sentence);
    assert.equal(await dialog.getByRole("button", { name: "Use these settings" }).isDisabled(), true);
    await page.keyboard.press("Escape");
    assert.equal(await dialog.isVisible(), false);
    assert.equal((await names(page)).length, 3);
  });
}
