//! A filter made ready for events of one kind of value.

use super::ast::{Condition, Field, Filter, Literal, Operator, Root};
use crate::path;
use crate::value::{self, Kind, Search, Value};
use alloc::string::String;
use alloc::vec::Vec;

/// The types an event can have, in the order of the bits of [`Matcher::event_types`].
pub const EVENT_TYPES: [&str; 5] = ["track", "page", "identify", "group", "alias"];

const ANY_TYPE: u8 = 0b1_1111;

/// Where a step leads when there is no other step to take.
const MATCH: usize = usize::MAX;
const NO_MATCH: usize = usize::MAX - 1;

/// A compiled filter: a flat list of tests, each of which names the next one. It recurses into nothing and allocates
/// nothing when it runs.
#[derive(Clone)]
pub struct Matcher<V> {
    paths: Vec<V>,
    steps: Vec<Step<V>>,
    first: usize,
    event_types: u8,
}

#[derive(Clone)]
struct Step<V> {
    path: usize,
    test: Test<V>,
    if_true: usize,
    if_false: usize,
}

#[derive(Clone)]
enum Test<V> {
    /// `===`, negated when `equal` is false.
    Text { text: V, equal: bool },
    /// A search in a string, negated when `found` is false. What is no string passes neither.
    Search { how: Search, needle: V, found: bool },
    /// A comparison with a number. What is no number passes none.
    Number { operator: Operator, number: f64 },
    /// Whether there is a value other than null.
    Exists(bool),
    /// Exactly `true`, or exactly `false`.
    Is(Kind),
}

impl<V: Value> Matcher<V> {
    /// Compiles `filter` once, for as many events as there are.
    pub fn new(filter: &Filter) -> Self {
        let mut matcher = Matcher { paths: Vec::new(), steps: Vec::new(), first: MATCH, event_types: types(filter) };
        matcher.first = matcher.compile(filter, MATCH, NO_MATCH, &mut Vec::new());
        matcher
    }

    /// Whether the event matches. Reads each field at most once in a row, and never fails.
    pub fn matches(&self, event: &V) -> bool {
        let mut known = usize::MAX;
        let mut value = V::undefined();
        let mut next = self.first;
        while let Some(step) = self.steps.get(next) {
            if let Some(path) = self.paths.get(step.path).filter(|_| known != step.path) {
                value = event.get(path);
                known = step.path;
            }
            next = if step.test.passes(&value) { step.if_true } else { step.if_false };
        }
        next == MATCH
    }

    /// Which of [`EVENT_TYPES`] could match at all: bit `i` for the type at `i`, all five bits when the filter does not
    /// say. Events of other types need not be looked at.
    ///
    /// ```
    /// use intercom_destination::filter::{Matcher, parse};
    /// use intercom_destination::value::json::Json;
    ///
    /// let filter = parse(r#"type = "identify" or type = "page""#, "filter", &mut Vec::new()).unwrap();
    /// assert_eq!(Matcher::<Json>::new(&filter).event_types(), 0b00110);
    /// ```
    pub fn event_types(&self) -> u8 {
        self.event_types
    }

    /// Adds the steps of `filter`, last first, and returns where they begin.
    fn compile<'a>(
        &mut self,
        filter: &'a Filter,
        if_true: usize,
        if_false: usize,
        fields: &mut Vec<&'a Field>,
    ) -> usize {
        match filter {
            Filter::And(children) => {
                children.iter().rev().fold(if_true, |next, child| self.compile(child, next, if_false, fields))
            }
            Filter::Or(children) => {
                children.iter().rev().fold(if_false, |next, child| self.compile(child, if_true, next, fields))
            }
            Filter::Condition(condition) => {
                let field = &condition.field;
                let path = fields.iter().position(|known| *known == field).unwrap_or_else(|| {
                    let mut keys = Vec::from([String::from(field.root.name())]);
                    keys.extend_from_slice(&field.keys);
                    self.paths.push(path::as_value(&keys));
                    fields.push(field);
                    fields.len() - 1
                });
                self.steps.push(Step { path, test: Test::new(condition), if_true, if_false });
                self.steps.len() - 1
            }
        }
    }
}

impl<V: Value> Test<V> {
    fn new(condition: &Condition) -> Self {
        let Condition { field: Field { root, .. }, operator, operand } = condition;
        let search = |how, found| Test::Search { how, needle: text(operand), found };
        let number = |operator| Test::Number { operator, number: number::<V>(operand, *root) };
        match (operator, operand) {
            (Operator::Equal, Literal::Null) if !is_always_text(*root) => Test::Exists(false),
            (Operator::NotEqual, Literal::Null) if !is_always_text(*root) => Test::Exists(true),
            (Operator::Equal, Literal::Boolean(value)) if root.has_keys() || *root == Root::UserId => is(*value),
            (Operator::Equal, Literal::Number(_)) if root.has_keys() => number(Operator::NumberEquals),
            (Operator::NotEqual, Literal::Number(_)) if root.has_keys() => number(Operator::NumberNotEquals),
            (Operator::Equal, _) => Test::Text { text: text(operand), equal: true },
            (Operator::NotEqual, _) => Test::Text { text: text(operand), equal: false },
            (Operator::Contains, _) => search(Search::Contains, true),
            (Operator::NotContains, _) => search(Search::Contains, false),
            (Operator::StartsWith, _) => search(Search::Prefix, true),
            (Operator::NotStartsWith, _) => search(Search::Prefix, false),
            (Operator::EndsWith, _) => search(Search::Suffix, true),
            (Operator::NotEndsWith, _) => search(Search::Suffix, false),
            (Operator::Match, _) => pattern(operand, true),
            (Operator::NotMatch, _) => pattern(operand, false),
            (Operator::Exists, _) => Test::Exists(true),
            (Operator::NotExists, _) => Test::Exists(false),
            (Operator::IsTrue, _) => is(true),
            (Operator::IsFalse, _) => is(false),
            (operator, _) => number(*operator),
        }
    }

