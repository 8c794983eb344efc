// The same visitor at every site, and what Intercom should hear of them.

/** Runs on the page right after the loader was called. */
export const early = () => {
  site.loader().page();
  site.loader().track("Seen", { a: 1 });
};

/**
 * Runs on the page once the loader has loaded. Every call is given two seconds to settle; it answers with those that did not. `pause` in
 * milliseconds comes after the reset.
 */
export const later = async (pause) => {
  const late = [];
  const call = async (method, ...args) => {
    const settled = Promise.resolve(site.loader()[method](...args)).then(() => true);
    if (!(await Promise.race([settled, new Promise((done) => setTimeout(done, 2000))]))) late.push(method);
  };
  await Promise.race([site.ready(), new Promise((done) => setTimeout(done, 3000))]);
  await call("identify", "u-1", { name: "Ada", email: "ada@shop.test", createdAt: "2024-01-02T03:04:05.000Z" });
  await call("group", "g-1", { name: "Acme" });
  await call("track", "Order Completed", { revenue: 19.99, currency: "EUR", orderId: "o-1", at: "2024-02-03T04:05:06.000Z" });
  await call("alias", "u-1b", "u-1");
  await call("reset");
  await new Promise((done) => setTimeout(done, pause));
  await call("page", "Goodbye");
  await call("identify", "u-2", { name: "Grace" });
  await call("track", "Seen", { a: 2 });
  return late;
};

const boot = ["boot", { app_id: "abc123", api_base: "https://api-iam.intercom.io", installation_type: "s" }];
const ada = { user_id: "u-1", name: "Ada", email: "ada@shop.test", created_at: 1704164645 };

/** Nothing but an app id: the presets apply. */
export const presets = {
  settings: { appId: "abc123" },
  calls: [
    boot,
    ["update", {}],
    ["trackEvent", "Seen", { a: 1 }],
    ["update", ada],
    ["update", { company: { company_id: "g-1", name: "Acme" } }],
    ["trackEvent", "Order Completed", { orderId: "o-1", at: "2024-02-03T04:05:06.000Z", price: { amount: 1999, currency: "EUR" } }],
    ["shutdown"],
    boot,
    ["update", {}],
    ["update", { user_id: "u-2", name: "Grace" }],
    ["trackEvent", "Seen", { a: 2 }],
  ],
};

const path = (from) => ({ "@path": from });
const about = (type, metadata) => ({
  partnerAction: "trackEvent",
  enabled: true,
  subscribe: `type = "${type}"`,
  mapping: { event_name: path("$.type"), event_metadata: metadata },
});

/** Subscriptions that tell what is in each event, wherever the loader keeps it. */
export const shape = {
  settings: {
    appId: "abc123",
    subscriptions: [
      about("page", { user: path("$.userId"), path: path("$.context.page.path") }),
      about("track", { name: path("$.event"), a: path("$.properties.a"), path: path("$.context.page.path") }),
      about("identify", { user: path("$.userId"), name: path("$.traits.name") }),
      about("group", { user: path("$.userId"), group: path("$.groupId"), name: path("$.traits.name") }),
      about("alias", { user: path("$.userId"), previous: path("$.previousId") }),
    ],
  },
  calls: [
    boot,
    ["trackEvent", "page", { path: "/" }],
    ["trackEvent", "track", { name: "Seen", a: 1, path: "/" }],
    ["trackEvent", "identify", { user: "u-1", name: "Ada" }],
    ["trackEvent", "group", { user: "u-1", group: "g-1", name: "Acme" }],
    ["trackEvent", "track", { name: "Order Completed", path: "/" }],
    ["trackEvent", "alias", { user: "u-1b", previous: "u-1" }],
    ["shutdown"],
    boot,
    ["trackEvent", "page", { path: "/" }],
    ["trackEvent", "identify", { user: "u-2", name: "Grace" }],
    ["trackEvent", "track", { name: "Seen", a: 2, path: "/" }],
  ],
};
