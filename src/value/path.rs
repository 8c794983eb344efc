//! Paths into an event: `$.a.b[0]['c d']` becomes the keys to follow.

use crate::value::Value;
use alloc::string::String;
use alloc::vec::Vec;

/// The keys of a mapping path, as an array value for [`Value::get`].
///
/// The first `$.` is dropped wherever it stands. An empty path and `.` are the whole value.
///
/// # Syntax
/// Keys are separated by `.`, by `[` before a quote or a digit, and by `]` after one; quotes are dropped. A key may
/// hold spaces. There is no escape: a dot always separates, also between quotes.
pub fn compile<V: Value>(path: &str) -> V {
    V::path(&V::string(path))
}

/// An array value of these keys.
pub fn as_value<V: Value>(keys: &[String]) -> V {
    let keys: Vec<V> = keys.iter().map(|key| V::string(key)).collect();
    V::array(&keys)
}

/// What becomes of the first `$.` of a path.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RootPrefix {
    /// It is dropped, as in a mapping.
    Drop,
    /// It has no special meaning, as in a template.
    Keep,
}

/// The keys of a path, for native values; js/engine/text.js finds them for a browser's.
#[cfg(not(target_arch = "wasm32"))]
pub fn keys(path: &str, prefix: RootPrefix) -> Vec<String> {
    let mut keys = Vec::new();
    let mut key = Vec::new();
    let mut is_key = false;
    let mut previous = b'\0';
    let mut closing = false;
    let mut bytes = path.as_bytes().to_vec();
    if prefix == RootPrefix::Drop
        && let Some(root) = bytes.windows(2).position(|pair| pair == b"$.")
    {
        bytes.drain(root..root + 2);
    }
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        let next = bytes.get(at).copied().unwrap_or_default();
        closing = byte == b']' && (closing || is_quote_or_digit(previous));
        if byte == b'.' || byte == b'[' && is_quote_or_digit(next) || closing {
            if is_key {
                keys.push(text(core::mem::take(&mut key)));
            }
            is_key = false;
        } else {
            is_key = true;
            if byte != b'"' && byte != b'\'' {
                key.push(byte);
            }
        }
        previous = byte;
    }
    if is_key {
        keys.push(text(key));
    }
    keys
}

/// A path's bytes are kept in order and only ASCII is left out, so a key stays well-formed.
#[cfg(not(target_arch = "wasm32"))]
fn text(key: Vec<u8>) -> String {
    String::from_utf8(key).expect("a part of a path between ASCII characters")
}

#[cfg(not(target_arch = "wasm32"))]
fn is_quote_or_digit(byte: u8) -> bool {
    byte == b'"' || byte == b'\'' || byte.is_ascii_digit()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{RootPrefix, keys};

    #[test]
    fn splits_as_the_mapping_language_does() {
        for (path, expected) in [
            ("", &[][..]),
            (".", &[]),
            ("a.b", &["a", "b"]),
            ("a[0].b", &["a", "0", "b"]),
            ("a['b c'].d", &["a", "b c", "d"]),
            ("a[\"b.c\"]", &["a", "b", "c"]),
            ("a[x].b", &["a[x]", "b"]),
            ("a[0]]].b", &["a", "0", "b"]),
            ("a..b", &["a", "b"]),
            ("a]b", &["a]b"]),
            ("$.a.$.b", &["a", "$", "b"]),
            ("a$.b", &["ab"]),
            ("[$.0]", &["0"]),
            ("''", &[""]),
        ] {
            assert_eq!(keys(path, RootPrefix::Drop), expected, "{path}");
        }
    }
}
