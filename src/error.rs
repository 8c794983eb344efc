//! What can be wrong with settings, filters, mappings and events, as data: a stable code, a place and a sentence.

use alloc::string::String;
use core::fmt;

/// A fault or a warning: what kind, where, and what was found there.
///
/// The sentence is in [`Error::sentence`] and `Display`: `"{place}: {what was expected}, found {found}"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong; its [`Kind::code`] is stable.
    pub kind: Kind,
    /// Where, outermost first: `subscription "Order" mapping company.name.@if.then`, `subscription "Order" filter column 8`.
    pub place: String,
    /// What stood there, empty where there is nothing to show. Never a value that could be secret.
    pub found: String,
}

/// One row per kind: its name, its stable code, and the sentence that says what was expected.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $code:literal $expected:literal)*) => {
        /// The kinds of fault, each with a stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind { $($(#[$doc])* $name,)* }

        impl Kind {
            /// The code programs may rely on; it does not change between versions.
            pub fn code(self) -> &'static str {
                match self { $(Kind::$name => $code,)* }
            }

            /// What was expected, or what happens, as a sentence without a full stop.
            pub fn expected(self) -> &'static str {
                match self { $(Kind::$name => $expected,)* }
            }
        }
    };
}

kinds! {
    /// A setting is missing or has the wrong type or form.
    SettingText "setting_invalid" "expected a non-empty string"
}

impl Error {
    /// A fault of `kind` at `place`, where `found` stood.
    pub fn new(kind: Kind, place: impl Into<String>, found: impl Into<String>) -> Self {
        Error { kind, place: place.into(), found: found.into() }
    }

    /// The sentence a person reads, built without the formatting machinery, whose bytes visitors would download.
    pub fn sentence(&self) -> String {
        let mut out = String::new();
        if !self.place.is_empty() {
            out.push_str(&self.place);
            out.push_str(": ");
        }
        out.push_str(self.kind.expected());
        if !self.found.is_empty() {
            out.push_str(", found ");
            out.push_str(&self.found);
        }
        out
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}
