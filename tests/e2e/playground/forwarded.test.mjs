// What happens in the page's Messenger, on its way back to the loader.
import assert from "node:assert/strict";
import { playgroundTest } from "./page.mjs";

playgroundTest("what is done in the Messenger is tracked, and shown", {}, async ({ page, entries, settled }) => {
  await page.fill("#setting-forward", "show, hide, unread, email");
  await settled();
  const texts = ["Messenger Opened", "Messenger Unread Changed", "Messenger Email Supplied", "Messenger Closed"];
  const shown = async (count) => {
    await entries.nth(count - 1).waitFor();
    return entries.locator("h3").allInnerTexts();
  };
  // The file that forwards comes a moment after the settings.
  await page.waitForFunction(() => globalThis.intercomDestinationParts?.forward);
  await page.getByRole("button", { name: "Open the Messenger" }).click();
  assert.equal((await shown(1)).length, 1);
  await page.getByRole("button", { name: "A message comes in" }).click();
  await page.getByRole("button", { name: "Enter ada@example.com" }).click();
  await page.getByRole("button", { name: "Hide", exact: true }).click();
  assert.deepEqual(await shown(4), texts);
  assert.match(await entries.nth(1).innerText(), /"unread_count": 1/);
  assert.match(await entries.nth(2).innerText(), /"email": "ada@example\.com"/);
  // None of them is an event of Intercom's.
  await page.getByRole("button", { name: "Open the Messenger" }).click();
  assert.match(await page.locator("#messenger").innerText(), /No events yet/);
});
