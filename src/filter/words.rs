//! Lists of words, a line each: one text takes fewer bytes than a table of texts.

use crate::error::line;

/// Where the first word of a list stands that `text` is, or only starts with; after the last one when there is none.
#[inline(never)]
fn find(list: &str, text: &str, is_whole: bool) -> usize {
    let mut position = 0;
    loop {
        let word = line(list, position);
        if word.is_empty() || text.starts_with(word) && (!is_whole || text.len() == word.len()) {
            return position;
        }
        position += 1;
    }
}

/// Where `text` stands in a list; after the last word when it does not.
pub fn position(list: &str, text: &str) -> usize {
    find(list, text, true)
}

/// Where the word stands that `text` starts with; after the last word when there is none.
pub fn leading(list: &str, text: &str) -> usize {
    find(list, text, false)
}
