//! What one action asks of Intercom for one event, checked and converted: the input of a delivery.
//!
//! Everything here is plain data of this crate's own: no value of the event is kept.

use super::outcome::Warning;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Serialize;

/// Fields in the order in which they are sent.
pub type Fields = serde_json::Map<String, serde_json::Value>;

/// One event on its way to Intercom, with what its subscriptions ask for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// The event's `messageId`: a replay is recognised by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The event's own `timestamp`, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<i64>,
    /// One per subscription that matched, in the order of the subscriptions. None: no subscription matched.
    pub intents: Vec<Intent>,
    /// What was left out or changed on the way from event to intents.
    pub warnings: Vec<Warning>,
}

/// What one action asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Intent {
    /// `identifyContact`: create or update a contact.
    IdentifyContact(IdentifyContact),
    /// `groupIdentifyCompany`: create or update a company and attach its contact.
    IdentifyCompany(IdentifyCompany),
    /// `trackEvent`: submit an event of a contact.
    TrackEvent(TrackEvent),
    /// `type: "delete"`: delete the contact for good.
    Delete(Person),
}

/// How a contact is named. At least one part is there, or the intent is not made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Person {
    /// The site's own id of a user. Never set for a lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Trimmed, otherwise as given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Intercom's own id of the contact, where a mapping gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_id: Option<String>,
}

/// The role of a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A person with an account.
    User,
    /// A person without one.
    Lead,
}

/// Create or update a contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IdentifyContact {
    /// User or lead.
    pub role: Role,
    /// Whom.
    pub person: Person,
    /// Body fields besides role, external_id and email: phone, name, avatar, signed_up_at and last_seen_at (seconds), owner_id,
    /// unsubscribed_from_emails, custom_attributes (an object of text, numbers, booleans and null).
    pub fields: Fields,
}

/// Create or update a company, then attach the person to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IdentifyCompany {
    /// Whom to attach; `None` when the event names nobody.
    pub person: Option<Person>,
    /// The site's own id of the company.
    pub company_id: String,
    /// Body fields besides company_id: name, plan, size, website, industry, monthly_spend, remote_created_at (seconds),
    /// custom_attributes.
    pub fields: Fields,
}

/// Submit an event of a contact.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrackEvent {
    /// Whose.
    pub person: Person,
    /// `event_name`.
    pub name: String,
    /// `created_at`, seconds since 1970.
    pub created_at: i64,
    /// At most ten keys, `price` first.
    pub metadata: Fields,
}