    fn passes(&self, value: &V) -> bool {
        let kind = value.kind();
        match self {
            Test::Text { text, equal } => (kind == Kind::String && value.same(text)) == *equal,
            Test::Search { how, needle, found } => kind == Kind::String && value.search(*how, needle) == *found,
            Test::Number { operator, number } => {
                matches!(kind, Kind::Number | Kind::NotFinite) && compares(value.as_number(), *operator, *number)
            }
            Test::Exists(wanted) => !matches!(kind, Kind::Undefined | Kind::Null) == *wanted,
            Test::Is(wanted) => kind == *wanted,
        }
    }
}

fn is<V>(value: bool) -> Test<V> {
    Test::Is(if value { Kind::True } else { Kind::False })
}

fn is_always_text(root: Root) -> bool {
    matches!(root, Root::Type | Root::Event)
}

fn compares(value: f64, operator: Operator, number: f64) -> bool {
    match operator {
        Operator::Less => value < number,
        Operator::LessOrEqual => value <= number,
        Operator::Greater => value > number,
        Operator::GreaterOrEqual => value >= number,
        Operator::NumberNotEquals => value != number,
        _ => value == number,
    }
}

/// A search for what is left of the pattern without its `*`.
fn pattern<V: Value>(operand: &Literal, found: bool) -> Test<V> {
    let prefix = match operand {
        Literal::Text(text) => text.strip_suffix('*'),
        // Kept on purpose: a `*` ends a pattern together with the quote after it, also where both are escaped.
        Literal::Word(word) if word.ends_with("*\"") => word.strip_suffix('"'),
        _ => None,
    };
    if let Some(prefix) = prefix {
        return Test::Search { how: Search::Prefix, needle: V::string(prefix), found };
    }
    // Kept on purpose: without a `*` at the end the first character is dropped, whatever it is.
    let whole = text::<V>(operand).text();
    let mut rest = whole.chars();
    let first = rest.next();
    // Outside the basic plane only half of it is dropped, which the whole stands in for.
    let suffix = if first.is_some_and(|c| c.len_utf16() > 1) { &whole } else { rest.as_str() };
    Test::Search { how: Search::Suffix, needle: V::string(suffix), found }
}

/// `String(operand)`
fn text<V: Value>(operand: &Literal) -> V {
    match operand {
        Literal::Text(text) | Literal::Word(text) => V::string(text),
        Literal::Number(source) => V::concat(&[V::number(source_number::<V>(source))]),
        Literal::Boolean(true) => V::string("true"),
        Literal::Boolean(false) => V::string("false"),
        Literal::Null => V::string("null"),
    }
}

/// `Number(operand)`, and `Number(String(operand))` outside `properties`, `traits` and `context`.
fn number<V: Value>(operand: &Literal, root: Root) -> f64 {
    match operand {
        Literal::Number(source) => source_number::<V>(source),
        Literal::Boolean(value) if root.has_keys() => f64::from(u8::from(*value)),
        Literal::Boolean(_) | Literal::Null => f64::NAN,
        Literal::Text(text) | Literal::Word(text) => match value::trim(text) {
            "" => 0.0,
            "Infinity" | "+Infinity" => f64::INFINITY,
            "-Infinity" => f64::NEG_INFINITY,
            text => V::string(text).parse_number(),
        },
    }
}

/// A number with hundreds of digits is infinite; a sign alone is not a number.
fn source_number<V: Value>(source: &str) -> f64 {
    let number = V::string(source).parse_number();
    if !number.is_nan() || !source.ends_with(|c: char| c.is_ascii_digit()) {
        number
    } else if source.starts_with('-') {
        f64::NEG_INFINITY
    } else {
        f64::INFINITY
    }
}

fn types(filter: &Filter) -> u8 {
    match filter {
        Filter::And(children) => children.iter().fold(ANY_TYPE, |mask, child| mask & types(child)),
        Filter::Or(children) => children.iter().fold(0, |mask, child| mask | types(child)),
        Filter::Condition(Condition { field: Field { root: Root::Type, .. }, operator, operand }) => {
            let text = match operand {
                Literal::Text(text) | Literal::Word(text) => text.as_str(),
                _ => "",
            };
            let named = EVENT_TYPES.iter().position(|name| *name == text).map_or(0, |i| 1 << i);
            match operator {
                Operator::Equal => named,
                Operator::NotEqual => ANY_TYPE & !named,
                _ => ANY_TYPE,
            }
        }
        Filter::Condition(_) => ANY_TYPE,
    }
}
