//! Hashes of fields, to tell whether a write would change anything. They are kept in the host's cache: the same on every machine.

use crate::cloud::intent::Fields;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};
use serde_json::Value;
use std::hash::DefaultHasher;

/// Of one value.
pub(super) fn of(value: &Value) -> u64 {
    of_text(&value.to_string())
}

pub(super) fn of_text(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A pair of hashes for each field, and for each custom attribute by itself. `last_seen_at` is left out: it always differs.
pub(super) fn of_fields(fields: &Fields) -> Vec<(u64, u64)> {
    let mut all = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        match value {
            _ if name == "last_seen_at" => {}
            Value::Object(attributes) => {
                all.extend(attributes.iter().map(|(key, value)| (of_text(&alloc::format!("{name}.{key}")), of(value))));
            }
            value => all.push((of_text(name), of(value))),
        }
    }
    all
}
