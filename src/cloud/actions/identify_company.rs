//! `groupIdentifyCompany`: create or update a company and attach its contact.

use super::{drop_empty, person, take_text};
use crate::cloud::code::COMPANY_ID_MISSING;
use crate::cloud::field::{Field, Type};
use crate::cloud::intent::{Fields, IdentifyCompany, Intent};
use crate::cloud::outcome::Warning;
use crate::name::Name;
use crate::subscription::Preset;

/// Every group call.
pub(super) const PRESET: Preset =
    Preset { name: "Identify Company", subscribe: "type = \"group\"", mapping: include_str!("identify_company.json") };

/// What a mapping may give.
pub(super) const FIELDS: &[Field] = &[
    Field { name: Name::CompanyId, key: "company_id", takes: Type::Id },
    Field { name: Name::ExternalId, key: "external_id", takes: Type::Id },
    Field { name: Name::Email, key: "email", takes: Type::Email },
    Field { name: Name::ContactId, key: "contact_id", takes: Type::Id },
    Field { name: Name::NameOf, key: "name", takes: Type::Text },
    Field { name: Name::RemoteCreatedAt, key: "remote_created_at", takes: Type::Date },
    Field { name: Name::MonthlySpend, key: "monthly_spend", takes: Type::Integer },
    Field { name: Name::Plan, key: "plan", takes: Type::Text },
    Field { name: Name::Size, key: "size", takes: Type::Integer },
    Field { name: Name::Website, key: "website", takes: Type::Text },
    Field { name: Name::Industry, key: "industry", takes: Type::Text },
    Field { name: Name::CustomAttributes, key: "custom_attributes", takes: Type::Attributes },
];

/// The company that these fields describe, and whom to attach.
pub(super) fn perform(mut fields: Fields) -> Result<Intent, Warning> {
    let company_id = take_text(&mut fields, "company_id");
    let person = person(
        take_text(&mut fields, "external_id"),
        take_text(&mut fields, "email"),
        take_text(&mut fields, "contact_id"),
    );
    let Some(company_id) = company_id else { return Err(COMPANY_ID_MISSING.warning()) };
    drop_empty(&mut fields, "custom_attributes");
    Ok(Intent::IdentifyCompany(IdentifyCompany { person, company_id, fields }))
}
