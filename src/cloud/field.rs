//! The types of an action's fields, and what values of an event become when a field takes them.
//!
//! What fits is converted as Segment does it; what does not fit loses itself, with a warning, not the event.

use super::actions::report::Report;
use super::code::{DATE_UNREADABLE, REVENUE_UNREADABLE, ROLE_UNKNOWN, TEXT_CUT, VALUE_INVALID};
use super::flat;
use super::intent::Fields;
use super::time;
use crate::cloud::limits;
use crate::mapping::Payload;
use crate::name::Name;
use crate::value::{Value, ValueKind};
use alloc::string::String;
use serde_json::Number;

/// Integers up to here are exact in JavaScript.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// One field of an action.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its key in a mapping.
    pub name: Name,
    /// The same as text.
    pub key: &'static str,
    /// What it takes.
    pub takes: Type,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `user` or `lead`.
    Role,
    /// Text that names something: never cut.
    Id,
    /// Text, cut to what Intercom takes.
    Text,
    /// An e-mail address.
    Email,
    /// An absolute URL.
    Url,
    /// A finite number, from which a price is made.
    Revenue,
    /// A number, truncated to an integer.
    Integer,
    /// A number without a fraction, which names something.
    NumericId,
    /// `true` or `false`.
    Boolean,
    /// A date, which becomes whole seconds.
    Date,
    /// An object of single values.
    Attributes,
    /// An object of single values, rich links and a price.
    Metadata,
}

impl Type {
    /// What it takes, for messages.
    pub fn expected(self) -> &'static str {
        match self {
            Type::Role => "user or lead",
            Type::Id | Type::Text => "text",
            Type::Email => "an e-mail address",
            Type::Url => "an absolute URL in ASCII",
            Type::Revenue => "a number",
            Type::Integer => "a number up to 2147483647",
            Type::NumericId => "a whole number",
            Type::Boolean => "true or false",
            Type::Date => "a date",
            Type::Attributes | Type::Metadata => "an object",
        }
    }
}

/// The fields of `table` that a payload has, converted, in the payload's order. Null and empty text are as good as nothing.
pub fn read<V: Value>(table: &[Field], payload: Payload<V>, report: &mut Report) -> Fields {
    let mut fields = Fields::new();
    for (key, value) in payload.entries() {
        let Some(field) = key.as_name().and_then(|name| table.iter().find(|field| field.name == name)) else {
            continue;
        };
        if !is_given(&value) {
            continue;
        }
        if let Some(value) = field.convert(&value, report) {
            fields.insert(field.key.into(), value);
        }
    }
    fields
}

fn is_given<V: Value>(value: &Payload<V>) -> bool {
    match value {
        Payload::Leaf(value) => match value.kind() {
            ValueKind::Undefined | ValueKind::Null => false,
            ValueKind::String => value.truthy(),
            _ => true,
        },
        Payload::Built(..) => true,
    }
}

impl Field {
    fn convert<V: Value>(&self, payload: &Payload<V>, report: &mut Report) -> Option<serde_json::Value> {
        match (self.takes, payload.kind()) {
            (Type::Attributes, ValueKind::Object) => return Some(flat::attributes(payload, self.key, report).into()),
            (Type::Metadata, ValueKind::Object) => return Some(flat::metadata(payload, self.key, report).into()),
            _ => {}
        }
        let value = single(payload);
        let converted = value.as_ref().and_then(|value| self.convert_single(value, report));
        if converted.is_none() {
            self.refuse(payload.kind(), report);
        }
        converted
    }

    fn convert_single<V: Value>(&self, value: &V, report: &mut Report) -> Option<serde_json::Value> {
        Some(match self.takes {
            Type::Role => text(value).filter(|role| role == "user" || role == "lead")?.into(),
            Type::Id => text(value)?.into(),
            Type::Text => {
                let (text, is_cut) = cut(text(value)?);
                if is_cut {
                    report.warn(TEXT_CUT, self.key);
                }
                text.into()
            }
            Type::Email => text(value).map(trimmed).filter(|email| is_email(email))?.into(),
            Type::Url => text(value).filter(|url| is_url(url))?.into(),
            Type::Revenue => json_number(number(value)?)?,
            Type::Integer => {
                json_number(number(value).map(f64::trunc).filter(|number| number.abs() <= limits::INTEGER)?)?
            }
            Type::NumericId => json_number(number(value).filter(|number| *number == number.trunc())?)?,
            Type::Boolean => boolean(value)?.into(),
            Type::Date => time::seconds(value)?.into(),
            Type::Attributes | Type::Metadata => return None,
        })
    }

    fn refuse(&self, found: ValueKind, report: &mut Report) {
        match self.takes {
            Type::Role => report.warn(ROLE_UNKNOWN, self.key),
            Type::Revenue => report.warn(REVENUE_UNREADABLE, self.key),
            Type::Date => report.refuse(DATE_UNREADABLE, self.key, self.takes.expected(), found.article()),
            _ => report.refuse(VALUE_INVALID, self.key, self.takes.expected(), found.article()),
        }
    }
}

/// What a field with a single value takes: the value, or the only item of an array.
fn single<V: Value>(payload: &Payload<V>) -> Option<V> {
    if payload.kind() == ValueKind::Array {
        return match &*payload.children() {
            [(_, item)] if !matches!(item.kind(), ValueKind::Array | ValueKind::Object) => Some(item.value()),
            _ => None,
        };
    }
    (payload.kind() != ValueKind::Object).then(|| payload.value())
}

