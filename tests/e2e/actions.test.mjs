// What reaches Intercom for each kind of event, to the letter, through the real loader.
import assert from "node:assert/strict";
import { eachWay } from "./site.mjs";

const boot = ["boot", { app_id: "abc123", api_base: "https://api-iam.intercom.io", installation_type: "s" }];
const settings = { appId: "abc123", richLinkProperties: ["article"] };

eachWay("an order becomes a flat event with its price in cents", { settings }, async (site) => {
  await site.run(async () => {
    await analytics.track("Order Completed", {
      order_id: "o-1",
      revenue: 19.99,
      currency: "EUR",
      coupon: null,
      is_gift: false,
      article: { url: "https://shop.test/a?b=1", value: "The article" },
      products: [{ sku: "p-1" }],
      shipping: { city: "Berlin" },
    });
  });
  assert.deepEqual(await site.calls(), [
    boot,
    [
      "trackEvent",
      "Order Completed",
      {
        order_id: "o-1",
        coupon: null,
        is_gift: false,
        article: { url: "https://shop.test/a?b=1", value: "The article" },
        price: { amount: 1999, currency: "EUR" },
      },
    ],
  ]);
  assert.deepEqual(site.warnings(), []);
});

eachWay("an event without revenue has no price, one without a currency is in dollars", { settings }, async (site) => {
  await site.run(async () => {
    await analytics.track("Seen", { currency: "EUR" });
    await analytics.track("Paid", { revenue: "0.29" });
    await analytics.track("Free", { revenue: 0 });
    await analytics.track("Bare");
  });
  assert.deepEqual(await site.calls(), [
    boot,
    ["trackEvent", "Seen", { currency: "EUR" }],
    ["trackEvent", "Paid", { price: { amount: 29, currency: "USD" } }],
    ["trackEvent", "Free", { revenue: 0 }],
    ["trackEvent", "Bare", {}],
  ]);
});

eachWay(
  "an identify carries every field of the person and of the companies",
  { settings: { ...settings, activator: "#help" } },
  async (site) => {
    await site.run(async () => {
      const company = (id, createdAt) => ({
        id,
        name: `Company ${id}`,
        ...createdAt,
        plan: "pro",
        size: 12,
        website: "https://company.test",
        industry: "Retail",
        monthly_spend: 99,
        notMapped: "x",
      });
      await analytics.identify(
        "u-1",
        {
          name: "Ada",
          phone: "+44 1",
          email: "ada@shop.test",
          createdAt: "2024-01-02T03:04:05.678Z",
          avatar: "https://shop.test/ada.png",
          company: company("c-1", { created_at: 1700000000123 }),
          companies: [company("c-2", { createdAt: new Date(Date.UTC(2020, 0, 2)) }), company("c-3", { created_at: 1500000000 })],
          favouriteColour: "blue",
        },
        {
          integrations: { Intercom: { user_hash: "hash-of-ada", intercom_user_jwt: "header.payload.signature" } },
          context: { Intercom: { hideDefaultLauncher: true } },
        },
      );
    });
    const company = (company_id, created_at) => ({
      company_id,
      name: `Company ${company_id}`,
      created_at,
      plan: "pro",
      size: 12,
      website: "https://company.test",
      industry: "Retail",
      monthly_spend: 99,
    });
    assert.deepEqual(await site.calls(), [
      ["boot", { ...boot[1], custom_launcher_selector: "#help" }],
      [
        "update",
        {
          user_id: "u-1",
          name: "Ada",
          phone: "+44 1",
          email: "ada@shop.test",
          created_at: 1704164645,
          user_hash: "hash-of-ada",
          intercom_user_jwt: "header.payload.signature",
          company: company("c-1", 1700000000),
          companies: [company("c-2", 1577923200), company("c-3", 1500000000)],
          hide_default_launcher: true,
          widget: { activator: "#help" },
          avatar: { type: "avatar", image_url: "https://shop.test/ada.png" },
        },
      ],
    ]);
    assert.equal(
      site.console.some(({ text }) => /hash-of-ada|signature/.test(text)),
      false,
    );
  },
);

