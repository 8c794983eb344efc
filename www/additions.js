// What can be added to the subscriptions: the presets, and some that sites ask for.

const path = (text) => ({ "@path": text });

export const ADDITIONS = (presets) => [
  ...presets.map((preset) => ({ label: `Preset: ${preset.name}`, subscription: preset })),
  {
    label: "Only completed orders",
    subscription: {
      name: "Completed orders",
      partnerAction: "trackEvent",
      subscribe: 'type = "track" and event = "Order Completed"',
      mapping: {
        event_name: "Purchase",
        revenue: path("$.properties.revenue"),
        currency: path("$.properties.currency"),
        event_metadata: { order: path("$.properties.order_id"), coupon: path("$.properties.coupon") },
      },
    },
  },
  {
    label: "Page views as events",
    subscription: {
      name: "Page views",
      partnerAction: "trackEvent",
      subscribe: 'type = "page" and name != null',
      mapping: { event_name: { "@template": "Viewed {{$.name}}" }, event_metadata: { path: path("$.properties.path") } },
    },
  },
  {
    label: "Plan as a trait of its own",
    subscription: {
      name: "Plan of the person",
      partnerAction: "identifyUser",
      subscribe: 'type = "identify" and traits.plan != null',
      mapping: { user_id: path("$.userId"), custom_traits: { plan: path("$.traits.plan") } },
    },
  },
  {
    label: "Empty",
    subscription: {
      name: "New subscription",
      partnerAction: "trackEvent",
      subscribe: 'type = "track"',
      mapping: { event_name: path("$.event") },
    },
  },
];