/// Text, or the text of a number, boolean or date.
fn text<V: Value>(value: &V) -> Option<String> {
    match value.kind() {
        ValueKind::String => Some(value.text()),
        ValueKind::Number | ValueKind::True | ValueKind::False => Some(V::concat(core::slice::from_ref(value)).text()),
        ValueKind::Date => Some(iso(value)),
        _ => None,
    }
}

/// A date as JSON has it: `2026-01-02T03:04:05.678Z`.
pub fn iso<V: Value>(date: &V) -> String {
    date.to_json().text().trim_matches('"').into()
}

fn number<V: Value>(value: &V) -> Option<f64> {
    let number = match value.kind() {
        ValueKind::Number => value.as_number(),
        ValueKind::String => value.parse_number(),
        ValueKind::True => 1.0,
        ValueKind::False => 0.0,
        _ => f64::NAN,
    };
    number.is_finite().then_some(number)
}

fn boolean<V: Value>(value: &V) -> Option<bool> {
    match value.kind() {
        ValueKind::True => Some(true),
        ValueKind::False => Some(false),
        ValueKind::Number if value.as_number() == 1.0 => Some(true),
        ValueKind::Number if value.as_number() == 0.0 => Some(false),
        ValueKind::String => match &*value.text() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A number as JSON writes it: one without a fraction has no point.
pub fn json_number(number: f64) -> Option<serde_json::Value> {
    if number == number.trunc() && number.abs() <= EXACT {
        return Some((number as i64).into());
    }
    Number::from_f64(number).map(serde_json::Value::Number)
}

/// Text no longer than Intercom takes, and whether it was longer. No character is cut in two.
pub fn cut(mut text: String) -> (String, bool) {
    // Each code unit of UTF-16 is one to three bytes of UTF-8.
    if text.len() <= limits::TEXT {
        return (text, false);
    }
    let mut units = 0;
    let end = text.char_indices().find_map(|(at, character)| {
        units += character.len_utf16();
        (units > limits::TEXT).then_some(at)
    });
    if let Some(end) = end {
        text.truncate(end);
    }
    (text, end.is_some())
}

fn trimmed(text: String) -> String {
    let inner = text.trim();
    if inner.len() == text.len() { text } else { inner.into() }
}

/// Whether mail could be sent there: a local part, an at sign, and a domain with a dot. Letters of every script count as letters.
fn is_email(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    let is_local = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    let is_label = |label: &str| {
        let is_inner = label.chars().all(|c| c.is_alphanumeric() || c == '-');
        !label.is_empty() && is_inner && !label.starts_with('-') && !label.ends_with('-')
    };
    local.split('.').all(|part| !part.is_empty() && part.chars().all(is_local))
        && domain.contains('.')
        && domain.split('.').all(is_label)
        && email.len() <= limits::TEXT
}

/// Whether this has a scheme, something after it, and only characters that stand in URLs.
fn is_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    scheme.bytes().next().is_some_and(|first| first.is_ascii_alphabetic())
        && scheme.bytes().all(is_scheme)
        && !rest.is_empty()
        && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
        && rest
            .split('%')
            .skip(1)
            .all(|escaped| escaped.len() >= 2 && escaped.bytes().take(2).all(|b| b.is_ascii_hexdigit()))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn addresses_that_mail_can_be_sent_to() {
        for email in
            ["ada@example.com", "a.b+c@mail.example.co.uk", "j\u{f6}rg@b\u{fc}cher.example", "o'hara@example.com"]
        {
            assert!(is_email(email), "{email}");
        }
        let longest = "a".repeat(250) + "@example.com";
        for email in [
            "a@b",
            "a..b@c.de",
            "a@b..de",
            "@b.de",
            "a@",
            "a b@c.de",
            "a@-b.de",
            "a@b.de.",
            "\"a\"@b.de",
            "a@[1.2.3.4]",
            "",
            &longest,
        ] {
            assert!(!is_email(email), "{email}");
        }
    }

    #[test]
    fn urls_are_absolute_and_ascii() {
        for url in ["https://example.com/a.png?b=%20", "data:image/png;base64,AA==", "mailto:a@b.de"] {
            assert!(is_url(url), "{url}");
        }
        for url in [
            "/a.png",
            "//example.com/a",
            "https://example.com/a b",
            "https://\u{e9}.example",
            "a:%zz",
            "1a:b",
            "a:",
            "a",
        ] {
            assert!(!is_url(url), "{url}");
        }
    }

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(cut("a".repeat(255)), ("a".repeat(255), false));
        assert_eq!(cut("a".repeat(256)), ("a".repeat(255), true));
        // Three bytes, one code unit each.
        assert_eq!(cut("\u{20ac}".repeat(255)), ("\u{20ac}".repeat(255), false));
        // Four bytes, two code units each.
        assert_eq!(cut("\u{1f600}".repeat(128)), ("\u{1f600}".repeat(127), true));
    }

    #[test]
    fn whole_numbers_have_no_point() {
        for (number, text) in
            [(5.0, "5"), (-0.0, "0"), (5.5, "5.5"), (1e21, "1e+21"), (9_007_199_254_740_992.0, "9007199254740992")]
        {
            assert_eq!(json_number(number).unwrap().to_string(), text);
        }
        assert_eq!(json_number(f64::NAN), None);
    }
}
