//! A company as Intercom takes it: flat, with its custom traits beside its own fields.

use super::{fields, is_object_or_nothing, push, push_flat};
use crate::convert::date;
use crate::error::Error;
use crate::mapping::Payload;
use crate::name::Name;
use crate::value::{Value, ValueKind};
use alloc::vec::Vec;

/// What becomes of a company in which nothing is left to send.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// It is an empty object.
    Keep,
    /// It is undefined.
    Omit,
}

/// The company as an object, or undefined when it is none.
pub fn object<V: Value>(company: &Payload<V>, field: Name, empty: Empty, warnings: &mut Vec<Error>) -> V {
    if !is_object_or_nothing(company, &[field], warnings) {
        return V::undefined();
    }
    let fields = fields(company);
    let mut out = Vec::with_capacity(fields.len());
    let mut custom_traits = None;
    let mut is_omitted = empty == Empty::Omit;
    for (key, value) in fields.iter() {
        let name = key.as_name();
        let is_traits = name == Some(Name::CompanyCustomTraits);
        if empty == Empty::Omit && (!is_sent(value.kind()) || is_traits && is_empty(value)) {
            continue;
        }
        is_omitted = false;
        if is_traits {
            custom_traits = Some(value);
            continue;
        }
        let mut value = value.value();
        if name == Some(Name::CreatedAt) {
            value = date::to_unix_seconds(value, &[Name::Company, Name::CreatedAt], warnings);
        }
        push(&mut out, key, value);
    }
    if is_omitted {
        return V::undefined();
    }
    if let Some(traits) = custom_traits {
        push_flat(&mut out, traits, &[Name::Company, Name::CompanyCustomTraits], warnings);
    }
    V::object(&out)
}

fn is_empty<V: Value>(traits: &Payload<V>) -> bool {
    match traits {
        Payload::Leaf(value) if value.kind() == ValueKind::String => !value.truthy(),
        Payload::Built(ValueKind::Array, items) => items.is_empty(),
        _ => {
            matches!(traits.kind(), ValueKind::Object | ValueKind::Array)
                && !traits.children().iter().any(|(_, value)| is_sent(value.kind()))
        }
    }
}

/// Whether anything is left of such a value when it is built.
fn is_sent(kind: ValueKind) -> bool {
    !matches!(kind, ValueKind::Undefined | ValueKind::NotFinite | ValueKind::Other)
}
