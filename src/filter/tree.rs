//! Reading a filter into its tree.

use super::ast::{Condition, Field, Filter, Literal};
use super::lexer::TokenKind;
use super::target::{Comparison, Target};
use alloc::string::String;
use alloc::vec::Vec;

impl Target for Vec<Filter> {
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

    fn join(&mut self, from: usize, _: usize, any: bool) {
        if self.len() > from + 1 {
            let children = self.split_off(from);
            self.push(if any { Filter::Or(children) } else { Filter::And(children) });
        }
    }

    fn truncate(&mut self, from: usize) {
        self.truncate(from);
    }
}
