//! `Value::copy` on the host.

use super::Json;
use crate::limits::ITEMS;
use crate::value::walk::Limits;
use crate::value::{Unsendable, Value, ValueKind};

pub(super) fn copy(value: &Json, limits: &mut Limits, unsendable: Unsendable) -> Json {
    let is_container = matches!(value, Json::Array(_) | Json::Object(_));
    if is_container && !limits.enter() {
        return Json::Undefined;
    }
    let copy = match value {
        Json::Array(items) => {
            Json::Array(items.iter().take(ITEMS).map(|item| as_item(item, copy(item, limits, unsendable))).collect())
        }
        Json::Object(entries) => {
            let entries = entries.iter().take(ITEMS).map(|(key, value)| (key.clone(), copy(value, limits, unsendable)));
            Json::Object(entries.filter(|(_, value)| *value != Json::Undefined).collect())
        }
        _ if unsendable == Unsendable::Omit && matches!(value.kind(), ValueKind::Other | ValueKind::NotFinite) => {
            Json::Undefined
        }
        _ => value.clone(),
    };
    if is_container {
        limits.leave();
    }
    copy
}

/// What is left out of an array leaves its place.
fn as_item(item: &Json, copy: Json) -> Json {
    if copy == Json::Undefined && *item != Json::Undefined { Json::Null } else { copy }
}
