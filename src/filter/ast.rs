//! The typed syntax tree.

use super::lexer::TokenKind;
use super::words;
use crate::error::line;
use alloc::string::String;
use alloc::vec::Vec;

/// A filter as it was written, without what the language ignores.
///
/// `Display` gives its canonical text, which parses to the same tree.
///
/// ```
/// let mut errors = Vec::new();
/// let filter = intercom_destination::filter::parse("((event=\"A\" or event=\"B\" ))", "filter", &mut errors).unwrap();
/// assert_eq!(filter.to_string(), r#"event = "A" or event = "B""#);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// One comparison.
    Condition(Condition),
    /// All of these; two or more when it comes from [`super::parse`].
    And(Vec<Filter>),
    /// Any of these; two or more when it comes from [`super::parse`].
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

/// The fields of an event that a filter may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// `type`
    Type,
    /// `event`
    Event,
    /// `name`
    Name,
    /// `userId`
    UserId,
    /// `properties`
    Properties,
    /// `traits`
    Traits,
    /// `context`
    Context,
}

impl Root {
    const NAMES: &str = "type\nevent\nname\nuserId\nproperties\ntraits\ncontext\n";
    const ALL: [Root; 7] =
        [Root::Type, Root::Event, Root::Name, Root::UserId, Root::Properties, Root::Traits, Root::Context];

    /// The field's name in an event and in a filter.
    pub fn name(self) -> &'static str {
        line(Root::NAMES, self as usize)
    }

    /// Whether the field holds others, so that a filter names a path in it.
    pub fn has_keys(self) -> bool {
        matches!(self, Root::Properties | Root::Traits | Root::Context)
    }

    /// The field whose name comes first, whatever follows.
    pub(super) fn leading(path: &str) -> Option<Root> {
        Root::ALL.get(words::leading(Root::NAMES, path)).copied()
    }
}

/// How a value is compared with an operand.
///
/// Those written as words before the operand (`properties.x starts_with "a"`) are Segment's names for what a condition
/// compiles to; its reader takes them wherever an operator may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `=`: the same text; in `properties`, `traits` and `context` the same number, too.
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `contains(field, operand)`
    Contains,
    /// `!contains(field, operand)`: a string without it; true for strings only.
    NotContains,
    /// `starts_with`
    StartsWith,
    /// `not_starts_with`
    NotStartsWith,
    /// `ends_with`
    EndsWith,
    /// `not_ends_with`
    NotEndsWith,
    /// `exists`; the operand means nothing.
    Exists,
    /// `not_exists`; the operand means nothing.
    NotExists,
    /// `is_true`; the operand means nothing.
    IsTrue,
    /// `is_false`; the operand means nothing.
    IsFalse,
    /// `number_equals`
    NumberEquals,
    /// `number_not_equals`: another number; true for numbers only.
    NumberNotEquals,
    /// `match(field, operand)`
    Match,
    /// `!match(field, operand)`: a string that does not match; true for strings only.
    NotMatch,
}

impl Operator {
    /// The words and signs of [`Operator::INFIX`], in its order, which is that of the operators.
    const TEXTS: &str = concat!(
        "=\n!=\n<\n<=\n>\n>=\ncontains\nnot_contains\nstarts_with\nnot_starts_with\nends_with\nnot_ends_with\nexists\n",
        "not_exists\nis_true\nis_false\nnumber_equals\nnumber_not_equals\n",
    );

    /// Those that stand between field and operand. `match` is not among them.
    const INFIX: [Operator; 18] = [
        Operator::Equal,
        Operator::NotEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
        Operator::Contains,
        Operator::NotContains,
        Operator::StartsWith,
        Operator::NotStartsWith,
        Operator::EndsWith,
        Operator::NotEndsWith,
        Operator::Exists,
        Operator::NotExists,
        Operator::IsTrue,
        Operator::IsFalse,
        Operator::NumberEquals,
        Operator::NumberNotEquals,
    ];

    pub(super) fn infix(text: &str) -> Option<Operator> {
        Operator::INFIX.get(words::position(Operator::TEXTS, text)).copied()
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Operator::Match => "match",
            Operator::NotMatch => "!match",
            _ => line(Operator::TEXTS, self as usize),
        }
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
