//! Reading and building JSON-like data with JavaScript's semantics, in whole steps.
//!
//! In the browser one operation is one crossing into JavaScript, so the operations are as coarse as the rules allow.
//! None of them ever fails or panics: what cannot be read (a throwing getter, a revoked proxy) is undefined.

use crate::name::Name;
use crate::text_enum::Interned;
use alloc::string::String;
use alloc::vec::Vec;

#[cfg(not(target_arch = "wasm32"))]
pub mod json;
pub mod path;
#[cfg(not(target_arch = "wasm32"))]
pub mod template;
pub(crate) mod walk;

/// What a value is, as `typeof` and `Object.prototype.toString` tell values apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum ValueKind {
    /// `undefined`, and whatever could not be read.
    Undefined = 0,
    /// `null`.
    Null = 1,
    /// `false`.
    False = 2,
    /// `true`.
    True = 3,
    /// A finite number.
    Number = 4,
    /// `NaN`, `Infinity` or `-Infinity`.
    NotFinite = 5,
    /// A string.
    String = 6,
    /// A direct child of `Object.prototype`, or an object whose `Object.prototype.toString` says `[object Object]`: plain
    /// objects and class instances.
    Object = 7,
    /// An array.
    Array = 8,
    /// A valid `Date`.
    Date = 9,
    /// Anything else: functions, symbols, BigInts, Maps, errors, invalid dates and so on.
    Other = 10,
}

impl ValueKind {
    /// The word a person reads in an error: `a string`, `an array`.
    pub fn article(self) -> &'static str {
        match self {
            ValueKind::Undefined => "nothing",
            ValueKind::Null => "null",
            ValueKind::False => "false",
            ValueKind::True => "true",
            ValueKind::Number => "a number",
            ValueKind::NotFinite => "a number that is not finite",
            ValueKind::String => "a string",
            ValueKind::Object => "an object",
            ValueKind::Array => "an array",
            ValueKind::Date => "a date",
            ValueKind::Other => "a value that is not JSON",
        }
    }
}

/// How one string is searched for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Search {
    /// `includes`.
    Contains = 0,
    /// `startsWith`.
    Prefix = 1,
    /// `endsWith`.
    Suffix = 2,
}

/// A letter case for a whole string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterCase {
    /// `toLowerCase`.
    Lower,
    /// `toUpperCase`.
    Upper,
}

/// What a copy keeps of what cannot be sent: functions, symbols, BigInts, NaN and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsendable {
    /// It is left out, or null inside arrays.
    Omit,
    /// It stays.
    Keep,
}

/// `String.prototype.trim`.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c == '\u{feff}' || c.is_whitespace() && c != '\u{85}')
}

/// A JSON-like value: cheap to clone, read in place, built in one step.
pub trait Value: Clone + Sized {
    /// `undefined`.
    fn undefined() -> Self;
    /// `null`.
    fn null() -> Self;
    /// `true` or `false`.
    fn boolean(value: bool) -> Self;
    /// A number.
    fn number(value: f64) -> Self;
    /// A string.
    fn string(value: &str) -> Self;
    /// A string known beforehand.
    fn name(name: Name) -> Self;
    /// An array of these items.
    fn array(items: &[Self]) -> Self;
    /// A plain object of these entries, in JavaScript's order; a later equal key replaces the value of an earlier
    /// one. Keys are strings. A `__proto__` key is left out. Undefined values are kept.
    fn object(entries: &[(Self, Self)]) -> Self;

    /// What this is.
    fn kind(&self) -> ValueKind;
    /// JavaScript's truthiness.
    fn truthy(&self) -> bool;
    /// The number this is, or NaN when it is none.
    fn as_number(&self) -> f64;
    /// Which of the strings known beforehand this is. A key from [`Value::entries`] and a string from
    /// [`Value::string`] are recognised; a string from elsewhere need not be.
    fn as_interned<E: Interned>(&self) -> Option<E>;
    /// [`Value::as_interned`] for a name.
    fn as_name(&self) -> Option<Name> {
        self.as_interned()
    }
    /// The characters of a string, lone surrogates replaced by U+FFFD; empty when it is none.
    fn text(&self) -> String;

