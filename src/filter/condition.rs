//! Tokens to one condition: a comparison or a function.

use super::ast::{Operator, Root};
use super::builder::{Comparison, FilterBuilder, is_separator};
use super::lexer::TokenKind;
use super::parse::{Item, Parser};
use crate::error::ErrorKind;

impl<T: FilterBuilder> Parser<'_, T> {
    /// The next token of a condition. The end of a group is the end to those inside.
    fn take_inside(&mut self) -> usize {
        if self.depth > 0 && self.kind(self.next) == TokenKind::Close {
            return self.tokens.end();
        }
        self.take()
    }

    /// Field, operator, operand: three tokens, whatever they are.
    pub(super) fn condition(&mut self, field: usize, root: Root) -> Option<Item> {
        let operator = self.take_inside();
        if self.kind(operator) == TokenKind::End {
            return self.fault(ErrorKind::FilterIncomplete, field);
        }
        let at = self.tokens.at(self.next);
        let operand = self.take_inside();
        // A string is never an operator, whatever it says.
        let operator = match self.kind(operator) {
            TokenKind::Text => None,
            _ => Operator::infix(self.tokens.text(operator)),
        };
        Some(self.comparison(field, root, operator, operand, at))
    }

    /// A function: its name and five tokens, whatever they are.
    pub(super) fn function(&mut self, name: usize, is_negated: bool) -> Option<Item> {
        let open = self.take();
        let field = self.take();
        let comma = self.take();
        let operand = self.take();
        let close = self.take();
        if self.kind(comma) == TokenKind::End {
            return self.fault(ErrorKind::FilterIncomplete, name);
        }
        if (self.kind(open), self.kind(comma), self.kind(close))
            != (TokenKind::Open, TokenKind::Comma, TokenKind::Close)
        {
            self.warn(ErrorKind::FilterFunction, name);
        }
        let text = self.tokens.text(field);
        let root = Root::leading(text).filter(|root| {
            // Kept on purpose: `propertiesX` is the property `propertiesX`.
            self.kind(field) != TokenKind::Text && (root.has_keys() || *root != Root::Type && text == root.text())
        });
        let Some(root) = root else {
            self.ignore(field);
            return Some(Item::Ignored);
        };
        let operator = match (self.kind(name), is_negated) {
            (TokenKind::Match, false) => Operator::Match,
            (TokenKind::Match, true) => Operator::NotMatch,
            (_, false) => Operator::Contains,
            (_, true) => Operator::NotContains,
        };
        Some(self.comparison(field, root, Some(operator), operand, self.tokens.at(operand)))
    }

    fn comparison(&mut self, field: usize, root: Root, operator: Option<Operator>, operand: usize, at: usize) -> Item {
        let text = self.tokens.text(field);
        let rest = text.get(root.text().len()..).unwrap_or_default();
        let mut keys = rest;
        if !root.has_keys() {
            if !rest.is_empty() {
                self.report.push(ErrorKind::FilterIgnored, self.tokens.at(field), rest);
            }
            keys = "";
        } else if !rest.starts_with('.') {
            // Kept on purpose: `properties` alone is the property `properties`.
            self.report.push(ErrorKind::FilterKey, self.tokens.at(field), text);
            keys = text;
        }
        let is_possible = !root.has_keys() || keys.bytes().any(|byte| !is_separator(byte));
        let Some(operator) = operator.filter(|_| is_possible) else {
            self.warn(ErrorKind::FilterFalse, field);
            return Item::Never;
        };
        let kind = self.kind(operand);
        let test = operator.for_operand(root, kind);
        let found = self.tokens.text(operand);
        if let Some(kind) = unexpected(test, root, kind, found) {
            self.report.push(kind, at, found);
        }
        // Equal texts are equal fields, wherever else they stand.
        let mut first = 0;
        while self.tokens.text(first) != text {
            first += 1;
        }
        let comparison = Comparison { root, keys, field: first, operator, test, kind, operand: found };
        self.target.push(comparison, self.depth);
        Item::Possible
    }
}

/// What is not as it looks in a condition with this operand.
fn unexpected(test: Operator, root: Root, operand: TokenKind, text: &str) -> Option<ErrorKind> {
    use Operator::{Exists, IsFalse, IsTrue, Match, NotExists, NotMatch};
    match test {
        Exists | NotExists | IsTrue | IsFalse => None,
        _ if test.is_numeric() => (!root.has_keys() || operand != TokenKind::Number).then_some(ErrorKind::FilterOrder),
        _ if operand != TokenKind::Text => Some(ErrorKind::FilterText),
        _ if text.starts_with('\'') => Some(ErrorKind::FilterQuote),
        Match | NotMatch if !is_pattern(text) => Some(ErrorKind::FilterPattern),
        _ => None,
    }
}

/// Whether there is one star, at the start or the end.
fn is_pattern(text: &str) -> bool {
    let stars = text.bytes().filter(|byte| *byte == b'*').count();
    stars == 1 && (text.starts_with('*') || text.ends_with("*"))
}
