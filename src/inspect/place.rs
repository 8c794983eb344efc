//! Places in words, as errors carry them, found again in the settings: for what shows people where to look.

use crate::value::{Value, ValueKind};
use alloc::string::String;
use alloc::vec::Vec;

/// One step of a path: a property of an object, or an item of an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The property of that name.
    Name(String),
    /// The item at that place.
    Index(usize),
}

/// What the root key's directive is resolved on: all the other keys of its mapping, which a place names through this.
const REST: &str = ".mapping.";
const ROOT: &str = "__segment_internal_directive";

/// The path from `value` to the place `words`, keys with dots between them, as far as it exists. Keys may hold dots
/// themselves: the longest key that leads on is the one that is meant.
///
/// ```
/// use intercom_destination::inspect::{Key, find};
/// use intercom_destination::value::json::Json;
///
/// let mapping = Json::from(serde_json::json!({ "a": { "b": 1 }, "a.b": [{ "c": 2 }] }));
/// let name = |name: &str| Key::Name(name.into());
/// assert_eq!(find(&mapping, "a.b.0.c"), [name("a.b"), Key::Index(0), name("c")]);
/// assert_eq!(find(&mapping, "a.b.1"), [name("a.b")]);
/// assert_eq!(find(&mapping, "a.x"), [name("a")]);
/// ```
pub fn find<V: Value>(value: &V, words: &str) -> Vec<Key> {
    let mut best = Vec::new();
    let mut best_left = words.len();
    follow(value, words, &mut Vec::new(), &mut best, &mut best_left);
    best
}

/// [`find`] in a whole mapping, in which the root key's directive stands around all other keys.
pub fn find_in_mapping<V: Value>(mapping: &V, words: &str) -> Vec<Key> {
    let within = words.strip_prefix(ROOT).and_then(|rest| rest.split_once(REST));
    match within.map(|(_, rest)| find(mapping, rest)) {
        Some(path) if !path.is_empty() => path,
        _ => find(mapping, words),
    }
}

/// Whether all of `words` leads somewhere. The way that leads furthest is left in `best`.
fn follow<V: Value>(value: &V, words: &str, path: &mut Vec<Key>, best: &mut Vec<Key>, best_left: &mut usize) -> bool {
    if words.len() < *best_left {
        best.clone_from(path);
        *best_left = words.len();
    }
    if words.is_empty() {
        return true;
    }
    if !matches!(value.kind(), ValueKind::Object | ValueKind::Array) {
        return false;
    }
    let mut fitting: Vec<_> = value
        .entries()
        .into_iter()
        .filter_map(|(key, part)| {
            let key = key.text();
            let rest = words.strip_prefix(key.as_str())?;
            let rest = if rest.is_empty() { rest } else { rest.strip_prefix('.')? };
            Some((key, rest.len(), part))
        })
        .collect();
    fitting.sort_by_key(|(_, left, _)| *left);
    for (key, left, part) in fitting {
        path.push(match key.parse() {
            Ok(index) if value.kind() == ValueKind::Array => Key::Index(index),
            _ => Key::Name(key),
        });
        if follow(&part, &words[words.len() - left..], path, best, best_left) {
            return true;
        }
        path.pop();
    }
    false
}

/// As how many UTF-16 code units the first `characters` characters count.
pub fn offset(text: &str, characters: usize) -> usize {
    text.chars().take(characters).map(char::len_utf16).sum()
}
