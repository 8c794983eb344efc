//! Where an error is, as data. Tools read it; people read its `Display`.

use crate::name::Name;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Where an error is: in the settings, or in a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The subscription's `name`, or its number in the list. `None` for the settings themselves, and for a filter or a mapping that
    /// was compiled by itself.
    pub subscription: Option<String>,
    /// Where in the settings or in the subscription.
    pub part: Part,
}

/// Where in the settings or in a subscription an error is. Keys lead inwards, numbers of items among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The settings; without keys, all of them.
    Setting {
        /// `["subscriptions", "3", "partnerAction"]`
        keys: Vec<String>,
    },
    /// The text of a filter.
    Filter {
        /// From 1, in characters.
        column: usize,
    },
    /// A mapping; without keys, all of it.
    Mapping {
        /// `["company", "name", "@if", "then"]`
        keys: Vec<String>,
    },
    /// What a mapping gives for an event.
    Payload {
        /// The keys of the mapping, or of the action's field.
        keys: Vec<String>,
    },
    /// An event.
    Event,
}

impl Part {
    /// A setting of the plugin's own.
    pub fn setting(name: Name) -> Part {
        Part::Setting { keys: texts(&[name]) }
    }

    /// A field that an action takes from a payload.
    pub fn payload(names: &[Name]) -> Part {
        Part::Payload { keys: texts(names) }
    }
}

impl Location {
    /// Appends what `Display` shows, without the formatting machinery, whose bytes visitors would download.
    pub(crate) fn push_to(&self, out: &mut String) {
        if let Some(name) = &self.subscription {
            out.push_str("subscription \"");
            out.push_str(name);
            out.push_str("\" ");
        }
        let (word, keys) = match &self.part {
            Part::Setting { keys } => (if keys.is_empty() { "settings" } else { "" }, &keys[..]),
            Part::Filter { column } => {
                out.push_str("filter column ");
                push_number(out, *column);
                return;
            }
            Part::Mapping { keys } => ("mapping", &keys[..]),
            Part::Payload { keys } => ("payload", &keys[..]),
            Part::Event => ("event", &[][..]),
        };
        out.push_str(word);
        let mut separator = if word.is_empty() { "" } else { " " };
        for key in keys {
            out.push_str(separator);
            out.push_str(key);
            separator = ".";
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

#[inline(never)]
fn texts(names: &[Name]) -> Vec<String> {
    let mut texts = Vec::with_capacity(names.len());
    for name in names {
        texts.push(name.text().into());
    }
    texts
}

/// Appends a count or an index in decimal.
pub(crate) fn push_number(out: &mut String, number: usize) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    let digit = number % 10;
    out.push_str("0123456789".get(digit..=digit).unwrap_or_default());
}
