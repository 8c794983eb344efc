//! What `String.prototype.replace` does with a literal pattern.

use alloc::string::String;

/// Where `literal` stands next, as byte offsets.
pub(super) fn find(text: &str, from: usize, literal: &str, ignore_case: bool) -> Option<(usize, usize)> {
    let same = |a: char, b: char| a == b || ignore_case && a.to_uppercase().eq(b.to_uppercase());
    text[from..].char_indices().find_map(|(at, _)| {
        let start = from + at;
        let mut rest = text[start..].char_indices();
        let mut end = start;
        for wanted in literal.chars() {
            let (offset, c) = rest.next()?;
            if !same(c, wanted) {
                return None;
            }
            end = start + offset + c.len_utf8();
        }
        Some((start, end))
    })
}

/// Appends a replacement, its `$` patterns filled in.
pub(super) fn push_replacement(out: &mut String, replacement: &str, text: &str, start: usize, end: usize) {
    let mut rest = replacement;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let (part, length) = match rest.as_bytes().get(at + 1) {
            Some(b'$') => ("$", 2),
            Some(b'&') => (&text[start..end], 2),
            Some(b'`') => (&text[..start], 2),
            Some(b'\'') => (&text[end..], 2),
            _ => ("$", 1),
        };
        out.push_str(part);
        rest = &rest[at + length..];
    }
    out.push_str(rest);
}
