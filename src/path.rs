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
    match path.find("$.") {
        Some(at) => {
            let mut rest = String::from(&path[..at]);
            rest.push_str(&path[at + 2..]);
            as_value(&keys(&rest))
        }
        None => as_value(&keys(path)),
    }
}

/// The keys of a template placeholder: a path in which `$` has no special meaning.
pub fn compile_placeholder<V: Value>(path: &str) -> V {
    as_value(&keys(path))
}

/// An array value of these keys.
pub fn as_value<V: Value>(keys: &[String]) -> V {
    let keys: Vec<V> = keys.iter().map(|key| V::string(key)).collect();
    V::array(&keys)
}

fn keys(path: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut key = String::new();
    let mut previous = '\0';
    let mut characters = path.chars().peekable();
    let mut closing = false;
    while let Some(c) = characters.next() {
        closing = c == ']' && (closing || is_quote_or_digit(previous));
        let separates = match c {
            '.' => true,
            '[' => characters.peek().copied().is_some_and(is_quote_or_digit),
            _ => closing,
        };
        if separates {
            push_key(&mut keys, &mut key);
        } else {
            key.push(c);
        }
        previous = c;
    }
    push_key(&mut keys, &mut key);
    keys
}

fn push_key(keys: &mut Vec<String>, key: &mut String) {
    if !key.is_empty() {
        keys.push(key.replace(['"', '\''], ""));
        key.clear();
    }
}

fn is_quote_or_digit(c: char) -> bool {
    c == '"' || c == '\'' || c.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::keys;

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
        ] {
            assert_eq!(keys(path), expected, "{path}");
        }
    }
}
