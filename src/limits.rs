//! The limits that both modes have. Those of one mode are in `web/limits.rs` and `cloud/limits.rs`, those that JavaScript keeps in
//! `js/limits.js`. `docs/limits.md` has a row for each, which starts with its comment here; `tests/js/limits.test.mjs` compares them.

/// Levels of nesting in a mapping, and in a value of an event
pub const DEPTH: usize = 64;
/// Items of an array and keys of an object that are read
pub const ITEMS: usize = 10_000;
/// Objects and arrays that are copied for one event
pub const CONTAINERS: usize = 20_000;
/// Level from which on each of them counts as 20
pub const DEEP: usize = 8;
/// What each of them counts for from there on
pub const DEEP_COST: usize = 20;
/// Subscriptions of a destination
pub const SUBSCRIPTIONS: usize = 50;
/// Levels of parentheses in a filter
pub const FILTER_DEPTH: usize = 64;
/// Characters of a string, a number or a word in a filter
pub const FILTER_WORD: usize = 100_000;
/// Warnings about one filter
pub const FILTER_WARNINGS: usize = 16;
/// Characters of a pattern or a replacement of `@replace`
pub const PATTERN: usize = 10;
/// Characters of a `@liquid` template
pub const LIQUID: usize = 1000;
