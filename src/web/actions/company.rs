//! A company as Intercom takes it: flat, with its custom traits beside its own fields.

use super::{fields, is_object_or_nothing, push, push_flat, warn};
use crate::convert::date;
use crate::error::{Error, ErrorKind};
use crate::mapping::Payload;
use crate::name::Name;
use crate::value::{Value, ValueKind};
use alloc::vec::Vec;

/// What is said of a company in which there is nothing, or nothing but null.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Blank {
    /// That it has no id.
    Warned,
    /// Nothing: the visitor has none.
    Silent,
}

/// The company as an object, or undefined when it is none or has no id.
pub(super) fn object<V: Value>(company: &Payload<V>, field: Name, blank: Blank, warnings: &mut Vec<Error>) -> V {
    if !is_object_or_nothing(company, &[field], warnings) {
        return V::undefined();
    }
    let fields = fields(company);
    let mut out = Vec::with_capacity(fields.len());
    let mut custom_traits = None;
    for (key, value) in fields.iter() {
        let value = match key.as_name() {
            Some(Name::CompanyCustomTraits) => {
                custom_traits = Some(value);
                continue;
            }
            Some(Name::CreatedAt) => date::to_unix_seconds(value.value(), &[Name::Company, Name::CreatedAt], warnings),
            _ => value.value(),
        };
        push(&mut out, key, value);
    }
    if let Some(traits) = custom_traits {
        push_flat(&mut out, traits, &[Name::Company, Name::CompanyCustomTraits], warnings);
    }
    if out.iter().any(is_id) {
        return V::object(&out);
    }
    if blank == Blank::Warned || out.iter().any(|(_, value)| value.kind() != ValueKind::Null) {
        warn(warnings, ErrorKind::CompanyIdMissing, &[field], "");
    }
    V::undefined()
}

/// Whether this is what Intercom tells companies by.
fn is_id<V: Value>((key, value): &(V, V)) -> bool {
    matches!(key.as_name(), Some(Name::CompanyId | Name::Id)) && value.truthy()
}
