// Cloud mode's own words: its actions, their fields, and what can be added to the subscriptions beside the presets.

export const ACTIONS = {
  identifyContact: "Save the contact",
  groupIdentifyCompany: "Save and attach the company",
  trackEvent: "Record an event",
};

// tests/js/settings.test.mjs compares them with the table in docs/cloud.md.
const FIELDS = {
  identifyContact:
    "role external_id email phone name avatar signed_up_at last_seen_at owner_id unsubscribed_from_emails custom_attributes".split(" "),
  groupIdentifyCompany:
    "company_id external_id email contact_id name remote_created_at monthly_spend plan size website industry custom_attributes".split(" "),
  trackEvent: "event_name created_at user_id email id revenue currency metadata".split(" "),
};

/** The keys of a mapping of `action` within `holder`, the keys around the place. */
export function fieldsOf(action, holder) {
  if (holder.length > 0) return [];
  return FIELDS[action === "groupIdentifyContact" ? "groupIdentifyCompany" : action] ?? [];
}

const path = (text) => ({ "@path": text });

export const ADDITIONS = [
  {
    label: "Plan as a custom attribute",
    subscription: {
      name: "Plan of the person",
      partnerAction: "identifyContact",
      subscribe: 'type = "identify" and traits.company.plan != null',
      mapping: {
        role: "user",
        external_id: path("$.userId"),
        email: path("$.traits.email"),
        custom_attributes: { company_plan: path("$.traits.company.plan") },
      },
    },
  },
  {
    label: "Page views as events",
    subscription: {
      name: "Page views",
      partnerAction: "trackEvent",
      subscribe: 'type = "page" and name != null',
      mapping: {
        event_name: { "@template": "Viewed {{$.name}}" },
        created_at: path("$.timestamp"),
        user_id: path("$.userId"),
        metadata: { path: path("$.properties.path") },
      },
    },
  },
  {
    label: "Empty",
    subscription: {
      name: "New subscription",
      partnerAction: "trackEvent",
      subscribe: 'type = "track"',
      mapping: { event_name: path("$.event"), created_at: path("$.timestamp"), user_id: path("$.userId") },
    },
  },
];