eachWay("the other spellings of an identify are read too", { settings }, async (site) => {
  await site.run(async () => {
    await analytics.identify(
      "u-1",
      { created_at: "2024-01-02 03:04:05", company: {}, companies: [] },
      {
        integrations: { Intercom: { userHash: "hash", intercomUserJwt: "jwt" } },
        context: { Intercom: { hide_default_launcher: false } },
      },
    );
  });
  assert.deepEqual(await site.calls(), [
    boot,
    [
      "update",
      { user_id: "u-1", created_at: 1704164645, user_hash: "hash", intercom_user_jwt: "jwt", companies: [], hide_default_launcher: false },
    ],
  ]);
});

// What an email, a spreadsheet or a person writes, as far from the visitor's own zone as it gets.
const sameDate = ["2024-01-02T03:04:05", "2024-01-02 03:04:05", "2024/01/02 03:04:05", "2 Jan 2024 03:04:05", "January 2, 2024 03:04:05"];

for (const timezoneId of ["America/New_York", "Pacific/Kiritimati"]) {
  const options = { settings: { appId: "abc123", updateGuard: false }, page: { timezoneId } };
  eachWay(`a date without a zone does not depend on the visitor's: ${timezoneId}`, options, async (site) => {
    await site.run(async (dates) => {
      for (const createdAt of dates) await analytics.identify("u-1", { createdAt });
    }, sameDate);
    const update = ["update", { user_id: "u-1", created_at: 1704164645 }];
    assert.deepEqual(
      (await site.calls()).slice(1),
      sameDate.map(() => update),
    );
  });
}

eachWay("a date that is none is left out and warned about once", { settings: { appId: "abc123", updateGuard: false } }, async (site) => {
  await site.run(async () => {
    await analytics.identify("u-1", { createdAt: "not a date" });
    await analytics.identify("u-1", { createdAt: "not a date" });
  });
  assert.deepEqual((await site.calls()).slice(1), [
    ["update", { user_id: "u-1" }],
    ["update", { user_id: "u-1" }],
  ]);
  assert.equal(site.warnings().length, 1);
  assert.match(site.warnings()[0], /created_at.*\(date_unreadable\)$/);
});

eachWay("a page view updates the visitor, known or not", { settings }, async (site) => {
  await site.run(async () => {
    await analytics.page("Docs", "Pricing", { price: 1 });
    await analytics.identify("u-1", { name: "Ada" });
    await analytics.page();
  });
  assert.deepEqual(await site.calls(), [boot, ["update", {}], ["update", { user_id: "u-1", name: "Ada" }], ["update", { user_id: "u-1" }]]);
});

eachWay("a group updates the visitor's company", { settings }, async (site) => {
  await site.run(async () => {
    await analytics.group(
      "c-1",
      {
        name: "Initech",
        createdAt: "2020-01-02",
        plan: "pro",
        size: 12,
        website: "https://initech.test",
        industry: "Software",
        monthly_spend: 99,
        address: { city: "Austin" },
      },
      { context: { Intercom: { hideDefaultLauncher: false } } },
    );
  });
  assert.deepEqual(await site.calls(), [
    boot,
    [
      "update",
      {
        company: {
          company_id: "c-1",
          name: "Initech",
          created_at: 1577923200,
          plan: "pro",
          size: 12,
          website: "https://initech.test",
          industry: "Software",
          monthly_spend: 99,
        },
        hide_default_launcher: false,
      },
    ],
  ]);
});

eachWay("an alias and a screen say nothing to Intercom", { settings }, async (site) => {
  await site.run(async () => {
    await analytics.alias("u-2");
    await analytics.screen("Home");
    await analytics.track("Last");
  });
  assert.deepEqual(await site.calls(), [boot, ["trackEvent", "Last", {}]]);
});
