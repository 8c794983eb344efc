//! `trackEvent`: submit an event of a contact.

use super::report::{Keys, Report};
use super::{person, take_text};
use crate::cloud::code::{EVENT_NAME_MISSING, METADATA_CUT, NOBODY, TIME_REPLACED};
use crate::cloud::field::{Field, Type, json_number};
use crate::cloud::intent::{Fields, Intent, TrackEvent};
use crate::cloud::limits::METADATA;
use crate::cloud::outcome::Warning;
use crate::cloud::time::Clock;
use crate::convert::money;
use crate::name::Name;
use crate::subscription::Preset;
use serde_json::{Value, json};

/// Every track call, under its own name, with its properties as metadata.
pub(super) const PRESET: Preset =
    Preset { name: "Track Event", subscribe: "type = \"track\"", mapping: include_str!("track_event.json") };

/// What a mapping may give.
pub(super) const FIELDS: &[Field] = &[
    Field { name: Name::EventName, key: "event_name", takes: Type::Id },
    Field { name: Name::CreatedAt, key: "created_at", takes: Type::Date },
    Field { name: Name::UserId, key: "user_id", takes: Type::Id },
    Field { name: Name::Email, key: "email", takes: Type::Email },
    Field { name: Name::Id, key: "id", takes: Type::Id },
    Field { name: Name::Revenue, key: "revenue", takes: Type::Revenue },
    Field { name: Name::Currency, key: "currency", takes: Type::Text },
    Field { name: Name::MetadataOf, key: "metadata", takes: Type::Metadata },
];

const DEFAULT_CURRENCY: &str = "USD";

/// The event that these fields describe. Revenue becomes a price in cents, first in the metadata so that it is never cut.
pub(super) fn perform(mut fields: Fields, clock: &Clock, report: &mut Report) -> Result<Intent, Warning> {
    let name = take_text(&mut fields, "event_name");
    let person =
        person(take_text(&mut fields, "user_id"), take_text(&mut fields, "email"), take_text(&mut fields, "id"));
    let Some(name) = name else { return Err(EVENT_NAME_MISSING.warning()) };
    let Some(person) = person else { return Err(NOBODY.warning()) };
    let created_at = match fields.get("created_at").and_then(Value::as_i64) {
        Some(seconds) => seconds,
        None => {
            report.warn(TIME_REPLACED, "created_at");
            clock.event_seconds()
        }
    };
    let metadata = metadata(fields, report);
    Ok(Intent::TrackEvent(TrackEvent { person, name, created_at, metadata }))
}

fn metadata(mut fields: Fields, report: &mut Report) -> Fields {
    let currency = take_text(&mut fields, "currency");
    let price = fields.get("revenue").and_then(Value::as_f64).and_then(|revenue| price(revenue, currency));
    let mut given = match fields.shift_remove("metadata") {
        Some(Value::Object(metadata)) => metadata,
        _ => Fields::new(),
    };
    // It says who, which the event says already.
    given.shift_remove("email");
    let mut out = Fields::new();
    if let Some(price) = price {
        // The price stands for them.
        for key in ["revenue", "currency", "price"] {
            given.shift_remove(key);
        }
        out.insert("price".into(), price);
    } else if let Some(price) = given.shift_remove("price") {
        out.insert("price".into(), price);
    }
    let mut left = Keys::default();
    for (key, value) in given {
        if out.len() < METADATA {
            out.insert(key, value);
        } else {
            left.push(&key);
        }
    }
    left.warn(METADATA_CUT, "metadata", report);
    out
}

fn price(revenue: f64, currency: Option<alloc::string::String>) -> Option<Value> {
    let amount = json_number(money::cents(revenue))?;
    Some(json!({ "amount": amount, "currency": currency.as_deref().unwrap_or(DEFAULT_CURRENCY) }))
}
