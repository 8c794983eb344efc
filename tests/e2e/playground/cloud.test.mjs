// Cloud mode on the page: the switch, requests with the stand-in's answers, what the workspace holds, what goes wrong, link and code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { root } from "../../../scripts/command.mjs";
import { everyLook } from "./looks.mjs";
import { openPlayground, playgroundTest } from "./page.mjs";

const said = (url) => JSON.parse(inflateRawSync(Buffer.from(new URL(url).hash.split(".")[1], "base64url")).toString());

const toCloud = async ({ page }) => {
  await page.getByRole("radio", { name: "Cloud" }).check();
  await page.waitForFunction(() => document.body.dataset.mode === "cloud");
  await page.locator("#happened > li[data-kind='start']").filter({ hasText: "Cloud mode starts" }).waitFor();
};

const choose = async ({ page, settled }, fault) => {
  await page.selectOption("#fault", { label: fault });
  await settled();
};

/** Method and path of each request of an entry, with the status of its answer. */
const exchanges = (entry) =>
  entry
    .locator(".exchange")
    .evaluateAll((all) =>
      all.map(
        (one) =>
          `${one.querySelector(".method").textContent} ${one.querySelector(".path").textContent} ${one.querySelector(".code-of").textContent}`,
      ),
    );
const waits = (entry) => entry.locator(".waited").allInnerTexts();
const outcome = (entry) => entry.locator(":scope > .outcome").innerText();
const codes = (entry) => entry.locator("code").allInnerTexts();
const contacts = (page) => page.locator("#workspace section").filter({ hasText: "Contacts" }).locator("li");

