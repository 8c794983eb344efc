//! The filter language: which events a subscription is for.
//!
//! ```
//! use intercom_destination::filter::{self, Matcher};
//! use intercom_destination::value::json::Json;
//!
//! let mut errors = Vec::new();
//! let filter = filter::parse(r#"type = "track" and properties.total >= 10"#, "filter", &mut errors).unwrap();
//! let matcher: Matcher<Json> = Matcher::new(&filter);
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
mod condition;
mod display;
mod eval;
mod lexer;
mod parse;

pub use ast::{Condition, Field, Filter, Literal, Operator, Root};
pub use eval::{EVENT_TYPES, Matcher};
pub use parse::{DEPTH, parse};
