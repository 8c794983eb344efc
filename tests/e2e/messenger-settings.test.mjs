// The setting `messenger`: what `boot` says of the Messenger.
import assert from "node:assert/strict";
import { siteTest, until } from "./site.mjs";

const messenger = { alignment: "left", vertical_padding: 44, hide_default_launcher: true };
const pageSettings = () => {
  window.intercomSettings = { alignment: "right", vertical_padding: 5, z_index: 77 };
};

siteTest(
  "boot says it over the page's own settings, an update over that, and after a reset boot says it again",
  { settings: { appId: "abc123", messenger }, first: pageSettings },
  async (site) => {
    await site.calls();
    await site.run(async () => {
      await analytics.identify("u-1", {}, { context: { Intercom: { hideDefaultLauncher: false } } });
      await analytics.reset();
      await analytics.track("Next");
    });
    const named = (name) => (calls) => calls.filter(([method]) => method === name).map(([, payload]) => payload);
    await until(async () => named("boot")(await site.calls()).length === 2);
    const calls = await site.calls();
    const looks = { alignment: "left", vertical_padding: 44, z_index: 77, hide_default_launcher: true };
    const app = { app_id: "abc123", api_base: "https://api-iam.intercom.io", installation_type: "s" };
    assert.deepEqual(named("boot")(calls), [
      { ...looks, ...app },
      { ...looks, ...app },
    ]);
    assert.deepEqual(named("update")(calls), [{ user_id: "u-1", hide_default_launcher: false }]);
    assert.deepEqual(await site.run(() => window.intercomSettings), { ...looks, ...app });
  },
);

siteTest(
  "the launcher that stands in follows it",
  { settings: { appId: "abc123", load: "launcher", messenger: { ...messenger, hide_default_launcher: false } }, first: pageSettings },
  async (site) => {
    const button = site.page.locator("button[aria-haspopup=dialog]");
    await button.waitFor({ state: "visible" });
    const { x, y, height } = await button.boundingBox();
    assert.deepEqual([x, site.page.viewportSize().height - y - height], [20, 44]);
    assert.equal(await button.evaluate((found) => getComputedStyle(found).zIndex), "77");
  },
);

siteTest(
  "an unknown key of it is a warning, and the rest counts",
  { settings: { appId: "abc123", messenger: { zIndex: 5, z_index: 6 } } },
  async (site) => {
    const [[, boot]] = await site.calls();
    assert.equal(boot.z_index, 6);
    assert.equal("zIndex" in boot, false);
    assert.deepEqual(site.warnings(), ["[intercom-destination] messenger.zIndex: unknown setting; ignored (setting_unknown)"]);
  },
);
