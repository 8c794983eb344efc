// The pages of docs/consent.md, as somebody would use them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DROP_IN } from "../network.mjs";
import { heard, words } from "../reliability/sessions.mjs";
import { siteTest } from "../site.mjs";
import { untouched } from "./page.mjs";

const text = readFileSync(new URL("../../../docs/consent.md", import.meta.url), "utf8");
const examples = [...text.matchAll(/^```html\n([^]*?)^```/gm)].map(([, example]) =>
  example.replace("https://your.cdn/intercom-destination.umd.js", DROP_IN),
);

/** What the page does before the visitor agrees, how they agree, and what Intercom then hears. */
const STORIES = [
  {
    title: "segment",
    before: () => intercom.load({}, {}).then(() => void intercom.track({ event: { type: "track", event: "A", context: {} } })),
    agree: () =>
      void intercom.track({ event: { type: "track", event: "B", context: { consent: { categoryPreferences: { Functional: true } } } } }),
    calls: ["boot", "A", "B"],
  },
  {
    title: "google",
    before: () => visitor.track("A"),
    agree: async () => {
      gtag("consent", "update", { functionality_storage: "granted" });
      visitor.track("B");
    },
    calls: ["boot", "B"],
  },
  {
    title: "a function",
    before: () => visitor.track("A"),
    agree: () => {
      dispatchEvent(new CustomEvent("consent", { detail: { functional: true } }));
      visitor.track("B");
    },
    calls: ["boot", "A", "B"],
  },
];

STORIES.forEach(({ title, before, agree, calls }, i) => {
  const html = `<!doctype html><html lang="en"><head><title>Shop</title>${examples[i]}</head><body></body></html>`;
  siteTest(`the example of ${title}`, { way: "none", html }, async (site) => {
    await site.run(before);
    await untouched(site);
    await site.run(agree);
    assert.deepEqual(words(await heard(site, calls.length)), calls);
    assert.equal(examples.length, STORIES.length);
  });
});

siteTest("the cookies are deleted as it says", { way: "none" }, async (site) => {
  const [, example] = text.match(/^```js\n([^]*?)^```/m);
  const left = await site.run((example) => {
    // biome-ignore lint/suspicious/noDocumentCookie: Firefox has no other way yet.
    for (const name of ["id", "session", "device-id"]) document.cookie = `intercom-${name}-abc123=1; path=/; domain=.shop.test`;
    const before = document.cookie;
    new Function(example.replace("example.com", "shop.test"))();
    return [before.match(/intercom/g).length, document.cookie];
  }, example);
  assert.deepEqual(left, [3, ""]);
});
