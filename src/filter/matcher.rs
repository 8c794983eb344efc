//! A filter made ready for events of one kind of value.

use super::ast::{Operator, Root};
use super::builder::{Comparison, Conjunction, FilterBuilder};
use super::lexer::TokenKind;
use crate::event_type::EventType;
use crate::value::{Search, Value, ValueKind};
use alloc::vec::Vec;

/// Where there is no other step to take: what the last one came to is what the filter comes to.
const END: usize = usize::MAX;

/// A compiled filter: a flat list of tests, each of which names the next one. It recurses into nothing and allocates
/// nothing when it runs.
#[derive(Clone)]
pub struct Matcher<V> {
    steps: Vec<Step<V>>,
}

#[derive(Clone)]
struct Step<V> {
    path: V,
    /// Equal for equal paths.
    field: usize,
    operator: Operator,
    /// What a string is compared with, or searched for.
    text: V,
    /// What a number is compared with.
    number: f64,
    /// The next step when this one fails and when it passes.
    next: [usize; 2],
    /// How deep the list is that this step is an item of, or the first one of an item.
    depth: usize,
    /// The event types that could pass the item that this step starts.
    types: u8,
}

impl<V: Value> Matcher<V> {
    /// Whether the event matches. Reads each field at most once in a row, and never fails.
    pub fn matches(&self, event: &V) -> bool {
        let mut known = END;
        let mut value = V::undefined();
        let mut next = 0;
        let mut passes = false;
        while let Some(step) = self.steps.get(next) {
            if known != step.field {
                value = event.get(&step.path);
                known = step.field;
            }
            passes = step.passes(&value);
            next = step.next[usize::from(passes)];
        }
        passes
    }

    /// Which of the types of [`EventType`] could match at all: bit `i` for the type `i`, all five bits when the filter does not say. Events of other types need not be looked at.
    ///
    /// ```
    /// use intercom_destination::filter::{self, Matcher};
    /// use intercom_destination::value::json::Json;
    ///
    /// let text = r#"type = "identify" or type = "page""#;
    /// let matcher: Matcher<Json> = filter::compile(text, &mut Vec::new()).unwrap();
    /// assert_eq!(matcher.event_types(), 0b00110);
    /// ```
    pub fn event_types(&self) -> u8 {
        self.steps.first().map_or(0, |step| step.types)
    }
}

impl<V> Default for Matcher<V> {
    fn default() -> Self {
        Matcher { steps: Vec::new() }
    }
}

impl<V: Value> FilterBuilder for Matcher<V> {
    fn len(&self) -> usize {
        self.steps.len()
    }

    fn push(&mut self, comparison: Comparison, depth: usize) {
        let Comparison { root, field, kind, operand, .. } = comparison;
        let mut keys = Vec::new();
        keys.push(V::string(root.text()));
        comparison.each_key(|key| keys.push(V::string(key)));
        let path = V::array(&keys);

        let mut operator = comparison.test;
        let mut text = V::string(operand);
        let number = number(&text, kind, root);
        if kind == TokenKind::Number {
            text = V::concat(&[V::number(number)]);
        }
        if matches!(operator, Operator::Match | Operator::NotMatch) {
            // Kept on purpose: a `*` ends a pattern together with the quote after it, also where both are escaped.
            let is_prefix = match kind {
                TokenKind::Text => operand.ends_with("*"),
                TokenKind::Word => operand.ends_with("*\""),
                _ => false,
            };
            // Kept on purpose: without a `*` at the end the first character is dropped, whatever it is. Outside the
            // basic plane only half of it is dropped, which the whole stands in for.
            let whole = text.text();
            let part = match is_prefix {
                true => whole.get(..whole.len() - 1),
                false => (1..4).find_map(|bytes| whole.get(bytes..)),
            };
            text = V::string(part.unwrap_or(&whole));
            operator = match (operator, is_prefix) {
                (Operator::Match, true) => Operator::StartsWith,
                (Operator::Match, false) => Operator::EndsWith,
                (_, true) => Operator::NotStartsWith,
                (_, false) => Operator::NotEndsWith,
            };
        }

        let named = EventType::bit(operand);
        let types = match operator {
            Operator::Equal if root == Root::Type => named,
            Operator::NotEqual if root == Root::Type => EventType::ANY & !named,
            _ => EventType::ANY,
        };
        self.steps.push(Step { path, field, operator, text, number, next: [END; 2], depth, types });
    }

    fn join(&mut self, from: usize, depth: usize, conjunction: Conjunction) {
        let is_or = conjunction == Conjunction::Or;
        let mut following = END;
        let mut types = if is_or { 0 } else { EventType::ANY };
        let mut at = self.steps.len();
        while at > from
            && let Some(step) = self.steps.get_mut(at - 1)
        {
            at -= 1;
            let next = &mut step.next[usize::from(!is_or)];
            if *next == END {
                *next = following;
            }
            if step.depth == depth {
                following = at;
                types = if is_or { types | step.types } else { types & step.types };
            }
        }
        if let Some(first) = self.steps.get_mut(from) {
            first.types = types;
            first.depth = depth.wrapping_sub(1);
        }
    }

    fn truncate(&mut self, from: usize) {
        self.steps.truncate(from);
    }
}

impl<V: Value> Step<V> {
    fn passes(&self, value: &V) -> bool {
        use Operator::*;
        let kind = value.kind();
        let is_negated =
            matches!(self.operator, NotEqual | NotContains | NotStartsWith | NotEndsWith | NotExists | NumberNotEquals);
        let search = match self.operator {
            Contains | NotContains => Some(Search::Contains),
            StartsWith | NotStartsWith => Some(Search::Prefix),
            EndsWith | NotEndsWith => Some(Search::Suffix),
            _ => None,
        };
        if let Some(how) = search {
            return kind == ValueKind::String && value.search(how, &self.text) != is_negated;
        }
        let passes = match self.operator {
            Equal | NotEqual => value.same(&self.text),
            Exists | NotExists => !matches!(kind, ValueKind::Undefined | ValueKind::Null),
            IsTrue => kind == ValueKind::True,
            IsFalse => kind == ValueKind::False,
            _ if !matches!(kind, ValueKind::Number | ValueKind::NotFinite) => return false,
            operator => {
                let value = value.as_number();
                match operator {
                    Less => value < self.number,
                    LessOrEqual => value <= self.number,
                    Greater => value > self.number,
                    GreaterOrEqual => value >= self.number,
                    _ => value == self.number,
                }
            }
        };
        passes != is_negated
    }
}

/// `Number(operand)`, and `Number(String(operand))` outside `properties`, `traits` and `context`.
fn number<V: Value>(text: &V, kind: TokenKind, root: Root) -> f64 {
    match kind {
        TokenKind::True if root.has_keys() => return 1.0,
        TokenKind::False if root.has_keys() => return 0.0,
        _ => {}
    }
    text.to_number()
}
