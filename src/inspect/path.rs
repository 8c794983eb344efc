//! Paths in the settings: for what shows people where to look.

use crate::name::Name;
use crate::value::{Value, ValueKind};
use alloc::string::String;
use alloc::vec::Vec;

/// One step of a path: a property of an object, or an item of an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The property of that name.
    Name(String),
    /// The item at that index.
    Index(usize),
}

/// `keys` as a path from `value`, as far as it exists.
pub(super) fn follow<V: Value>(value: &V, keys: &[String]) -> Vec<Key> {
    let mut path = Vec::new();
    let mut value = value.clone();
    for key in keys {
        let is_list = value.kind() == ValueKind::Array;
        let mut entries = value.entries().into_iter();
        let Some((_, part)) = entries.find(|(name, _)| name.text() == *key) else { break };
        path.push(match key.parse() {
            Ok(index) if is_list => Key::Index(index),
            _ => Key::Name(key.clone()),
        });
        value = part;
    }
    path
}

/// [`follow`] in a whole mapping. The directive of its root key is resolved on all the other keys, as if they stood in the
/// directive's own `mapping`.
pub(super) fn in_mapping<V: Value>(mapping: &V, keys: &[String]) -> Vec<Key> {
    if let [root, _, option, rest @ ..] = keys
        && root == Name::Root.text()
        && option == Name::Mapping.text()
    {
        let path = follow(mapping, rest);
        if !path.is_empty() {
            return path;
        }
    }
    follow(mapping, keys)
}

/// As how many UTF-16 code units the first `characters` characters count.
pub(super) fn offset(text: &str, characters: usize) -> usize {
    text.chars().take(characters).map(char::len_utf16).sum()
}
