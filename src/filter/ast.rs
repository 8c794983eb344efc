//! The typed syntax tree.

use super::lexer::TokenKind;
use crate::text_enum::{leading, text_enum};
use alloc::string::String;
use alloc::vec::Vec;

/// A filter as it was written, without what the language ignores.
///
/// `Display` gives its canonical text, which parses to the same tree.
///
/// ```
/// let mut errors = Vec::new();
/// let filter = intercom_destination::filter::parse("((event=\"A\" or event=\"B\" ))", &mut errors).unwrap();
/// assert_eq!(filter.to_string(), r#"event = "A" or event = "B""#);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// One comparison.
    Condition(Condition),
    /// All of these; two or more when it comes from [`parse()`](super::parse()).
    And(Vec<Filter>),
    /// Any of these; two or more when it comes from [`parse()`](super::parse()).
    Or(Vec<Filter>),
}

/// What is compared, how, and with what.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Where the value is in the event.
    pub field: Field,
    /// How it is compared.
    pub operator: Operator,
    /// What it is compared with.
    pub operand: Literal,
}

/// A place in an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The event's own field.
    pub root: Root,
    /// The keys to follow from there: one or more in `properties`, `traits` and `context`, none otherwise. No key is
    /// empty or holds `.`, `[` or `]`, which separate.
    pub keys: Vec<String>,
}

text_enum! {
    /// The fields of an event that a filter may name.
    pub enum Root {
        /// `type`
        Type "type"
        /// `event`
        Event "event"
        /// `name`
        Name "name"
        /// `userId`
        UserId "userId"
        /// `properties`
        Properties "properties"
        /// `traits`
        Traits "traits"
        /// `context`
        Context "context"
    }
}

impl Root {
    /// Whether the field holds others, so that a filter names a path in it.
    pub fn has_keys(self) -> bool {
        matches!(self, Root::Properties | Root::Traits | Root::Context)
    }

    /// The field whose name comes first, whatever follows.
    pub(super) fn leading(path: &str) -> Option<Root> {
        Root::from_number(leading(Root::TEXTS, path))
    }
}

text_enum! {
    /// How a value is compared with an operand.
    ///
    /// Those written as words before the operand (`properties.x starts_with "a"`) are Segment's names for what a condition
    /// compiles to; its reader takes them wherever an operator may stand.
    pub enum Operator {
        /// `=`: the same text; in `properties`, `traits` and `context` the same number, too.
        Equal "="
        /// `!=`
        NotEqual "!="
        /// `<`
        Less "<"
        /// `<=`
        LessOrEqual "<="
        /// `>`
        Greater ">"
        /// `>=`
        GreaterOrEqual ">="
        /// `contains(field, operand)`
        Contains "contains"
        /// `!contains(field, operand)`: a string without it; true for strings only.
        NotContains "not_contains"
        /// `starts_with`
        StartsWith "starts_with"
        /// `not_starts_with`
        NotStartsWith "not_starts_with"
        /// `ends_with`
        EndsWith "ends_with"
        /// `not_ends_with`
        NotEndsWith "not_ends_with"
        /// `exists`; the operand means nothing.
        Exists "exists"
        /// `not_exists`; the operand means nothing.
        NotExists "not_exists"
        /// `is_true`; the operand means nothing.
        IsTrue "is_true"
        /// `is_false`; the operand means nothing.
        IsFalse "is_false"
        /// `number_equals`
        NumberEquals "number_equals"
        /// `number_not_equals`: another number; true for numbers only.
        NumberNotEquals "number_not_equals"
        /// `match(field, operand)`
        Match "match"
        /// `!match(field, operand)`: a string that does not match; true for strings only.
        NotMatch "!match"
    }
}

impl Operator {
    /// The operator that `text` is between a field and an operand, where `match` is none.
    pub(super) fn infix(text: &str) -> Option<Operator> {
        Operator::from_text(text).filter(|operator| !matches!(operator, Operator::Match | Operator::NotMatch))
    }

    /// Whether only numbers pass.
    pub(super) fn is_numeric(self) -> bool {
        use Operator::{Greater, GreaterOrEqual, Less, LessOrEqual, NumberEquals, NumberNotEquals};
        matches!(self, Less | LessOrEqual | Greater | GreaterOrEqual | NumberEquals | NumberNotEquals)
    }

    /// What this comes to for a field and a kind of operand: what is no text is not always compared as text.
    pub(super) fn for_operand(self, root: Root, operand: TokenKind) -> Operator {
        let is_always_text = matches!(root, Root::Type | Root::Event);
        match (self, operand) {
            (Operator::Equal, TokenKind::Null) if !is_always_text => Operator::NotExists,
            (Operator::NotEqual, TokenKind::Null) if !is_always_text => Operator::Exists,
            (Operator::Equal, TokenKind::True) if root.has_keys() || root == Root::UserId => Operator::IsTrue,
            (Operator::Equal, TokenKind::False) if root.has_keys() || root == Root::UserId => Operator::IsFalse,
            (Operator::Equal, TokenKind::Number) if root.has_keys() => Operator::NumberEquals,
            (Operator::NotEqual, TokenKind::Number) if root.has_keys() => Operator::NumberNotEquals,
            _ => self,
        }
    }
}

/// What stands after an operator.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `"text"`, without the quotes. Single quotes do not quote: `'text'` is the text with them.
    Text(String),
    /// A number as it was written: an optional sign, digits, at most one decimal point. A sign alone is not a number
    /// (NaN).
    Number(String),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// A bare word, or any other token where an operand should stand, as text.
    Word(String),
}
