// Web mode's own words: its actions, their fields, and what can be added to the subscriptions beside the presets.

export const ACTIONS = {
  trackEvent: "Track an event",
  identifyUser: "Update the person",
  identifyCompany: "Update the company",
  showMessenger: "Open the Messenger",
  hideMessenger: "Close the Messenger",
  showNewMessage: "Begin a message",
  showArticle: "Show an article",
  showNews: "Show news",
  showTicket: "Show a ticket",
  showConversation: "Show a conversation",
  startTour: "Start a tour",
  startSurvey: "Start a survey",
  startChecklist: "Start a checklist",
};

const COMPANY = ["company_id", "name", "created_at", "plan", "size", "website", "industry", "monthly_spend", "company_custom_traits"];

const FIELDS = {
  trackEvent: ["event_name", "revenue", "currency", "event_metadata"],
  identifyUser: [
    "user_id",
    "name",
    "email",
    "phone",
    "avatar_image_url",
    "created_at",
    "user_hash",
    "intercom_user_jwt",
    "language_override",
    "unsubscribed_from_emails",
    "hide_default_launcher",
    "company",
    "companies",
    "custom_traits",
  ],
  identifyCompany: ["company", "hide_default_launcher"],
  showMessenger: ["space"],
  showNewMessage: ["content"],
};

/** The keys of a mapping of `action` within `holder`, the keys around the place. */
export function fieldsOf(action, holder) {
  if (holder.length === 0) return FIELDS[action] ?? (/^(show|start)/.test(action) ? ["id"] : []);
  return /^compan(y|ies)$/.test(holder[0]) ? COMPANY : [];
}

const path = (text) => ({ "@path": text });

export const ADDITIONS = [
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
    label: "Tour when someone signs up",
    subscription: {
      name: "Tour",
      partnerAction: "startTour",
      subscribe: 'type = "track" and event = "Signed Up"',
      mapping: { id: 123456 },
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