playgroundTest("the switch loads Cloud mode, and a visitor of web mode none of it", {}, async (playground) => {
  const { page, requests } = playground;
  // A sentence of the stand-in's: it is in the same file as Cloud mode's engine.
  const holders = () =>
    requests
      .filter((request) => request.endsWith(".js"))
      .map((request) => readFileSync(join(root, "pkg", "www", request.split("/").at(-1)), "utf8"))
      .filter((script) => script.includes("Exceeded rate limit of"));
  assert.deepEqual(holders(), []);
  await toCloud(playground);
  assert.equal(holders().length, 1);
  assert.ok(await page.locator("#workspace").isVisible());
  assert.ok(await page.locator("#messenger").isHidden());
  assert.deepEqual(await page.locator(".subscription-name").allInnerTexts(), ["Identify Contact", "Identify Company", "Track Event"]);
  await page.getByRole("radio", { name: "Web" }).check();
  assert.deepEqual(await page.locator(".subscription-name").allInnerTexts(), ["Track Event", "Identify User", "Identify Company"]);
  await playground.send("track");
  assert.match(await playground.call(), /^Intercom\("trackEvent", "Order Completed"/);
});

playgroundTest(
  "switching while Cloud mode is loaded opens it once, and an event goes to the mode that is chosen",
  {},
  async (playground) => {
    const { page, last } = playground;
    await page.evaluate(() => {
      for (const value of ["cloud", "web", "cloud"]) document.querySelector(`#mode [value=${value}]`).click();
      document.querySelector("#example-identify").click();
      document.querySelector("#send-button").click();
    });
    await last.locator(".exchange").first().waitFor();
    assert.deepEqual(await exchanges(last), ["POST /contacts/search 200", "POST /contacts 200"]);
    assert.equal(await page.locator("#happened > li[data-kind='start']").filter({ hasText: "Cloud mode starts" }).count(), 1);
  },
);

playgroundTest("events become requests, in order, with the answers beside them", {}, async (playground) => {
  const { page, send, last } = playground;
  await toCloud(playground);
  await send("identify");
  assert.deepEqual(await exchanges(last), ["POST /contacts/search 200", "POST /contacts 200"]);
  assert.match(
    await last.locator(".request").nth(1).innerText(),
    /"role": "user",\s+"external_id": "u-1815",\s+"email": "ada@engines\.example"/,
  );
  await last.locator(".answer").nth(1).getByText("Body").click();
  assert.match(await last.locator(".answer").nth(1).innerText(), /"type": "contact"/);
  assert.match(await outcome(last), /^✓ Delivered/);
  assert.equal(await page.locator("#send-status").innerText(), "2 requests: delivered.");
  assert.equal(await page.locator("#happened-live").textContent(), "Event 1, identify: 2 requests: delivered.");
  await send("group");
  assert.deepEqual(await exchanges(last), ["POST /companies 200", "POST /contacts/663000000000000000000001/companies 200"]);
  await send("track");
  assert.deepEqual(await exchanges(last), ["POST /events 202"]);
  assert.match(await last.innerText(), /nested_left_out/);
  await send("page");
  assert.match(await last.innerText(), /No filter matched: nothing is sent\./);

  const workspace = await page.locator("#workspace").innerText();
  for (const part of [
    /Contacts 1/,
    /Ada Lovelace\s+user/,
    /external_id\s+u-1815/,
    /Companies 1\s+Royal Society/,
    /Events 1\s+Order Completed/,
    /19\.99 EUR/,
  ])
    assert.match(workspace, part);
  await send("delete");
  assert.deepEqual(await exchanges(last), ["DELETE /contacts/663000000000000000000001 200"]);
  assert.equal(await contacts(page).count(), 0);
});

playgroundTest("an event before its contact waits, and is delivered after it", {}, async (playground) => {
  const { page, send, last, entries } = playground;
  await toCloud(playground);
  await send("track");
  assert.deepEqual(await exchanges(last), ["POST /events 404", "POST /events 404"]);
  assert.match(await outcome(last), /^↻ Waits \d+ s, then it is handed in again after \d/);
  assert.ok((await codes(last)).includes("contact_missing"));
  await send("identify");
  const count = await entries.count();
  for (let round = 0; round < 3 && (await page.locator("#pass-time").count()); round += 1) {
    const before = await entries.count();
    await page.locator("#pass-time").click();
    await entries.nth(before).waitFor();
  }
  await page.locator("#pass-time").waitFor({ state: "detached" });
  assert.ok((await entries.count()) > count);
  assert.match(await page.locator("#happened").innerText(), /Order Completed again[^]*Delivered/);
  assert.match(await page.locator("#workspace").innerText(), /Events 1/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "happened-scroll");
});

playgroundTest("what goes wrong is seen, with the waits, and nobody waits for real", {}, async (playground) => {
  const { page, send, last, subscription } = playground;
  await toCloud(playground);
  const sent = async (fault, example) => {
    await choose(playground, fault);
    await send(example);
    return exchanges(last);
  };
  const found = ["POST /contacts 409", "GET /contacts/663000000000000000000001 200", "PUT /contacts/663000000000000000000001 200"];
  assert.deepEqual(await sent("Search lags behind", "identify"), ["POST /contacts/search 200", ...found]);
  assert.match(await outcome(last), /Delivered/);
  assert.equal(await contacts(page).count(), 1);

  await sent("The contact is archived", "identify");
  assert.match(await outcome(last), /^✕ Dropped/);
  assert.ok((await codes(last)).includes("contact_archived"));
  assert.match(await contacts(page).innerText(), /archived/);
  await page.getByRole("switch", { name: /Bring archived contacts back/ }).click();
  await playground.settled();
  await page.getByRole("button", { name: "Start anew" }).click();
  await send("identify");
  assert.match((await exchanges(last)).join(), /unarchive 200/);
  assert.match(await outcome(last), /Delivered/);

  const began = Date.now();
  assert.deepEqual(await sent("The rate limit is reached", "identify"), [
    "POST /contacts/search 429",
    "POST /contacts/search 200",
    "POST /contacts 200",
  ]);
  assert.match((await waits(last)).join(), /^Waited [\d.]+ s, until the limit’s next window$/);
  assert.match(await outcome(last), /Delivered after \d/);

  const lost = await sent("An answer is lost after the write", "identify");
  assert.deepEqual(lost, ["POST /contacts/search 200", "POST /contacts No answer", ...found]);
  assert.match(await last.locator(".answer").nth(1).innerText(), /Intercom has written it all the same/);
  assert.match((await waits(last)).join(), /as no answer came/);
  assert.equal(await contacts(page).count(), 1);

  await sent("Intercom is down", "identify");
  assert.ok((await exchanges(last)).every((exchange) => exchange.endsWith(" 503")));
  assert.match(await outcome(last), /^↻ Waits/);
  await page.locator("#pass-time").click();
  await last.locator(".again").waitFor();
  assert.match(await outcome(last), /Delivered/);
  assert.ok(Date.now() - began < 30_000, "it waited for real");

  await choose(playground, "An attribute is unknown");
  await page.locator("#add-for-fault").click();
  await playground.settled();
  assert.ok(await (await subscription("Plan of the person")).isVisible());
  await send("identify");
  assert.match((await exchanges(last)).join(), /POST \/contacts 400/);
  assert.match(await last.innerText(), /attribute_unknown/);
  assert.match(await outcome(last), /Delivered/);
});

playgroundTest("settings, filters and mappings of Cloud mode are checked as they are typed", {}, async (playground) => {
  const { page, subscription, type, send, last } = playground;
  await toCloud(playground);
  const card = await subscription("Identify Contact");
  await type("Mapping", '{ "external_id": { "@pathh": "$.userId" }, "colour": 1 }', card);
  assert.match(await card.innerText(), /Fault\s+Column 20\s+expected a known directive, found @pathh/);
  assert.match(await card.innerText(), /Warning\s+Column \d+\s+the action has no such field, so it is ignored/);
  await page.fill("#setting-apiVersion", "1.0");
  await playground.settled();
  assert.match(await page.locator("#settings").innerText(), /expected a version of the REST API from 2\.13 on/);
  await send("identify");
  assert.match(await last.innerText(), /Cloud mode does not run: nothing is sent\./);
  assert.equal(await page.locator("#send-status").innerText(), "Not sent: Cloud mode does not run.");
});

playgroundTest("a mapping with Liquid is rendered in Cloud mode", {}, async (playground) => {
  const { subscription, type, send, last } = playground;
  await toCloud(playground);
  await type("Mapping", '{ "external_id": { "@liquid": "{{ userId | upcase }}" } }', await subscription("Identify Contact"));
  await send("identify");
  assert.match(await last.locator(".request").last().innerText(), /"external_id": "U-1815"/);
});

playgroundTest("a link reproduces Cloud mode beside what web mode has", {}, async (first) => {
  const { page, subscription, type, settled } = first;
  await page.fill("#setting-appId", "shop1");
  await toCloud(first);
  await choose(first, "An answer is lost after the write");
  await page.selectOption("#setting-region", { label: "Europe" });
  await type("Filter", 'type = "group" and groupId = "c-2"', await subscription("Identify Company"));
  await page.click("#example-lead");
  await page.selectOption("#loader", { label: "Command line, recorded events" });
  await settled();
  const { mode, settings, cloud, example } = said(page.url());
  assert.deepEqual([mode, settings.appId, example], ["cloud", "shop1", "lead"]);
  assert.deepEqual([cloud.settings, cloud.fault, cloud.code, cloud.subscriptions.length], [{ region: "eu" }, "lost", "deliver", 3]);

  const second = await openPlayground({ fragment: new URL(page.url()).hash });
  await second.page.waitForFunction(() => document.body.dataset.mode === "cloud");
  await second.settled();
  assert.equal(second.page.url(), page.url());
  assert.equal(await second.page.inputValue("#setting-region"), "eu");
  assert.equal(await second.page.inputValue("#fault"), "lost");
  assert.equal(await second.page.locator("#code").innerText(), await page.locator("#code").innerText());
  assert.equal(await second.page.getByRole("tab", { selected: true }).innerText(), "Lead");
  await second.page.getByRole("radio", { name: "Web" }).check();
  assert.equal(await second.page.inputValue("#setting-appId"), "shop1");
  assert.equal(await second.page.inputValue("#loader"), "segment-npm");
  await second.close();
});

playgroundTest("the code has the settings of Cloud mode, without a token", {}, async (playground) => {
  const { page, settled } = playground;
  await toCloud(playground);
  await page.selectOption("#setting-region", { label: "Australia" });
  await page.getByRole("switch", { name: /Merge leads/ }).click();
  await settled();
  const shown = () => page.locator("#code").innerText();
  assert.match(
    await shown(),
    /^import \{ createCloud \} from 'intercom-destination\/cloud'\n[^]*region: 'au',\n {2}mergeLeads: false\n[^]*createCloud\(\{ \.\.\.settings, accessToken \}\)/,
  );
  await page.selectOption("#loader", { label: "Command line, recorded events" });
  assert.match(await shown(), /npx intercom-destination deliver events\.ndjson --settings cloud\.json/);
  await page.selectOption("#loader", { label: "The settings as JSON" });
  assert.deepEqual(JSON.parse(await shown()), { region: "au", mergeLeads: false });
});

playgroundTest("the switch and the workspace are reached with the keyboard", {}, async (playground) => {
  const { page } = playground;
  await page.locator("#mode input:checked").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.body.dataset.mode === "cloud");
  assert.equal(await page.evaluate(() => document.activeElement.value), "cloud");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.notEqual(outline, "none");
  const reached = new Set();
  for (let count = 0; count < 30; count += 1) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => document.activeElement.id));
  }
  for (const id of ["send-button", "happened-scroll", "fault", "empty-workspace", "setting-region"]) {
    assert.ok(reached.has(id), `${id} is not reached: ${[...reached].join(" ")}`);
  }
});

everyLook("axe finds nothing in Cloud mode and nothing is too wide", async (playground, look) => {
  const { page, send } = playground;
  await toCloud(playground);
  await look("as it comes");
  for (const example of ["identify", "group", "track", "page", "lead"]) await send(example);
  await choose(playground, "An answer is lost after the write");
  for (const example of ["track", "lead", "identify"]) await send(example);
  await choose(playground, "The contact is archived");
  await send("identify");
  for (const summary of await page.locator("#happened summary").all()) await summary.click();
  await look("after several events");
  await page.fill("#setting-apiVersion", "1.0");
  await choose(playground, "An attribute is unknown");
  await look("with a fault");
});
