//! One bad field loses itself, not the write: which field a refusal is about, and what is written without it.

use super::context::Context;
use super::known::{DAY, attribute_key};
use crate::cloud::code;
use crate::cloud::intent::Fields;
use crate::cloud::outcome::Warning;
use crate::cloud::request::{Model, Request, create_attribute};
use crate::cloud::response::Invalid;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::Value;

const CUSTOM: &str = "custom_attributes";

/// What a refused write lost, so that the rest can be written.
pub(super) enum Lost {
    /// A custom attribute that Intercom does not have. With the setting for it, this request makes it.
    Unknown { name: String, create: Option<Request> },
    /// A field or an attribute whose value is refused.
    Refused { warning: Warning },
}

/// Finds out what the refusal is about and takes it out of the fields, except an unknown attribute that can be made: that stays.
/// `None`: none of these fields.
pub(super) fn lose(cx: &mut Context, model: Model, fields: &mut Fields, invalid: &Invalid) -> Option<Lost> {
    if let Some(name) = named_attribute(fields, invalid) {
        return Some(lose_attribute(cx, model, fields, invalid, name));
    }
    let name = named_field(fields, invalid)?;
    fields.shift_remove(&name);
    Some(Lost::Refused { warning: code::FIELD_REFUSED.warning_about(&name) })
}

fn lose_attribute(cx: &mut Context, model: Model, fields: &mut Fields, invalid: &Invalid, name: String) -> Lost {
    let value = attributes(fields).and_then(|all| all.get(&name)).cloned().unwrap_or(Value::Null);
    if !invalid.message.contains("does not exist") {
        remove_attribute(fields, &name);
        cx.shared.known.note(refused_value_key(model, &name, &value), cx.now, DAY);
        let warning = code::ATTRIBUTE_REFUSED.warning_about(&format!("{CUSTOM}.{name}"));
        return Lost::Refused { warning };
    }
    let made = format!("made:{}", attribute_key(model, &name));
    let create = create_attribute(model, &name, &value).filter(|_| cx.config().create_attributes);
    // Once only: an attribute that was made and still does not exist is left out.
    let create = create.filter(|_| cx.shared.known.note(made, cx.now, DAY));
    if create.is_none() {
        remove_attribute(fields, &name);
        cx.shared.known.note(attribute_key(model, &name), cx.now, DAY);
    }
    Lost::Unknown { name, create }
}

pub(super) fn unknown_warning(name: &str) -> Warning {
    code::ATTRIBUTE_UNKNOWN.warning_about(&format!("{CUSTOM}.{name}"))
}

/// Takes out what was refused before.
pub(super) fn leave_out_known(cx: &mut Context, model: Model, fields: &mut Fields) {
    let Some(all) = attributes(fields) else { return };
    let mut known = Vec::new();
    for (name, value) in all {
        let is_unknown = cx.shared.known.has(&attribute_key(model, name), cx.now);
        if is_unknown || cx.shared.known.has(&refused_value_key(model, name, value), cx.now) {
            known.push(name.clone());
        }
    }
    for name in known {
        remove_attribute(fields, &name);
    }
}

fn attributes(fields: &Fields) -> Option<&Fields> {
    fields.get(CUSTOM).and_then(Value::as_object)
}

fn remove_attribute(fields: &mut Fields, name: &str) {
    let Some(Value::Object(all)) = fields.get_mut(CUSTOM) else { return };
    all.shift_remove(name);
    if all.is_empty() {
        fields.shift_remove(CUSTOM);
    }
}

fn refused_value_key(model: Model, name: &str, value: &Value) -> String {
    format!("refused:{}:{:016x}", attribute_key(model, name), super::hash::of(value))
}

/// The longest of the attributes that the text has in quotes.
fn named_attribute(fields: &Fields, invalid: &Invalid) -> Option<String> {
    let quoted = |name: &&String| {
        ['\'', '"', '`'].into_iter().any(|quote| invalid.message.contains(&format!("{quote}{name}{quote}")))
            || invalid.field.as_deref().is_some_and(|field| field.strip_prefix("custom_attributes.") == Some(name))
    };
    attributes(fields)?.keys().filter(quoted).max_by_key(|name| name.len()).cloned()
}

fn named_field(fields: &Fields, invalid: &Invalid) -> Option<String> {
    let exact = invalid.field.as_deref().and_then(|field| fields.keys().find(|name| *name == field));
    let message = invalid.message.to_lowercase();
    let told = || {
        fields.keys().filter(|name| *name != CUSTOM).find(|name| {
            let words = name.trim_end_matches("_id").trim_end_matches("_at").replace('_', " ");
            message.contains(name.as_str()) || message.contains(&words)
        })
    };
    exact.or_else(told).cloned()
}
