//! What a filter can be read into: a tree for people, a matcher for events.

use super::ast::{Condition, Field, Filter, Literal, Operator, Root};
use super::lexer::TokenKind;
use alloc::string::String;
use alloc::vec::Vec;

/// Items one after the other, of which some become one.
pub(super) trait FilterBuilder: Default {
    /// How much there is.
    fn len(&self) -> usize;
    /// Adds a condition as an item of a list at `depth`.
    fn push(&mut self, condition: Comparison, depth: usize);
    /// Makes one item of those from `from` on, at least one, all of the list at `depth`.
    fn join(&mut self, from: usize, depth: usize, conjunction: Conjunction);
    /// Drops the items from `from` on.
    fn truncate(&mut self, from: usize);
}

/// What joins the items of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Conjunction {
    /// All of them have to match.
    And,
    /// One of them has to match.
    Or,
}

/// A condition as it was written.
pub(super) struct Comparison<'a> {
    pub root: Root,
    /// The keys to follow from the root, with one separator or more between them.
    pub keys: &'a str,
    /// The same number for the same field.
    pub field: usize,
    pub operator: Operator,
    /// What the operator comes to for this field and operand.
    pub test: Operator,
    /// The kind of the operand and its text.
    pub kind: TokenKind,
    pub operand: &'a str,
}

impl Comparison<'_> {
    /// Calls `add` with each of the keys.
    pub(super) fn each_key(&self, mut add: impl FnMut(&str)) {
        let mut start = 0;
        let mut end = 0;
        while end <= self.keys.len() {
            if self.keys.as_bytes().get(end).is_none_or(|byte| is_separator(*byte)) {
                if end > start {
                    add(self.keys.get(start..end).unwrap_or_default());
                }
                start = end + 1;
            }
            end += 1;
        }
    }
}

pub(super) fn is_separator(byte: u8) -> bool {
    matches!(byte, b'.' | b'[' | b']')
}

impl FilterBuilder for Vec<Filter> {
    fn len(&self) -> usize {
        self.len()
    }

    fn push(&mut self, comparison: Comparison, _: usize) {
        let text = String::from(comparison.operand);
        let operand = match comparison.kind {
            TokenKind::Text => Literal::Text(text),
            TokenKind::Number => Literal::Number(text),
            TokenKind::True => Literal::Boolean(true),
            TokenKind::False => Literal::Boolean(false),
            TokenKind::Null => Literal::Null,
            _ => Literal::Word(text),
        };
        let mut field = Field { root: comparison.root, keys: Vec::new() };
        comparison.each_key(|key| field.keys.push(key.into()));
        self.push(Filter::Condition(Condition { field, operator: comparison.operator, operand }));
    }

    fn join(&mut self, from: usize, _: usize, conjunction: Conjunction) {
        if self.len() > from + 1 {
            let children = self.split_off(from);
            self.push(match conjunction {
                Conjunction::And => Filter::And(children),
                Conjunction::Or => Filter::Or(children),
            });
        }
    }

    fn truncate(&mut self, from: usize) {
        self.truncate(from);
    }
}
