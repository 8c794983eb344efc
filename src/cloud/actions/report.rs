//! What is told of one event: warnings, with keys of one cause gathered in one warning.

use crate::cloud::code::Code;
use crate::cloud::outcome::Warning;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// How many keys a warning names before it only counts them.
const NAMED: usize = 5;
/// How long a key may be in a warning, in characters.
const KEY_LENGTH: usize = 64;

/// The warnings of one event.
#[derive(Debug, Default)]
pub struct Report {
    /// In the order in which they came up.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// A warning about a field.
    pub fn warn(&mut self, code: Code, field: &str) {
        self.warnings.push(code.warning_about(field));
    }

    /// A field that took something else.
    pub fn refuse(&mut self, code: Code, field: &str, expected: &str, found: &str) {
        let message = format!("{field}: expected {expected}, found {found}; it was left out.");
        self.warnings.push(Warning { code: code.code, message });
    }
}

/// Keys of one object that share a cause.
#[derive(Debug, Default)]
pub struct Keys {
    named: Vec<String>,
    count: usize,
}

impl Keys {
    /// One more.
    pub fn push(&mut self, key: &str) {
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.push(shown(key));
        }
    }

    /// Tells of them, if there are any.
    pub fn warn(self, code: Code, field: &str, report: &mut Report) {
        if self.count == 0 {
            return;
        }
        let mut message = format!("{field} {}", self.named.join(", "));
        if self.count > self.named.len() {
            message.push_str(&format!(" and {} more", self.count - self.named.len()));
        }
        report.warnings.push(Warning { code: code.code, message: format!("{message}: {}", code.sentence) });
    }
}

/// A key as it may stand in a message: some sites make keys of e-mail addresses.
fn shown(key: &str) -> String {
    if key.contains('@') { "***".into() } else { key.chars().take(KEY_LENGTH).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::code::NESTED;

    #[test]
    fn many_keys_are_counted_and_addresses_are_not_shown() {
        let mut keys = Keys::default();
        for key in ["a", "ada@example.com", "c", "d", "e", "f", "g"] {
            keys.push(key);
        }
        let mut report = Report::default();
        keys.warn(NESTED, "metadata", &mut report);
        assert!(report.warnings[0].message.starts_with("metadata a, ***, c, d, e and 2 more: Objects"));
    }
}
