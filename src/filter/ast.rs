//! The typed syntax tree.

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
    const ALL: [Root; 7] =
        [Root::Type, Root::Event, Root::Name, Root::UserId, Root::Properties, Root::Traits, Root::Context];

    /// The field's name in an event and in a filter.
    pub fn name(self) -> &'static str {
        match self {
            Root::Type => "type",
            Root::Event => "event",
            Root::Name => "name",
            Root::UserId => "userId",
            Root::Properties => "properties",
            Root::Traits => "traits",
            Root::Context => "context",
        }
    }

    /// Whether the field holds others, so that a filter names a path in it.
    pub fn has_keys(self) -> bool {
        matches!(self, Root::Properties | Root::Traits | Root::Context)
    }

    pub(super) fn named(name: &str) -> Option<Root> {
        Root::ALL.into_iter().find(|root| root.name() == name)
    }

    /// The field whose name comes before the first dot.
    pub(super) fn heading(path: &str) -> Option<Root> {
        Root::ALL.into_iter().find(|root| {
            let rest = path.strip_prefix(root.name());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// The field with keys whose name comes first, whatever follows.
    pub(super) fn starting(name: &str) -> Option<Root> {
        Root::ALL.into_iter().find(|root| root.has_keys() && name.starts_with(root.name()))
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
    /// `match(field, operand)`
    Match,
    /// `!match(field, operand)`: a string that does not match; true for strings only.
    NotMatch,
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
}

impl Operator {
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
        Operator::INFIX.into_iter().find(|operator| operator.text() == text)
    }

    /// Whether only numbers pass.
    pub(super) fn is_numeric(self) -> bool {
        use Operator::{Greater, GreaterOrEqual, Less, LessOrEqual, NumberEquals, NumberNotEquals};
        matches!(self, Less | LessOrEqual | Greater | GreaterOrEqual | NumberEquals | NumberNotEquals)
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::Contains => "contains",
            Operator::NotContains => "not_contains",
            Operator::Match => "match",
            Operator::NotMatch => "!match",
            Operator::StartsWith => "starts_with",
            Operator::NotStartsWith => "not_starts_with",
            Operator::EndsWith => "ends_with",
            Operator::NotEndsWith => "not_ends_with",
            Operator::Exists => "exists",
            Operator::NotExists => "not_exists",
            Operator::IsTrue => "is_true",
            Operator::IsFalse => "is_false",
            Operator::NumberEquals => "number_equals",
            Operator::NumberNotEquals => "number_not_equals",
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
