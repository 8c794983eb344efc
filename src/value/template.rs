//! Templates: `{{path}}` and `{{{path}}}` in a text.
//!
//! This splits them for values on the host; js/engine/text.js does for a browser's.

use crate::value;
use alloc::vec::Vec;

/// Splits a template at its placeholders, all of three braces first, then those of two between them: texts and, in every second
/// place, paths.
pub fn split(template: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, path, after)) = placeholder(rest, "{{{", "}}}") {
        push_parts(&mut parts, before);
        parts.push(path);
        rest = after;
    }
    push_parts(&mut parts, rest);
    parts
}

fn push_parts<'a>(parts: &mut Vec<&'a str>, mut rest: &'a str) {
    while let Some((before, path, after)) = placeholder(rest, "{{", "}}") {
        parts.extend([before, path]);
        rest = after;
    }
    parts.push(rest);
}

/// The first placeholder between `open` and `close`: what is before it, its path, and what is after it. A path holds no
/// closing brace, but may start with an opening one.
fn placeholder<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        if !rest.starts_with(open) {
            let mut next = rest.char_indices().skip(1);
            at += next.find(|(_, c)| *c == '{')?.0;
            continue;
        }
        let start = at + open.len();
        let path = text.get(start..)?;
        let length = path.find('}')?;
        let after = path.get(length..)?;
        if length > 0 && after.starts_with(close) {
            return Some((text.get(..at)?, value::trim(path.get(..length)?), after.get(close.len()..)?));
        }
        // Every opening brace before this closing one meets the same end.
        at = start + length;
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn splits_as_the_mapping_language_does() {
        for (template, expected) in [
            ("", &[""][..]),
            ("a", &["a"]),
            ("{{a}}", &["", "a", ""]),
            ("x{{ a }}{{{ b }}}y", &["x", "a", "", "b", "y"]),
            ("{{{{a}}}}", &["", "{a", "}"]),
            ("{{{a}}", &["", "{a", ""]),
            ("{{{}}}", &["", "{", "}"]),
            ("{{a}{{b}}", &["{{a}", "b", ""]),
        ] {
            assert_eq!(split(template), expected, "{template}");
        }
    }
}
