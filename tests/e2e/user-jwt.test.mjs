// The setting `userJwt`: Intercom is told of a user with the token that the site gives, and of what comes after it in order.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { siteTest, until } from "./site.mjs";

const BOOT = ["boot", { app_id: "abc123", api_base: "https://api-iam.intercom.io", installation_type: "s" }];
const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const tokenOf = (claims) => `${base64({ alg: "HS256" })}.${base64(claims)}.${base64("signature")}`;
const token = tokenOf({ user_id: "u-1", email: "ada@shop.test", city: "日本", exp: 4e9 });

/** A site without a loader; `give` is its `userJwt`, on the page. */
const open = async (site, give, settings = {}) => {
  await site.run(
    ([give, token, settings]) => {
      window.faults = [];
      window.asked = [];
      const ask = new Function("userId", "token", `return (${give})(userId, token)`);
      const userJwt = (userId) => (window.asked.push(userId), ask(userId, token));
      window.visitor = intercomDestination.standalone({
        appId: "abc123",
        onError: ({ code, message }) => window.faults.push([code, message]),
        ...settings,
        userJwt,
      });
    },
    [String(give), token, settings],
  );
};
const asked = (site) => site.run(() => window.asked);
const faults = (site) => site.run(() => window.faults);
/** The faults, once there are so many: their sentences are fetched. */
const told = async (site, count) => {
  await until(async () => (await faults(site)).length >= count);
  return faults(site);
};
const files = (site) => site.run(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("jwt")).length);
const heard = async (site, count) => {
  await until(async () => (await site.calls()).length >= count);
  return site.calls();
};

siteTest("a user is told of with a token, and what follows waits for it", { way: "none" }, async (site) => {
  await open(site, (_, token) => new Promise((done) => setTimeout(() => done(token), 300)));
  await site.run(() => window.visitor.track("Anonymous"));
  await heard(site, 2);
  assert.equal(await files(site), 0);
  await site.run(() => {
    window.visitor.identify("u-1", { name: "Ada" });
    window.visitor.track("Seen");
    window.visitor.group("g-1", { name: "Acme" });
    window.visitor.track("Bought");
  });
  assert.deepEqual(await heard(site, 6), [
    BOOT,
    ["trackEvent", "Anonymous", {}],
    ["update", { user_id: "u-1", name: "Ada", intercom_user_jwt: token }],
    ["trackEvent", "Seen", {}],
    ["update", { company: { company_id: "g-1", name: "Acme" } }],
    ["trackEvent", "Bought", {}],
  ]);
  assert.deepEqual([await asked(site), await files(site), await faults(site)], [["u-1"], 1, []]);
});

siteTest("after a logout the next user is asked for, and a token of the one before goes nowhere", { way: "none" }, async (site) => {
  await open(site, (userId, token) => new Promise((done) => setTimeout(() => done(`${token}${userId}`), userId === "u-1" ? 400 : 10)));
  await site.run(() => {
    window.visitor.identify("u-1");
    window.visitor.reset();
    window.visitor.identify("u-2");
    window.visitor.track("Seen");
  });
  const calls = await heard(site, 6);
  assert.deepEqual(
    calls.map(([method, attributes]) => [method, attributes?.user_id, attributes?.intercom_user_jwt?.slice(-3)]),
    [
      ["boot", undefined, undefined],
      ["update", "u-1", "u-1"],
      ["shutdown", undefined, undefined],
      ["boot", undefined, undefined],
      ["update", "u-2", "u-2"],
      ["trackEvent", undefined, undefined],
    ],
  );
});

for (const [what, give] of Object.entries({
  "throws a secret": () => {
    throw new Error("s3cret");
  },
  "promises nothing": () => Promise.resolve(null),
  "gives an object": () => ({ token: "s3cret" }),
})) {
  siteTest(`a function that ${what} is told, and the user is told of without a token`, { way: "none" }, async (site) => {
    await open(site, give);
    await site.run(() => {
      window.visitor.identify("u-1", { name: "Ada" });
      window.visitor.track("Seen");
    });
    assert.deepEqual(await heard(site, 3), [BOOT, ["update", { user_id: "u-1", name: "Ada" }], ["trackEvent", "Seen", {}]]);
    assert.deepEqual(await told(site, 1), [
      ["user_jwt_missing", "userJwt gave no token in time; Intercom is told of the user without a new one"],
    ]);
    assert.ok(!JSON.stringify(site.console).includes("s3cret"));
    site.warnings();
  });
}

siteTest("a token that comes too late is sent then", { way: "none" }, async (site) => {
  await open(site, (_, token) => new Promise((done) => setTimeout(() => done(token), 5_600)));
  await site.run(() => {
    window.visitor.identify("u-1");
    window.visitor.track("Seen");
  });
  assert.deepEqual((await heard(site, 4)).slice(1), [
    ["update", { user_id: "u-1" }],
    ["trackEvent", "Seen", {}],
    ["update", { user_id: "u-1", intercom_user_jwt: token }],
  ]);
  site.warnings();
});

