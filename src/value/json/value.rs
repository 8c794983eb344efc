//! [`Value`] for [`Json`], operation by operation.

use super::{Json, copy, date, index, replace, set};
use crate::limits::ITEMS;
use crate::name::Name;
use crate::text_enum::Interned;
use crate::value::path::{self, RootPrefix};
use crate::value::walk::Limits;
use crate::value::{LetterCase, Search, Unsendable, Value, ValueKind, template};
use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

impl Value for Json {
    fn undefined() -> Self {
        Json::Undefined
    }

    fn null() -> Self {
        Json::Null
    }

    fn boolean(value: bool) -> Self {
        Json::Boolean(value)
    }

    fn number(value: f64) -> Self {
        Json::Number(value)
    }

    fn string(value: &str) -> Self {
        Json::String(value.to_owned())
    }

    fn name(name: Name) -> Self {
        Json::string(name.text())
    }

    fn array(items: &[Self]) -> Self {
        Json::Array(items.to_vec())
    }

    fn object(entries: &[(Self, Self)]) -> Self {
        let mut object = Vec::new();
        for (key, value) in entries {
            set(&mut object, key.to_js_string(), value.clone());
        }
        Json::Object(object)
    }

    fn kind(&self) -> ValueKind {
        match self {
            Json::Undefined => ValueKind::Undefined,
            Json::Null => ValueKind::Null,
            Json::Boolean(false) => ValueKind::False,
            Json::Boolean(true) => ValueKind::True,
            Json::Number(value) if value.is_finite() => ValueKind::Number,
            Json::Number(_) => ValueKind::NotFinite,
            Json::String(_) => ValueKind::String,
            Json::Array(_) => ValueKind::Array,
            Json::Object(_) => ValueKind::Object,
            Json::Date(millis) if millis.is_nan() => ValueKind::Other,
            Json::Date(_) => ValueKind::Date,
        }
    }

    fn truthy(&self) -> bool {
        match self {
            Json::Undefined | Json::Null => false,
            Json::Boolean(value) => *value,
            Json::Number(value) => *value != 0.0 && !value.is_nan(),
            Json::String(text) => !text.is_empty(),
            Json::Array(_) | Json::Object(_) | Json::Date(_) => true,
        }
    }

    fn as_number(&self) -> f64 {
        match self {
            Json::Number(value) => *value,
            _ => f64::NAN,
        }
    }

    fn as_interned<E: Interned>(&self) -> Option<E> {
        E::from_text(self.as_str()?)
    }

    fn text(&self) -> String {
        self.as_str().unwrap_or_default().to_owned()
    }

    fn path(text: &Self) -> Self {
        path::as_value(&path::keys(&text.text(), RootPrefix::Drop))
    }

    fn template(text: &Self) -> Self {
        let part = |(at, part): (usize, &str)| match at % 2 {
            0 => Json::string(part),
            _ => path::as_value(&path::keys(part, RootPrefix::Keep)),
        };
        Json::Array(template::split(&text.text()).into_iter().enumerate().map(part).collect())
    }

    fn fill(template: &Self, payload: &Self) -> Self {
        let part = |part: Json| if part.kind() == ValueKind::Array { payload.get(&part) } else { part };
        Json::concat(&template.items().into_iter().map(part).collect::<Vec<_>>())
    }

    fn get(&self, path: &Self) -> Self {
        let mut value = self;
        let mut own;
        for key in path.items() {
            let key = key.to_js_string();
            if !value.truthy() {
                break;
            }
            value = match value {
                Json::Object(entries) => match entries.iter().find(|(known, _)| *known == key) {
                    Some((_, value)) => value,
                    None => return Json::Undefined,
                },
                Json::Array(items) if key == "length" => {
                    own = Json::Number(items.len() as f64);
                    &own
                }
                Json::Array(items) => match index(&key).and_then(|index| items.get(index as usize)) {
                    Some(value) => value,
                    None => return Json::Undefined,
                },
                Json::String(text) if key == "length" => {
                    own = Json::Number(text.encode_utf16().count() as f64);
                    &own
                }
                Json::String(text) => match index(&key).and_then(|index| text.encode_utf16().nth(index as usize)) {
                    Some(unit) => {
                        own = Json::String(String::from_utf16_lossy(&[unit]));
                        &own
                    }
                    None => return Json::Undefined,
                },
                _ => return Json::Undefined,
            };
        }
        value.clone()
    }

    fn field(&self, name: Name) -> Self {
        self.get(&Json::Array([Json::name(name)].into()))
    }

    fn get_each(&self, plan: &Self, _: usize) -> Vec<Self> {
        let first = |paths: &Json| {
            let mut value = Json::Undefined;
            for path in paths.items() {
                value = self.get(&path);
                if !matches!(value, Json::Undefined | Json::Null) {
                    break;
                }
            }
            value
        };
        plan.items().iter().map(first).collect()
    }

    fn entries(&self) -> Vec<(Self, Self)> {
        match self {
            Json::Object(entries) => {
                entries.iter().take(ITEMS).map(|(key, value)| (Json::String(key.clone()), value.clone())).collect()
            }
            Json::Array(items) => items
                .iter()
                .take(ITEMS)
                .enumerate()
                .map(|(i, value)| (Json::String(i.to_string()), value.clone()))
                .collect(),
            Json::String(text) => {
                let unit = |(i, unit): (usize, u16)| {
                    (Json::String(i.to_string()), Json::String(String::from_utf16_lossy(&[unit])))
                };
                text.encode_utf16().enumerate().take(ITEMS).map(unit).collect()
            }
            _ => Vec::new(),
        }
    }

