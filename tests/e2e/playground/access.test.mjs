// For everyone: axe finds nothing, the keyboard reaches everything, a phone needs no sideways scrolling, and nothing leaves the page.
import assert from "node:assert/strict";
import { axe, everyLook, violations } from "./looks.mjs";
import { openPlayground, playgroundTest } from "./page.mjs";

/** What a visitor may have open, one after the other on the same page. */
const states = {
  "as it comes": async () => {},
  "after several events": async ({ send, page }) => {
    for (const example of ["group", "identify", "page", "page", "track", "track", "reset"]) await send(example);
    for (const summary of await page.locator("#happened summary").all()) await summary.click();
  },
  "with faults and warnings": async ({ page, subscription, type, send, errors }) => {
    const card = await subscription("Track Event");
    await type("Filter", 'type = "track" OR event = "', card);
    await type("Mapping", '{ "event_name": { "@pth": 1 } }', card);
    await type("Mapping", '{ "user_id": ', await subscription("Identify User"));
    await (await subscription("Identify Company")).getByRole("switch").click();
    for (const summary of await page.locator(".more summary").all()) await summary.click();
    await page.fill("#setting-widgetTimeout", "soon");
    await page.getByLabel("Stacking").fill("top");
    await page.click("#example-track");
    await type("Event", '{ "type": "track" }');
    await page.click("#example-identify");
    await send();
    errors.length = 0;
  },
  "with a list of completions": async ({ page, subscription }) => {
    await (await subscription("Identify User")).getByRole("textbox", { name: "Mapping" }).click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type('{ "@');
    await page.locator(".cm-tooltip-autocomplete").waitFor();
  },
  "with the Messenger open": async ({ page, settled }) => {
    await page.keyboard.press("Escape");
    await page.fill("#setting-widgetTimeout", "");
    await page.getByLabel("Stacking").fill("");
    await settled();
    await page.getByRole("button", { name: "Open the Messenger" }).click();
  },
  "with a visit": async ({ page, settled }) => {
    await page.getByRole("radio", { name: "On opening it" }).check();
    await page.locator("#setting-consent\\.from").selectOption("google");
    await settled();
    await page.click("#visit-open");
    await page.locator(".visit-entry[data-kind='page']").waitFor();
    await page.getByRole("button", { name: "Agree" }).click();
    await page.frameLocator("#visit iframe").getByRole("button", { name: "Open Intercom Messenger" }).press("Enter");
    await page.frameLocator("#visit iframe").getByRole("dialog").waitFor();
  },
  "with the import open": async ({ page }) => {
    await page.getByRole("button", { name: "Close the Messenger" }).first().click();
    await page.getByRole("button", { name: "Import…" }).click();
    await page.getByRole("dialog", { name: "Import from Segment" }).getByLabel("JSON").fill("{");
  },
};

everyLook("axe finds nothing and nothing is too wide", async (playground, look) => {
  for (const [state, reach] of Object.entries(states)) {
    await reach(playground);
    await look(state);
  }
});

playgroundTest("axe would find what is wrong", { scripts: [axe] }, async ({ page }) => {
  await page.evaluate(() => document.querySelector("#send-button").replaceChildren());
  assert.match((await violations(page)).join(), /button-name: #send-button/);
});

/** Tabs on until the element with the focus fits; says what was passed. */
async function tabTo(page, fits, most = 60) {
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(fits)) return;
  }
  assert.fail(`the keyboard does not get there: ${fits}`);
}

playgroundTest("everything can be done with the keyboard alone", {}, async ({ page, entries, settled, call }) => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "send");
  await tabTo(page, () => document.activeElement.role === "tab");
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  // Tab passes through an editor instead of being caught in it.
  await tabTo(page, () => document.activeElement.ariaLabel === "Event", 2);
  await page.keyboard.press("ControlOrMeta+Enter");
  await entries.first().waitFor();
  await tabTo(page, () => document.activeElement.id === "send-button", 2);
  await page.keyboard.press("Enter");
  await entries.nth(1).waitFor();

  await tabTo(page, () => document.activeElement.innerText?.startsWith("Track Event"));
  await page.keyboard.press("Enter");
  await tabTo(page, () => document.activeElement.ariaLabel === "Mapping", 6);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText('{ "event_name": "From the keyboard" }');
  await settled();
  await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), "Filter");
  await tabTo(page, () => document.activeElement.id === "open-import");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "import-text");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "open-import");
  await tabTo(page, () => document.activeElement.id === "setting-appId");
  await tabTo(page, () => document.activeElement.id === "loader");
  await tabTo(page, () => document.activeElement.className === "messenger-launcher");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "messenger-panel");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.className), "messenger-launcher");

  await page.keyboard.press("Shift+Tab");
  await page.locator("#send").focus();
  await tabTo(page, () => document.activeElement.id === "send-button", 5);
  await page.keyboard.press("Enter");
  await entries.nth(2).waitFor();
  assert.match(await call(), /"From the keyboard"/);
});