    /// The keys of the mapping path that a string is, as an array for [`Value::get`]; [`crate::value::path`] says how they are found.
    fn path(text: &Self) -> Self;
    /// A string split at its placeholders, as [`crate::value::template`] says: an array of texts and, in every second place, the
    /// keys of a path.
    fn template(text: &Self) -> Self;
    /// A [`Value::template`] with the values at its paths in `payload` filled in, as by [`Value::concat`].
    fn fill(template: &Self, payload: &Self) -> Self;
    /// The value at `path`, an array of strings as [`Value::path`] makes it. Own properties only. A falsy value met on
    /// the way is the result, as is this value itself for an empty path.
    fn get(&self, path: &Self) -> Self;
    /// What [`Value::get`] gives for the path of one key.
    fn field(&self, name: Name) -> Self;
    /// What [`Value::get`] gives for each of `plan`, an array of arrays of paths: of several paths the first at which there is
    /// neither undefined nor null, else the last. The plan has `most` items at most.
    fn get_each(&self, plan: &Self, most: usize) -> Vec<Self>;
    /// The own enumerable string-keyed properties of an object, array or string (`Object.entries`), `__proto__` left out;
    /// a property whose getter throws is undefined. Empty for everything else.
    fn entries(&self) -> Vec<(Self, Self)>;
    /// The items of an array, holes as undefined. Empty for everything else.
    fn items(&self) -> Vec<Self>;

    /// A copy all the way down: undefined properties, whatever is nested deeper than [`crate::limits::DEPTH`] and every
    /// object and array after the first 20,000 of an event are left out, or null inside arrays. What holds nothing is itself, but
    /// for dates.
    fn copy(&self, unsendable: Unsendable) -> Self;
    /// The [`Value::copy`] of one level of an object: first what is neither an object nor an array, without the keys in the array
    /// `left` unless they are in `rich` as well; then the objects and arrays at the keys in `rich`. Either list may be undefined.
    fn flat(&self, rich: &Self, left: &Self) -> Self;

    /// This object, one that was built here, with what `over` says in addition, or instead; `over` may be undefined.
    fn extend(self, over: &Self) -> Self;
    /// How many entries of this object are neither undefined nor null.
    fn width(&self) -> usize;
    /// The first key of this object but `except` at which there is a string of more than `characters`; undefined if there is none.
    fn longer_than(&self, characters: usize, except: &Self) -> Self;
    /// Whether the two are equal all the way down.
    fn equals(&self, other: &Self) -> bool;

    /// Room for as many values to be kept with [`Value::keep`]: the number of its first place.
    fn reserve(count: usize) -> usize {
        let _ = count;
        0
    }
    /// This value, good until another is kept in this place. Any other value is good until the event is done in which it was made.
    fn keep(&self, place: usize) -> Self {
        let _ = place;
        self.clone()
    }

    /// This object, one that was built for this event, with that value at `key`, before all others but those at numbers.
    fn with(self, key: &Self, value: &Self) -> Self;

    /// `===`.
    fn same(&self, other: &Self) -> bool;
    /// `== ''`.
    fn equals_empty_string(&self) -> bool;
    /// Whether this string contains, starts or ends with that string; false unless both are strings.
    fn search(&self, how: Search, needle: &Self) -> bool;

    /// The parts as strings (`String(part)`), joined; null and undefined count as nothing. Undefined when a part
    /// has no string form.
    fn concat(parts: &[Self]) -> Self;
    /// `toUpperCase` or `toLowerCase` of a string; anything else is itself.
    fn to_case(&self, case: LetterCase) -> Self;
    /// A pattern for [`Value::replace`] that finds `literal` to the letter.
    fn pattern(literal: &Self, ignore_case: bool, global: bool) -> Self;
    /// `String.prototype.replace` of a string with a [`Value::pattern`]; `$$`, `$&`, `` $` `` and `$'` in the replacement mean
    /// what they mean there.
    fn replace(&self, pattern: &Self, replacement: &Self) -> Self;
    /// `JSON.stringify`; undefined where that gives nothing or throws.
    fn to_json(&self) -> Self;
    /// `JSON.parse` of a string; the string itself where that throws, and anything else is itself.
    fn parse_json(&self) -> Self;
    /// The finite number a numeric string stands for (`Number(text)`, blank strings excluded), or NaN.
    fn parse_number(&self) -> f64;

    /// `Number(text)`, which may be infinite; not a number for all but strings.
    fn to_number(&self) -> f64;
    /// Milliseconds since 1970 of a number, a `Date` or a string; NaN of anything else, and where no calendar has the day.
    ///
    /// A number is seconds, or milliseconds from 100,000,000,000 on: 1973 in milliseconds, the year 5138 in seconds. A string that is
    /// a number is read as one, but for 4, 8 or 14 digits, which are a year, a day or a second of a calendar. A string without a
    /// zone is UTC.
    fn millis(&self) -> f64;
    /// The Liquid template rendered for `event`; undefined where that fails, or where there is nothing to render it with.
    fn liquid(template: &Self, event: &Self) -> Self {
        let _ = (template, event);
        Self::undefined()
    }
}
