//! A double of JavaScript values for native tests and fuzzers. Where it differs from them is listed in `docs/architecture.md`, and shown by
//! `tests/fixture/double.rs` on both sides.
//!
//! `serde_json::Value` itself has no `undefined` and no dates, and the mapping language tells both from null and
//! strings, so [`Json`] is converted from and to it.

mod copy;
mod date;
mod replace;
mod value;

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A JavaScript value without identity: equal data is the same value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `undefined`.
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// Any number, finite or not.
    Number(f64),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// A plain object; keys in order, none twice.
    Object(Vec<(String, Json)>),
    /// A `Date`, in milliseconds since 1970; NaN is an invalid date.
    Date(f64),
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(value) => Json::Boolean(value),
            serde_json::Value::Number(value) => Json::Number(value.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(value) => Json::String(value),
            serde_json::Value::Array(items) => Json::Array(items.into_iter().map(Json::from).collect()),
            serde_json::Value::Object(entries) => {
                let mut object = Vec::new();
                for (key, value) in entries {
                    set(&mut object, key, value.into());
                }
                Json::Object(object)
            }
        }
    }
}

impl Json {
    /// What `JSON.parse(JSON.stringify(value))` gives; `None` for undefined.
    pub fn to_serde(&self) -> Option<serde_json::Value> {
        Some(match self {
            Json::Undefined => return None,
            Json::Null => serde_json::Value::Null,
            Json::Boolean(value) => (*value).into(),
            Json::Number(value) if value.fract() == 0.0 && value.abs() < 9e15 => (*value as i64).into(),
            Json::Number(value) => (*value).into(),
            Json::String(value) => value.clone().into(),
            Json::Array(items) => items.iter().map(|item| item.to_serde().unwrap_or(serde_json::Value::Null)).collect(),
            Json::Object(entries) => serde_json::Value::Object(
                entries.iter().filter_map(|(key, value)| Some((key.clone(), value.to_serde()?))).collect(),
            ),
            Json::Date(millis) if millis.is_nan() => serde_json::Value::Null,
            Json::Date(millis) => date::to_iso(*millis).into(),
        })
    }

    /// Adds `JSON.stringify(value)`, whose numbers are not written as serde_json writes them; false for undefined.
    fn push_json(&self, out: &mut String) -> bool {
        match self {
            Json::Undefined => return false,
            Json::Number(value) if value.is_finite() => out.push_str(ryu_js::Buffer::new().format(*value)),
            Json::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    out.push(if i == 0 { '[' } else { ',' });
                    if !item.push_json(out) {
                        out.push_str("null");
                    }
                }
                out.push_str(if items.is_empty() { "[]" } else { "]" });
            }
            Json::Object(entries) => {
                let mut separator = '{';
                for (key, value) in entries {
                    let mut text = String::new();
                    if value.push_json(&mut text) {
                        out.push(separator);
                        out.push_str(&serde_json::Value::from(key.as_str()).to_string());
                        out.push(':');
                        out.push_str(&text);
                        separator = ',';
                    }
                }
                out.push_str(if separator == '{' { "{}" } else { "}" });
            }
            _ => out.push_str(&self.to_serde().unwrap_or_default().to_string()),
        }
        true
    }

    fn as_str(&self) -> Option<&str> {
        match self {
            Json::String(text) => Some(text),
            _ => None,
        }
    }

    /// `String(value)`, with null and undefined as nothing.
    fn to_js_string(&self) -> String {
        match self {
            Json::Undefined | Json::Null => String::new(),
            Json::Boolean(value) => value.to_string(),
            Json::Number(value) => ryu_js::Buffer::new().format(*value).to_owned(),
            Json::String(text) => text.clone(),
            Json::Array(items) => items.iter().map(Json::to_js_string).collect::<Vec<_>>().join(","),
            Json::Object(_) => "[object Object]".to_owned(),
            Json::Date(millis) => date::to_iso(*millis),
        }
    }
}

/// Where JavaScript keeps the key: array indices first, in number order, then the others as they came.
fn set(object: &mut Vec<(String, Json)>, key: String, value: Json) {
    if key == "__proto__" {
        return;
    }
    if let Some(entry) = object.iter_mut().find(|(known, _)| *known == key) {
        entry.1 = value;
        return;
    }
    let at = match index(&key) {
        None => object.len(),
        Some(new) => object.iter().position(|(known, _)| index(known).is_none_or(|i| i > new)).unwrap_or(object.len()),
    };
    object.insert(at, (key, value));
}

fn index(key: &str) -> Option<u32> {
    key.parse().ok().filter(|index: &u32| *index < u32::MAX && index.to_string() == key)
}