siteTest("what the page says of users within a callback of Intercom's waits for their tokens, too", { way: "none" }, async (site) => {
  await open(site, (userId) => userId);
  await site.calls();
  await site.run(() => {
    window.__onCall = () => {
      window.__onCall = undefined;
      window.visitor.identify("u-1", { name: "Ada" });
      window.visitor.track("Of u-1");
      window.visitor.identify("u-2");
      window.visitor.track("Of u-2");
    };
    window.visitor.track("First");
  });
  assert.deepEqual((await heard(site, 6)).slice(1), [
    ["trackEvent", "First", {}],
    ["update", { user_id: "u-1", name: "Ada", intercom_user_jwt: "u-1" }],
    ["trackEvent", "Of u-1", {}],
    ["update", { user_id: "u-2", intercom_user_jwt: "u-2" }],
    ["trackEvent", "Of u-2", {}],
  ]);
});

siteTest("a user of whom the page takes leave while a token is awaited is not told of", { way: "none" }, async (site) => {
  await open(site, () => new Promise((done) => (window.answer = done)));
  await site.calls();
  await site.run(() => window.visitor.identify("u-1"));
  await until(() => site.run(() => !!window.answer));
  await site.run(() => {
    window.Intercom("shutdown");
    window.Intercom("boot", { app_id: "abc123" });
    window.visitor.track("Seen");
    window.answer("u-1");
  });
  assert.deepEqual((await heard(site, 4)).slice(1), [["shutdown"], ["boot", { app_id: "abc123" }], ["trackEvent", "Seen", {}]]);
});

siteTest(
  "without its file nothing is asked, and events go on",
  { way: "none", routes: [["https://cdn.shop.test/intercom-destination.jwt.js", (route) => route.abort()]] },
  async (site) => {
    await open(site, (_, token) => token);
    await site.run(() => window.visitor.identify("u-1"));
    assert.deepEqual((await heard(site, 2))[1], ["update", { user_id: "u-1" }]);
    assert.deepEqual(
      (await told(site, 2)).map(([code]) => code),
      ["jwt_unavailable", "user_jwt_missing"],
    );
    assert.deepEqual(await asked(site), []);
    site.warnings();
  },
);

siteTest("debug names what a token does not carry, and shows no token", { way: "none" }, async (site) => {
  await open(site, (_, token) => token, { debug: true });
  await site.run(() => window.visitor.identify("u-1", { name: "Ada", email: "ada@shop.test", city: "Bern", plan: "gold" }));
  await heard(site, 2);
  await site.run(() => window.visitor.identify("u-1", { email: "ada@shop.test" }));
  await heard(site, 3);
  const lines = site.console.map(({ text }) => text).filter((text) => text.startsWith("[intercom-destination]"));
  const [first, told, later] = lines.filter((line) => line.includes("identifyUser, identify") || line.includes("userJwt"));
  assert.match(first, /called nothing$/);
  assert.match(told, /^\[intercom-destination\] userJwt: a token came, called update\(.*\); not in the user's token: name$/);
  assert.match(later, /identifyUser, identify: .* called update\([^;]*\)$/);
  assert.ok(!lines.join().includes(token));
});

const [, example] = readFileSync(new URL("../../docs/user-jwt.md", import.meta.url), "utf8").match(/^```js\n([^]*?)^```/m);
const server = ["https://shop.test/intercom-token", (route) => route.fulfill({ contentType: "text/plain", body: token })];

siteTest("the documented example asks its server", { way: "none", routes: [server] }, async (site) => {
  await site.run(async (example) => {
    const plugins = await new Function(`return ${example.trim().replace(/;$/, "")}`)();
    for (const plugin of plugins) await plugin.load({}, {});
    const event = { type: "identify", userId: "u-1", traits: { email: "ada@shop.test" } };
    for (const plugin of plugins) plugin.identify({ event });
  }, example);
  assert.deepEqual((await heard(site, 2))[1], ["update", { user_id: "u-1", email: "ada@shop.test", intercom_user_jwt: token }]);
});

siteTest("a console of the page's that fails keeps no event back", { way: "none" }, async (site) => {
  await open(site, (_, token) => token, { debug: true });
  await site.calls();
  await site.run(() => {
    console.log = () => {
      throw new Error("console");
    };
    window.visitor.identify("u-1");
    window.visitor.track("Seen");
  });
  assert.deepEqual((await heard(site, 3)).slice(1), [
    ["update", { user_id: "u-1", intercom_user_jwt: token }],
    ["trackEvent", "Seen", {}],
  ]);
  assert.deepEqual(await faults(site), []);
});

siteTest("a setting that is no function is refused", { way: "none" }, async (site) => {
  const message = await site.run((userJwt) => intercomDestination({ appId: "abc123", userJwt }).catch(({ message }) => message), token);
  assert.equal(message, "userJwt: expected a function, found a string");
});
