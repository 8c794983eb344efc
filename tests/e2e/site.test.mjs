// The tests' own ground: a page's faults and requests must not go unseen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openSite } from "./site.mjs";

async function endOf(work) {
  const site = await openSite({ way: "none" });
  await site.run(work);
  const error = await site.close().then(
    () => assert.fail("nothing was noticed"),
    (error) => error,
  );
  return JSON.stringify(error.actual);
}

test("an uncaught error on the page fails the test", async () => {
  assert.match(
    await endOf(() => new Promise((done) => setTimeout(() => (setTimeout(done, 20), nothingOfThisName())))),
    /nothingOfThisName/,
  );
});

test("an unhandled rejection on the page fails the test", async () => {
  assert.match(await endOf(() => (Promise.reject(new Error("nobody waits")), new Promise((done) => setTimeout(done, 20)))), /nobody waits/);
});

test("a request without an answer fails the test", async () => {
  assert.match(await endOf(() => fetch("https://elsewhere.test/a").catch(() => {})), /GET https:\/\/elsewhere\.test\/a/);
});

test("the widget's double keeps values as they were", async () => {
  const site = await openSite({ way: "none" });
  await site.run(async (url) => {
    window.Intercom = Object.assign((...args) => window.Intercom.q.push(args), { q: [] });
    const changed = { list: [1] };
    window.Intercom("queued", undefined);
    const script = document.createElement("script");
    script.src = url;
    await new Promise((done) => ((script.onload = done), document.head.append(script)));
    window.Intercom("heard", { a: undefined, b: NaN, c: -0, d: new Date(5), e: 5n, f: null, g: () => {}, h: Symbol("s"), changed });
    changed.list.push(2);
  }, "https://widget.intercom.io/widget/abc123");
  assert.deepEqual(await site.calls(), [
    ["queued", undefined],
    ["heard", { a: undefined, b: NaN, c: -0, d: new Date(5), e: 5n, f: null, g: "[function]", h: "[Symbol(s)]", changed: { list: [1] } }],
  ]);
  await site.close();
});
