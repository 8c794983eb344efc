//! Custom attributes and metadata: objects of single values, which is all that Intercom takes.

use super::actions::report::{Keys, Report};
use super::code::{Code, KEY_CHANGED, KEY_REPEATED, NESTED, NULL, TEXT_CUT, UNSENDABLE};
use super::field::{cut, iso, json_number};
use super::intent::Fields;
use crate::mapping::Payload;
use crate::value::{Value, ValueKind};
use alloc::collections::BTreeSet;
use alloc::string::String;
use serde_json::{Value as Json, json};

/// Keys that something happened to, one list per cause.
#[derive(Default)]
struct Found {
    cut: Keys,
    nested: Keys,
    null: Keys,
    unsendable: Keys,
    changed: Keys,
    repeated: Keys,
}

impl Found {
    fn warn(self, field: &str, report: &mut Report) {
        let causes: [(Keys, Code); 6] = [
            (self.cut, TEXT_CUT),
            (self.nested, NESTED),
            (self.null, NULL),
            (self.unsendable, UNSENDABLE),
            (self.changed, KEY_CHANGED),
            (self.repeated, KEY_REPEATED),
        ];
        for (keys, code) in causes {
            keys.warn(code, field, report);
        }
    }
}

/// The entries of an object that are single values. Null stays: it clears an attribute.
pub(super) fn attributes<V: Value>(object: &Payload<V>, field: &str, report: &mut Report) -> Fields {
    let mut out = Fields::new();
    let mut found = Found::default();
    for (key, value) in object.children().iter() {
        let key = key.text();
        match value.kind() {
            ValueKind::Undefined => {}
            ValueKind::Object | ValueKind::Array => found.nested.push(&key),
            _ => {
                if let Some(value) = single(&key, &value.raw(), &mut found) {
                    out.insert(key, value);
                }
            }
        }
    }
    found.warn(field, report);
    out
}

/// The entries of an object that are single values, rich links or prices, under keys that Intercom takes.
pub(super) fn metadata<V: Value>(object: &Payload<V>, field: &str, report: &mut Report) -> Fields {
    let mut out = Fields::new();
    let mut found = Found::default();
    let mut taken = BTreeSet::new();
    for (key, value) in object.children().iter() {
        let key = key.text();
        let value = match value.kind() {
            ValueKind::Undefined => continue,
            ValueKind::Null => {
                found.null.push(&key);
                continue;
            }
            ValueKind::Object | ValueKind::Array => {
                let rich = rich_link(value, &key, &mut found).or_else(|| price(value));
                if rich.is_none() {
                    found.nested.push(&key);
                }
                rich
            }
            _ => single(&key, &value.raw(), &mut found),
        };
        let Some(value) = value else { continue };
        let name = key.replace(['.', '$'], "_");
        if !taken.insert(name.to_lowercase()) {
            found.repeated.push(&key);
            continue;
        }
        if name != key {
            found.changed.push(&key);
        }
        out.insert(name, value);
    }
    found.warn(field, report);
    out
}

fn single<V: Value>(key: &str, value: &V, found: &mut Found) -> Option<Json> {
    let text = match value.kind() {
        ValueKind::Null => return Some(Json::Null),
        ValueKind::True => return Some(true.into()),
        ValueKind::False => return Some(false.into()),
        ValueKind::Number => return json_number(value.as_number()),
        ValueKind::String => value.text(),
        ValueKind::Date => iso(value),
        _ => {
            found.unsendable.push(key);
            return None;
        }
    };
    let (text, is_cut) = cut(text);
    if is_cut {
        found.cut.push(key);
    }
    Some(text.into())
}

/// `{url, value}`: text that is a link.
fn rich_link<V: Value>(object: &Payload<V>, key: &str, found: &mut Found) -> Option<Json> {
    let [url, value] = parts(object, ["url", "value"])?;
    let (url, value) = (string(&url)?, string(&value)?);
    let (value, is_cut) = cut(value);
    if is_cut {
        found.cut.push(key);
    }
    Some(json!({ "url": url, "value": value }))
}

/// `{amount, currency}`: a price in cents.
fn price<V: Value>(object: &Payload<V>) -> Option<Json> {
    let [amount, currency] = parts(object, ["amount", "currency"])?;
    let amount = (amount.kind() == ValueKind::Number).then(|| json_number(amount.as_number().round()))?;
    Some(json!({ "amount": amount, "currency": string(&currency)? }))
}

/// The values of an object that has these two keys and no other.
fn parts<V: Value>(object: &Payload<V>, names: [&str; 2]) -> Option<[V; 2]> {
    if object.kind() != ValueKind::Object {
        return None;
    }
    let entries = object.children();
    let [(first, one), (second, other)] = &*entries else { return None };
    let keys = [first.text(), second.text()];
    if keys == names {
        Some([one.raw(), other.raw()])
    } else {
        (keys[0] == names[1] && keys[1] == names[0]).then(|| [other.raw(), one.raw()])
    }
}

fn string<V: Value>(value: &V) -> Option<String> {
    (value.kind() == ValueKind::String).then(|| value.text())
}
