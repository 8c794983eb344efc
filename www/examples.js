// What a shop would send on an ordinary day. Every example exercises something that is easy to get wrong.

const USER = "u-1815";
const avatar = new URL("./avatar.svg", import.meta.url).href;

/** `inCloud` takes the place of `about` in Cloud mode; `only` names the mode of one that the other has no use for. The one without an event is the loader's `reset()`. */
export const EXAMPLES = [
  {
    id: "track",
    label: "Order",
    about:
      "A customer pays. The revenue becomes a price in whole cents, the receipt stays a rich link, and the nested list of products is left out.",
    event: {
      type: "track",
      event: "Order Completed",
      properties: {
        order_id: "1042",
        revenue: 19.99,
        currency: "EUR",
        coupon: "SPRING",
        receipt: { url: "https://shop.example/orders/1042", value: "Order 1042" },
        products: [{ sku: "tea-01", name: "Green tea", quantity: 2 }],
      },
    },
  },
  {
    id: "identify",
    label: "Sign-up",
    about: "A visitor becomes a known person. Dates turn into seconds, the avatar and the companies take Intercom’s shape.",
    inCloud: "A visitor becomes a known person. The contact is looked for before it is made, and a lead with the same address is taken in.",
    event: {
      type: "identify",
      userId: USER,
      traits: {
        name: "Ada Lovelace",
        email: "ada@engines.example",
        phone: "+44 20 7946 0018",
        createdAt: "2024-03-05T09:30:00Z",
        avatar,
        company: {
          id: "c-1",
          name: "Analytical Engines",
          createdAt: "2021-12-10T00:00:00Z",
          plan: "Growth",
          size: 42,
          website: "https://engines.example",
          industry: "Computing",
          monthly_spend: 490,
        },
        companies: [
          { id: "c-1", name: "Analytical Engines" },
          { id: "c-2", name: "Royal Society", plan: "Free" },
        ],
      },
      integrations: { Intercom: { user_hash: "made-up-hash" } },
    },
  },
  {
    id: "page",
    label: "Page view",
    about: "Someone looks at a page. Intercom learns who is there now; the launcher can be shown or hidden on the way.",
    inCloud: "Someone looks at a page. No preset takes page views; “Page views as events”, in the subscriptions, does.",
    event: {
      type: "page",
      category: "Docs",
      name: "Pricing",
      properties: { path: "/pricing", title: "Pricing" },
      context: { Intercom: { hideDefaultLauncher: false } },
    },
  },
  {
    id: "group",
    label: "Company",
    about: "The person belongs to a company. Intercom needs an id and a name before it shows one.",
    inCloud: "The person belongs to a company. It is saved first, then the person is attached to it, who has to be known by then.",
    event: {
      type: "group",
      groupId: "c-2",
      traits: {
        name: "Royal Society",
        createdAt: "2022-11-28T10:00:00Z",
        plan: "Growth",
        size: 1600,
        website: "https://royal.example",
        industry: "Research",
        monthly_spend: 1200,
      },
    },
  },
  {
    id: "reset",
    label: "Log out",
    only: "web",
    about: "The person leaves. Intercom forgets them and starts afresh for the next visitor, so two people never share one conversation.",
  },
  {
    id: "lead",
    label: "Lead",
    only: "cloud",
    about: "Somebody leaves an address without signing up. Intercom keeps a lead, and the sign-up with the same address takes it in.",
    event: { type: "identify", anonymousId: "a-17", traits: { email: "ada@engines.example", name: "Ada" } },
  },
  {
    id: "delete",
    label: "Deletion",
    only: "cloud",
    about: "The person asks to be forgotten. The contact is deleted for good, which needs no subscription.",
    event: { type: "delete", userId: USER },
  },
];

export const examplesOf = (mode) => EXAMPLES.filter(({ only }) => only === undefined || only === mode);

/** The event of an example as text. On a server there is no visitor whose id the loader knows, so the event names the user. */
export function textOf({ event }, mode) {
  if (!event) return "";
  const { type, ...rest } = event;
  const isNamed = mode !== "cloud" || "userId" in event || "anonymousId" in event;
  return JSON.stringify(isNamed ? event : { type, userId: USER, ...rest }, null, 2);
}
