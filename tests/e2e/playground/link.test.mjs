// The address bar: a link reproduces the page, and a bad one says so.
import assert from "node:assert/strict";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { openPlayground, playgroundTest } from "./page.mjs";

const fragmentOf = (said, version = 1) => `#${version}.${deflateRawSync(Buffer.from(JSON.stringify(said))).toString("base64url")}`;
const said = (url) => JSON.parse(inflateRawSync(Buffer.from(new URL(url).hash.split(".")[1], "base64url")).toString());

playgroundTest(
  "a link reproduces settings, subscriptions, event and loader",
  { permissions: ["clipboard-read", "clipboard-write"] },
  async (first) => {
    const { page, subscription, type, settled, text } = first;
    assert.equal(new URL(page.url()).hash, "");
    await page.fill("#setting-appId", "shop1");
    await page.selectOption("#setting-apiBase", { label: "Europe" });
    const card = await subscription("Identify Company");
    await type("Filter", 'type = "group" and groupId = "c-2"', card);
    await type("Mapping", '{ "company": ', card);
    await page.click("#example-page");
    await type("Event", '{ "type": "page", "name": "Ünïcode 🎈" }');
    await page.selectOption("#loader", "rudderstack");
    await settled();
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("Link copied.").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(link, page.url());

    const second = await openPlayground({ fragment: new URL(link).hash });
    assert.equal(await second.page.inputValue("#setting-appId"), "shop1");
    assert.equal(await second.page.inputValue("#setting-apiBase"), "https://api-iam.eu.intercom.io");
    const copy = await second.subscription("Identify Company");
    for (const [label, within, other] of [
      ["Filter", card, copy],
      ["Mapping", card, copy],
      ["Event", page, second.page],
    ]) {
      assert.equal(await second.text(label, other), await text(label, within), label);
    }
    assert.equal(await second.page.inputValue("#loader"), "rudderstack");
    assert.equal(await second.page.locator("#code").innerText(), await page.locator("#code").innerText());
    await second.settled();
    assert.equal(new URL(second.page.url()).hash, new URL(link).hash);
    await second.page.getByRole("button", { name: "Start over" }).click();
    await second.page.waitForURL(second.home);
    await second.page.locator("#happened > li").first().waitFor();
    assert.equal(await second.page.inputValue("#setting-appId"), "demo");
    await second.close();
  },
);

playgroundTest("what is as by default takes no room in the address", {}, async ({ page, settled }) => {
  await page.selectOption("#loader", "june");
  await settled();
  assert.deepEqual(said(page.url()), { loader: "june" });
  await page.selectOption("#loader", "segment-npm");
  await settled();
  assert.equal(new URL(page.url()).hash, "");
});

playgroundTest("identity hashes and tokens stay out of the address", {}, async ({ page, type, settled }) => {
  await page.click("#example-identify");
  await type(
    "Event",
    '{ "type": "identify", "userId": "u", "integrations": { "Intercom": { "user_hash": "s3cret\\"1", "intercomUserJwt": "s3cret2" } } }',
  );
  await settled();
  const { drafts } = said(page.url());
  assert.deepEqual(JSON.parse(drafts.identify).integrations.Intercom, { user_hash: "hidden", intercomUserJwt: "hidden" });
});

for (const [title, fragment, sentence] of [
  [
    "that is cut off",
    fragmentOf({ loader: "june", settings: { appId: "abc" } }).slice(0, -12),
    /^This link is damaged: perhaps a part of it was cut off\. The page shows its own example instead\.$/,
  ],
  ["that is something else", "#contact", /^This link is damaged: what follows the # is not what this page writes\./],
  ["of a newer page", fragmentOf({}, 2), /^This link was made by a newer version of this page\./],
  ["with settings that are no object", fragmentOf({ settings: 5 }), /^Its settings is no object\.|^Its settings are no object\./],
  [
    "with a subscription without a filter",
    fragmentOf({ subscriptions: [{ name: "", partnerAction: "", mapping: "{}" }] }),
    /^The subscribe of its subscription 1 is no text\./,
  ],
  ["that unpacks to more than a page needs", fragmentOf({ drafts: { track: " ".repeat(4e6) } }), /^This link is damaged/],
]) {
  playgroundTest(`a link ${title} says so, and the page starts as usual`, { fragment }, async ({ page, send, entries }) => {
    assert.match(await page.locator("#notice").innerText(), sentence);
    assert.equal(await page.locator(".subscriptions > li").count(), 3);
    await send("track");
    assert.equal(await entries.count(), 1);
  });
}

playgroundTest("a link opened in the same tab takes effect", {}, async ({ page, home }) => {
  const fragment = fragmentOf({ settings: { appId: "other1" } });
  await page.evaluate((hash) => void (location.hash = hash), fragment);
  await page.waitForFunction(() => document.querySelector("#setting-appId")?.value === "other1");
  assert.equal(page.url(), home + fragment);
});