    fn items(&self) -> Vec<Self> {
        match self {
            Json::Array(items) => items.iter().take(ITEMS).cloned().collect(),
            _ => Vec::new(),
        }
    }

    fn copy(&self, unsendable: Unsendable) -> Self {
        copy::copy(self, &mut Limits::new(), unsendable)
    }

    fn flat(&self, rich: &Self, left: &Self) -> Self {
        let names = |list: &Json, key: &Json| list.items().contains(key);
        let is_nested = |value: &Json| matches!(value.kind(), ValueKind::Object | ValueKind::Array);
        let (mut nested, mut leaves): (Vec<_>, Vec<_>) =
            self.entries().into_iter().partition(|(_, value)| is_nested(value));
        nested.retain(|(key, _)| names(rich, key));
        leaves.retain(|(key, _)| names(rich, key) || !names(left, key));
        leaves.append(&mut nested);
        leaves.iter_mut().for_each(|(_, value)| *value = value.copy(Unsendable::Omit));
        leaves.retain(|(_, value)| *value != Json::Undefined);
        Json::object(&leaves)
    }

    fn extend(self, over: &Self) -> Self {
        let mut entries = self.entries();
        entries.extend(over.entries());
        Json::object(&entries)
    }

    fn width(&self) -> usize {
        self.entries().iter().filter(|(_, value)| !matches!(value, Json::Undefined | Json::Null)).count()
    }

    fn longer_than(&self, characters: usize, except: &Self) -> Self {
        let is_longer = |value: &Json| value.as_str().is_some_and(|text| text.encode_utf16().count() > characters);
        let found = self.entries().into_iter().find(|(key, value)| key != except && is_longer(value));
        found.map_or(Json::Undefined, |(key, _)| key)
    }

    fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            // The order of keys says nothing.
            (Json::Object(one), Json::Object(two)) => {
                one.len() == two.len()
                    && one
                        .iter()
                        .all(|(key, value)| two.iter().any(|(other, found)| key == other && value.equals(found)))
            }
            (Json::Array(one), Json::Array(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.equals(two))
            }
            _ => self == other,
        }
    }

    fn with(self, key: &Self, value: &Self) -> Self {
        let mut entries = self.entries();
        entries.retain(|(known, _)| known != key);
        entries.insert(0, (key.clone(), value.clone()));
        Json::object(&entries)
    }

    fn same(&self, other: &Self) -> bool {
        self == other
    }

    fn equals_empty_string(&self) -> bool {
        match self {
            Json::Boolean(value) => !value,
            Json::Number(value) => *value == 0.0,
            Json::String(_) | Json::Array(_) => self.to_js_string().is_empty(),
            _ => false,
        }
    }

    fn search(&self, how: Search, needle: &Self) -> bool {
        let (Some(text), Some(needle)) = (self.as_str(), needle.as_str()) else { return false };
        match how {
            Search::Contains => text.contains(needle),
            Search::Prefix => text.starts_with(needle),
            Search::Suffix => text.ends_with(needle),
        }
    }

    fn concat(parts: &[Self]) -> Self {
        Json::String(parts.iter().map(Json::to_js_string).collect())
    }

    fn to_case(&self, case: LetterCase) -> Self {
        match self {
            Json::String(text) => Json::String(match case {
                LetterCase::Lower => text.to_lowercase(),
                LetterCase::Upper => text.to_uppercase(),
            }),
            _ => self.clone(),
        }
    }

    fn pattern(literal: &Self, ignore_case: bool, global: bool) -> Self {
        Json::Array([literal.clone(), Json::Boolean(ignore_case), Json::Boolean(global)].to_vec())
    }

    fn replace(&self, pattern: &Self, replacement: &Self) -> Self {
        let (Some(text), Some(replacement)) = (self.as_str(), replacement.as_str()) else { return self.clone() };
        let parts = pattern.items();
        let [literal, ignore_case, global] = &parts[..] else { return self.clone() };
        let literal = literal.to_js_string();
        let mut out = String::new();
        let mut done = 0;
        while let Some((start, end)) = replace::find(text, done, &literal, ignore_case.truthy()) {
            out.push_str(&text[done..start]);
            replace::push_replacement(&mut out, replacement, text, start, end);
            done = end;
            if !global.truthy() {
                break;
            }
        }
        out.push_str(&text[done..]);
        Json::String(out)
    }

    fn to_json(&self) -> Self {
        let mut out = String::new();
        if self.push_json(&mut out) { Json::String(out) } else { Json::Undefined }
    }

    fn parse_json(&self) -> Self {
        match self.as_str().and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok()) {
            Some(value) => value.into(),
            None => self.clone(),
        }
    }

    fn parse_number(&self) -> f64 {
        let is_blank = self.as_str().is_none_or(|text| crate::value::trim(text).is_empty());
        Some(self.to_number()).filter(|number| !is_blank && number.is_finite()).unwrap_or(f64::NAN)
    }

    fn to_number(&self) -> f64 {
        match self.as_str().map(crate::value::trim) {
            Some("") => 0.0,
            Some("Infinity" | "+Infinity") => f64::INFINITY,
            Some("-Infinity") => f64::NEG_INFINITY,
            Some(text) if text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) => {
                text.parse().unwrap_or(f64::NAN)
            }
            _ => f64::NAN,
        }
    }

    fn millis(&self) -> f64 {
        match self {
            Json::Date(millis) => *millis,
            Json::Number(number) => date::of_number(*number),
            Json::String(text) => {
                let text = crate::value::trim(text);
                let number = if date::is_calendar(text) { f64::NAN } else { self.parse_number() };
                if number.is_nan() { date::parse(text).unwrap_or(f64::NAN) } else { date::of_number(number) }
            }
            _ => f64::NAN,
        }
    }
}
