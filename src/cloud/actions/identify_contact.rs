//! `identifyContact`: create or update a contact, a user or a lead.

use super::report::Report;
use super::{drop_empty, take_text};
use crate::cloud::code::{LEAD_EXTERNAL_ID, NOBODY};
use crate::cloud::field::{Field, Type};
use crate::cloud::intent::{Fields, IdentifyContact, Intent, Person, Role};
use crate::cloud::outcome::Warning;
use crate::name::Name;
use crate::subscription::Preset;

/// Every identify call.
pub(super) const PRESET: Preset = Preset {
    name: "Identify Contact",
    subscribe: "type = \"identify\"",
    mapping: include_str!("identify_contact.json"),
};

/// What a mapping may give.
pub(super) const FIELDS: &[Field] = &[
    Field { name: Name::Role, key: "role", takes: Type::Role },
    Field { name: Name::ExternalId, key: "external_id", takes: Type::Id },
    Field { name: Name::Email, key: "email", takes: Type::Email },
    Field { name: Name::Phone, key: "phone", takes: Type::Text },
    Field { name: Name::NameOf, key: "name", takes: Type::Text },
    Field { name: Name::Avatar, key: "avatar", takes: Type::Url },
    Field { name: Name::SignedUpAt, key: "signed_up_at", takes: Type::Date },
    Field { name: Name::LastSeenAt, key: "last_seen_at", takes: Type::Date },
    Field { name: Name::OwnerId, key: "owner_id", takes: Type::NumericId },
    Field { name: Name::UnsubscribedFromEmails, key: "unsubscribed_from_emails", takes: Type::Boolean },
    Field { name: Name::CustomAttributes, key: "custom_attributes", takes: Type::Attributes },
];

/// The contact that these fields describe. Without a role, who has an id is a user and others are leads.
pub(super) fn perform(mut fields: Fields, report: &mut Report) -> Result<Intent, Warning> {
    let role = take_text(&mut fields, "role");
    let mut external_id = take_text(&mut fields, "external_id");
    let email = take_text(&mut fields, "email");
    let role = match role.as_deref() {
        Some("lead") => Role::Lead,
        Some(_) => Role::User,
        None if external_id.is_some() => Role::User,
        None => Role::Lead,
    };
    if role == Role::Lead && external_id.take().is_some() {
        report.warn(LEAD_EXTERNAL_ID, "external_id");
    }
    if external_id.is_none() && email.is_none() {
        return Err(NOBODY.warning());
    }
    drop_empty(&mut fields, "custom_attributes");
    let person = Person { external_id, email, contact_id: None };
    Ok(Intent::IdentifyContact(IdentifyContact { role, person, fields }))
}
