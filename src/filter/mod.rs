//! The filter language: which events a subscription is for.
//!
//! ```
//! use intercom_destination::filter::{self, Matcher};
//! use intercom_destination::value::json::Json;
//!
//! let mut errors = Vec::new();
//! let text = r#"type = "track" and properties.total >= 10"#;
//! let matcher: Matcher<Json> = filter::compile(text, &mut errors).unwrap();
//! let event = serde_json::json!({ "type": "track", "properties": { "total": 12.5 } });
//! assert!(matcher.matches(&event.into()));
//! ```
//!
//! # Syntax
//! ```text
//! list      = item { ("and" | "or") item }           one of the two words in one list
//! item      = "(" list ")" | condition | ["!"] function
//! condition = field ("=" | "!=" | "<" | "<=" | ">" | ">=") operand
//! function  = ("contains" | "match") "(" field "," operand ")"
//! field     = "type" | "event" | "name" | "userId"
//!           | ("properties" | "traits" | "context") { "." key }
//! key       = letters, digits, "_", "-", starting with a letter or "_"; "\" before any other character
//! operand   = "\"" text "\"" | number | "true" | "false" | "null"
//! ```
//! A string has no escapes. `!=`, `<=`, `>=`, `and`, `or`, `null` and the end of a string need a space, `,`, `]`, `)` or the
//! end after them. White space is spaces, tabs and line feeds.
//!
//! Comparisons are strict: a number never equals a string, and `<` is true for numbers only. `= null` and `!= null` ask
//! whether a value is there, except for `type` and `event`, which are always compared as text. The pattern of `match` has
//! a `*` at its end (starts with) or at its start (ends with).
//!
//! Segment's own reader skips what it does not understand. Whatever it still reads as a filter is read alike here, with a
//! warning; what it can never match is an error.

mod ast;
mod builder;
mod condition;
mod display;
mod lexer;
mod matcher;
mod parse;
mod report;

pub use ast::{Condition, Field, Filter, Literal, Operator, Root};
pub use matcher::Matcher;

use crate::error::Error;
use crate::value::Value;
use alloc::vec::Vec;

/// The filter that `text` is, made ready for events, or `None` for one that can never match.
///
/// Pushes onto `errors` what is wrong with it, each at its column: one fault
/// with `None`, and up to 16 warnings ([`crate::error::ErrorKind::is_warning`]) about what works otherwise than it looks.
pub fn compile<V: Value>(text: &str, errors: &mut Vec<Error>) -> Option<Matcher<V>> {
    parse::parse(text, errors)
}

/// The filter that `text` is as its tree, with the same faults and warnings as [`compile`].
///
/// ```
/// use intercom_destination::filter::parse;
///
/// let mut errors = Vec::new();
/// assert!(parse("event = 'Order'", &mut errors).is_some());
/// assert_eq!(
///     errors[0].to_string(),
///     "filter column 9: expected double quotes, single quotes are part of the text, found 'Order'",
/// );
/// assert!(parse("event = \"Order", &mut errors).is_none());
/// assert_eq!(errors[1].to_string(), "filter column 9: expected a closing quote");
/// ```
pub fn parse(text: &str, errors: &mut Vec<Error>) -> Option<Filter> {
    parse::parse::<Vec<Filter>>(text, errors)?.pop()
}