playgroundTest("what has the focus is seen", {}, async ({ page }) => {
  const seen = new Set();
  for (let count = 0; count < 45; count += 1) {
    await page.keyboard.press("Tab");
    const [name, isSeen] = await page.evaluate(() => {
      const element = document.activeElement;
      const framed = element.closest(".editor") ?? element;
      const { outlineStyle, outlineWidth } = getComputedStyle(framed);
      return [
        `${element.tagName} ${element.id || element.className}`,
        element === document.body || element.id === "skip" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1),
      ];
    });
    assert.ok(isSeen, `${name} has no outline`);
    seen.add(name);
  }
  assert.ok(seen.size > 15, `only ${[...seen]}`);
});

playgroundTest(
  "nothing leaves the browser: the page asks for its own files only, and its policy lets nothing else pass",
  {},
  async ({ page, send, requests, home, errors, settled, context }) => {
    await page.click("#example-identify");
    for (const example of ["identify", "group", "page", "track", "reset"]) await send(example);
    await page.getByRole("button", { name: "Open the Messenger" }).click();
    await page.getByRole("button", { name: "Copy link" }).click();
    await settled();
    assert.ok(requests.length > 3);
    assert.deepEqual(
      requests.filter((request) => !request.startsWith(`GET ${home}`)),
      [],
    );
    assert.deepEqual(await context.cookies(), []);

    const refused = await page.evaluate(async (own) => {
      const image = (src) =>
        new Promise((done) => Object.assign(new Image(), { onload: () => done("loaded"), onerror: () => done("refused"), src }));
      const asked = (url) =>
        fetch(url, { mode: "no-cors" }).then(
          () => "loaded",
          () => "refused",
        );
      return [
        await asked("https://api.segment.io/v1/t"),
        await asked(own),
        await image("https://elsewhere.test/pixel.gif"),
        navigator.sendBeacon("https://elsewhere.test/"),
      ];
    }, home);
    assert.deepEqual(refused.slice(0, 3), ["refused", "refused", "refused"]);
    assert.ok(errors.length >= 3 && errors.every((error) => /Content Security Policy/.test(error)), String(errors));
    errors.length = 0;
    // What the policy stops is not sent; the browser only tells of having been asked.
    const strange = requests.filter((request) => !request.startsWith(`GET ${home}`));
    requests.splice(0, requests.length, ...requests.filter((request) => !strange.includes(request)));
  },
);

playgroundTest(
  "the page has no avatar, picture or link of a visitor's that asks for anything",
  {},
  async ({ type, send, page, requests }) => {
    await page.click("#example-identify");
    await type(
      "Event",
      '{ "type": "identify", "userId": "u", "traits": { "name": "<img src=https://elsewhere.test/x>", "avatar": "https://elsewhere.test/a.png" } }',
    );
    await send();
    await page.getByRole("button", { name: "Open the Messenger" }).click();
    assert.match(await page.getByRole("dialog", { name: "Messenger stand-in" }).innerText(), /<img src=/);
    assert.ok(requests.every((request) => !request.includes("elsewhere")));
  },
);

playgroundTest("motion stops where it is not wanted", {}, async ({ page, send }) => {
  await send("track");
  const durations = await page.evaluate(() => document.getAnimations().length);
  assert.equal(durations, 0);
  const moving = await openPlayground({ reducedMotion: "no-preference" });
  await moving.send("track");
  assert.ok((await moving.page.evaluate(() => document.getAnimations().length)) > 0);
  await moving.close();
});
