//! Enums whose variants each stand for a text: names, error codes, words of the filter language.
//!
//! All texts of an enum are one string, a line each, and a variant finds its own by counting lines. A table of strings costs
//! every visitor a pointer and a length for each of them, which compress badly: with a `match` to strings the drop-in
//! script is 541 bytes larger under brotli. Counting lines takes time in proportion to the list, so it is done when settings are
//! compiled and errors are reported, never for each event. `tests` below show what breaks when the macro is wrong.

/// The texts as one string in which every line ends. A row behind a `cfg` that does not hold is not part of it.
macro_rules! lines {
    ($($(#[cfg($when:meta)])? $text:literal),*) => {{
        const LIST: &[&str] = &[$($(#[cfg($when)])? $text),*];
        const BYTES: [u8; $crate::text_enum::joined_length(LIST)] = $crate::text_enum::join(LIST);
        match core::str::from_utf8(&BYTES) {
            Ok(text) => text,
            Err(_) => panic!(),
        }
    }};
}

/// An enum without fields, one row per variant: its doc comment, `#[cfg(…)]` where it is not part of every build, its name and its
/// text. A text holds no line feed and is not empty.
macro_rules! text_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $Enum:ident {
            $($(#[doc = $doc:literal])* $(#[cfg($when:meta)])? $Variant:ident $text:literal)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $visibility enum $Enum { $($(#[doc = $doc])* $(#[cfg($when)])? $Variant,)* }

        #[allow(dead_code)]
        impl $Enum {
            /// Every variant, in the order of their numbers.
            $visibility const ALL: &[$Enum] = &[$($(#[cfg($when)])? $Enum::$Variant),*];

            /// The text of each, a line each, in the order of their numbers.
            $visibility const TEXTS: &str = $crate::text_enum::lines!($($(#[cfg($when)])? $text),*);

            /// What it stands for.
            $visibility fn text(self) -> &'static str {
                $crate::text_enum::line($Enum::TEXTS, self as usize)
            }

            /// The one that stands for `text`.
            $visibility fn from_text(text: &str) -> Option<$Enum> {
                $Enum::from_number($crate::text_enum::position($Enum::TEXTS, text))
            }

            /// The one with that number, which the compiler turns into one comparison where a lookup in `ALL` costs a table.
            $visibility fn from_number(number: usize) -> Option<$Enum> {
                $(
                    $(#[cfg($when)])?
                    if number == $Enum::$Variant as usize {
                        return Some($Enum::$Variant);
                    }
                )*
                None
            }
        }
    };
}

/// An enum whose texts JavaScript keeps, so that a string of its own is recognised without being copied across the boundary.
pub trait Interned: Sized {
    /// How many texts of other enums are kept before those of this one.
    const BEFORE: usize;

    /// The variant with that number.
    fn from_number(number: usize) -> Option<Self>;

    /// The variant that stands for `text`.
    fn from_text(text: &str) -> Option<Self>;
}

/// Implements [`Interned`] for a `text_enum!`, after as many others.
macro_rules! interned {
    ($Enum:ident, $before:expr) => {
        impl $crate::text_enum::Interned for $Enum {
            const BEFORE: usize = $before;

            fn from_number(number: usize) -> Option<Self> {
                $Enum::from_number(number)
            }

            fn from_text(text: &str) -> Option<Self> {
                $Enum::from_text(text)
            }
        }
    };
}

pub(crate) use {interned, lines, text_enum};

/// How long the string of [`join`] is.
pub(crate) const fn joined_length(texts: &[&str]) -> usize {
    let mut length = texts.len();
    let mut i = 0;
    while i < texts.len() {
        length += texts[i].len();
        i += 1;
    }
    length
}

/// The texts one after the other, a line feed after each.
pub(crate) const fn join<const LENGTH: usize>(texts: &[&str]) -> [u8; LENGTH] {
    let mut bytes = [b'\n'; LENGTH];
    let mut to = 0;
    let mut i = 0;
    while i < texts.len() {
        let text = texts[i].as_bytes();
        let mut from = 0;
        while from < text.len() {
            bytes[to] = text[from];
            to += 1;
            from += 1;
        }
        to += 1;
        i += 1;
    }
    bytes
}

/// The line `number` of a text in which every line ends; empty when there are fewer.
pub(crate) fn line(text: &str, number: usize) -> &str {
    let mut left = number;
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'\n' {
            if left == 0 {
                return text.get(start..at).unwrap_or_default();
            }
            left -= 1;
            start = at + 1;
        }
    }
    ""
}

/// The number of the line equal to `text`; the number of lines if there is none.
pub(crate) fn position(lines: &str, text: &str) -> usize {
    find(lines, text, Extent::Whole)
}

/// The number of the first line that `text` starts with; the number of lines if there is none.
pub(crate) fn leading(lines: &str, text: &str) -> usize {
    find(lines, text, Extent::Start)
}

/// How much of a text a line has to be.
#[derive(PartialEq, Eq)]
enum Extent {
    Whole,
    Start,
}

#[inline(never)]
fn find(lines: &str, text: &str, extent: Extent) -> usize {
    let mut position = 0;
    loop {
        let word = line(lines, position);
        if word.is_empty() || text.starts_with(word) && (extent == Extent::Start || text.len() == word.len()) {
            return position;
        }
        position += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    text_enum! {
        /// Three rows, of which one is part of no build.
        enum Fruit {
            /// The first.
            Apple "apple"
            /// Of no build.
            #[cfg(any())]
            Banana "banana"
            /// The last.
            Cherry "cherry"
        }
    }

    #[test]
    fn a_row_that_is_cut_leaves_no_text() {
        assert_eq!(Fruit::TEXTS, "apple\ncherry\n");
        assert_eq!(Fruit::ALL, [Fruit::Apple, Fruit::Cherry]);
    }

    #[test]
    fn texts_and_variants_stand_for_each_other() {
        for fruit in Fruit::ALL {
            assert_eq!(Fruit::from_text(fruit.text()), Some(*fruit));
        }
        for text in ["", "banana", "app", "apples", "apple\n"] {
            assert_eq!(Fruit::from_text(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_line_that_a_text_starts_with_is_found() {
        assert_eq!(leading(Fruit::TEXTS, "apples"), 0);
        assert_eq!(leading(Fruit::TEXTS, "cherry"), 1);
        assert_eq!(leading(Fruit::TEXTS, "cherr"), 2);
    }
}
