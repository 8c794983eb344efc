//! What is said about a filter.

use crate::error::{Error, ErrorKind};
use crate::limits::FILTER_WARNINGS;
use crate::location::Part;
use alloc::vec::Vec;

/// As many characters of a filter as a sentence repeats.
const FOUND: usize = 40;

pub(super) struct Report<'a> {
    pub source: &'a str,
    pub errors: &'a mut Vec<Error>,
    pub warnings: usize,
}

impl Report<'_> {
    /// Adds what is wrong at the byte `at`, where `found` stands.
    #[inline(never)]
    pub(super) fn push(&mut self, kind: ErrorKind, at: usize, found: &str) {
        if kind.is_warning() {
            self.warnings += 1;
            if self.warnings > FILTER_WARNINGS {
                return;
            }
        }
        let column = characters(self.source, at, usize::MAX).0 + 1;
        // Where a character cannot stand, it is the first of what is left.
        let most = if kind == ErrorKind::FilterCharacter { 1 } else { FOUND };
        let (_, end) = characters(found, found.len(), most);
        self.errors.push(Error::new(kind, Part::Filter { column }, found.get(..end).unwrap_or_default()));
    }
}

/// How many characters start in the first `bytes` bytes, `most` at most, and where the last of them ends.
fn characters(text: &str, bytes: usize, most: usize) -> (usize, usize) {
    let mut count = 0;
    let mut end = 0;
    for byte in text.bytes().take(bytes) {
        if !is_continuation(byte) {
            if count == most {
                break;
            }
            count += 1;
        }
        end += 1;
    }
    (count, end)
}

/// Whether this is not the first byte of a character.
pub(super) fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}
