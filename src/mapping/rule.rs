//! What a directive takes: demands on its argument and its options, each with the fault when one is not met.

use crate::error::ErrorKind;
use crate::limits::PATTERN;
use crate::name::Name;
use crate::value::{LetterCase, Value, ValueKind};

/// One demand on the argument of a directive or on one of its options.
pub(super) struct Rule {
    pub when: When,
    /// The option, or the argument itself.
    pub option: Option<Name>,
    /// A bit for each [`ValueKind`] it may be, and the other demands below.
    pub allowed: u16,
    /// The words that a string may be, in any letter case.
    pub words: Option<[Name; 2]>,
    pub fault: ErrorKind,
}

/// Who demands it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Segment's check, where it looks.
    Check,
    /// Segment's check, and its resolving where the check does not look.
    Always,
    /// Only its resolving, at the events that get there.
    Event,
}

/// A directive is accepted as well.
const DIRECTIVE: u16 = 1 << 11;
/// It must not be falsy.
pub(super) const TRUTHY: u16 = 1 << 12;
/// At most [`PATTERN`] UTF-16 code units.
pub(super) const SHORT: u16 = 1 << 13;

pub(super) const ABSENT: u16 = 1 << ValueKind::Undefined as u16;
pub(super) const BOOLEAN: u16 = 1 << ValueKind::False as u16 | 1 << ValueKind::True as u16;
pub(super) const STRING: u16 = 1 << ValueKind::String as u16;
pub(super) const OBJECT: u16 = 1 << ValueKind::Object as u16;
pub(super) const ARRAY: u16 = 1 << ValueKind::Array as u16;
pub(super) const ANY: u16 = DIRECTIVE - 1;
/// JSON, as far as Segment's check looks.
pub(super) const JSON: u16 = ANY & !(ABSENT | 1 << ValueKind::Date as u16 | 1 << ValueKind::Other as u16);
pub(super) const TEXT: u16 = STRING | DIRECTIVE;

/// A demand on the argument.
pub(super) const fn argument(when: When, allowed: u16, fault: ErrorKind) -> Rule {
    Rule { when, option: None, allowed, words: None, fault }
}

/// A demand on an option. Those of a directive stand in the order in which they are looked at; after a fault no other is.
pub(super) const fn option(when: When, option: Name, allowed: u16, fault: ErrorKind) -> Rule {
    Rule { when, option: Some(option), allowed, words: None, fault }
}

impl Rule {
    /// The same demand on an option that is one of two words.
    pub(super) const fn of_words(self, first: Name, second: Name) -> Rule {
        Rule { words: Some([first, second]), ..self }
    }

    /// Whether `value` meets it.
    pub(super) fn accepts<V: Value>(&self, value: &V) -> bool {
        let has = |demand| self.allowed & demand != 0;
        let is_word = |words: [Name; 2]| words.iter().any(|word| says(value, *word));
        (has(1 << value.kind() as u16) || has(DIRECTIVE) && super::directives::is_directive(value))
            && (!has(TRUTHY) || value.truthy())
            && (!has(SHORT) || !is_longer(value, PATTERN))
            && (value.kind() != ValueKind::String || self.words.is_none_or(is_word))
    }
}

/// Whether this is that word in any letter case.
pub(super) fn says<V: Value>(value: &V, word: Name) -> bool {
    value.to_case(LetterCase::Lower).same(&V::name(word))
}

/// Whether a string is of more UTF-16 code units.
pub(super) fn is_longer<V: Value>(text: &V, length: usize) -> bool {
    text.get(&V::array(&[V::string("length")])).as_number() > length as f64
}
