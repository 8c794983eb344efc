// A contact as the API shows it.
import { addressableList } from "./answers.mjs";
import { ownerIsText } from "./versions.mjs";

export function reference(record, extra) {
  return { type: "contact", id: record.id, external_id: record.external_id, ...extra };
}

// From the Messenger and from phones, which the stand-in does not have.
const location = { type: "location", country: null, region: null, city: null, country_code: null, continent_code: null };
const socialProfiles = { type: "list", data: [] };

// One plain literal: with other objects spread into it, it takes ten times as long.
export function viewContact(record, version) {
  const owner = record.owner_id;
  const at = `/contacts/${record.id}`;
  return {
    type: "contact",
    id: record.id,
    workspace_id: "standin0",
    external_id: record.external_id,
    role: record.role,
    email: record.email,
    email_domain: record.email?.split("@").at(-1) ?? null,
    phone: record.phone,
    name: record.name,
    avatar: record.avatar,
    owner_id: owner !== null && version >= ownerIsText ? String(owner) : owner,
    social_profiles: socialProfiles,
    has_hard_bounced: false,
    marked_email_as_spam: false,
    unsubscribed_from_emails: record.unsubscribed_from_emails,
    created_at: record.created_at,
    updated_at: record.updated_at,
    signed_up_at: record.signed_up_at,
    last_seen_at: record.last_seen_at,
    last_replied_at: null,
    last_contacted_at: null,
    last_email_opened_at: null,
    last_email_clicked_at: null,
    language_override: null,
    browser: null,
    browser_version: null,
    browser_language: null,
    os: null,
    location,
    custom_attributes: record.custom_attributes,
    tags: addressableList(`${at}/tags`, record.tags, "tag"),
    notes: { type: "list", data: [], url: `${at}/notes`, total_count: 0, has_more: false },
    companies: addressableList(`${at}/companies`, record.companies, "company"),
  };
}
