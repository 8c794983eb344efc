//! Tokens to one condition: a comparison or a function.

use super::ast::{Condition, Field, Filter, Literal, Operator, Root};
use super::lexer::{Token, TokenKind};
use super::parse::{Fault, Item, Parser};
use crate::error::Kind;
use alloc::string::String;
use alloc::vec::Vec;

impl Parser<'_> {
    /// Field, operator, operand: three tokens, whatever they are.
    pub(super) fn condition(&mut self, name: Token, root: Root, depth: usize) -> Result<Item, Fault> {
        let column = name.column;
        let operator = self.take_inside(depth).ok_or((Kind::FilterIncomplete, column))?;
        if operator.kind == TokenKind::End {
            return Err((Kind::FilterIncomplete, column));
        }
        let operand = self.take_inside(depth).ok_or((Kind::FilterIncomplete, column))?;
        if !root.has_keys() && name.text != root.name() {
            self.report.push(Kind::FilterIgnored, column, name.text.get(root.name().len()..).unwrap_or_default());
        }
        let keys = self.keys(root, &name);
        // A string is never an operator, whatever it says.
        let known = if operator.kind == TokenKind::Text { None } else { Operator::infix(&operator.text) };
        let (Some(keys), Some(known)) = (keys, known) else {
            self.report.push(Kind::FilterFalse, column, &name.text);
            return Ok(None);
        };
        self.warn_of_operand(root, known, &operand);
        Ok(Some(Filter::Condition(Condition {
            field: Field { root, keys },
            operator: known,
            operand: literal(operand),
        })))
    }

    fn warn_of_operand(&mut self, root: Root, operator: Operator, operand: &Token) {
        use Operator::{Equal, Exists, IsFalse, IsTrue, NotEqual, NotExists};
        let is_switch = operand.kind == TokenKind::Word && matches!(operand.text.as_str(), "true" | "false");
        let is_null = operand.kind == TokenKind::Null || operand.kind == TokenKind::Word && operand.text == "null";
        let expected = match operator {
            Exists | NotExists | IsTrue | IsFalse => None,
            _ if operator.is_numeric() => {
                (!root.has_keys() || operand.kind != TokenKind::Number).then_some(Kind::FilterOrder)
            }
            _ if operand.kind == TokenKind::Text => operand.text.starts_with('\'').then_some(Kind::FilterQuote),
            Equal | NotEqual if operand.kind == TokenKind::Number && root.has_keys() => None,
            Equal | NotEqual if is_null && !matches!(root, Root::Type | Root::Event) => None,
            Equal if is_switch && (root.has_keys() || root == Root::UserId) => None,
            _ => Some(Kind::FilterText),
        };
        if let Some(kind) = expected {
            self.report.push(kind, operand.column, &operand.text);
        }
    }

    /// The keys after the root; nothing when there are dots but no key.
    fn keys(&mut self, root: Root, path: &Token) -> Option<Vec<String>> {
        if !root.has_keys() {
            return Some(Vec::new());
        }
        let after = path.text.strip_prefix(root.name()).and_then(|rest| rest.strip_prefix('.'));
        if after.is_none() {
            self.report.push(Kind::FilterKey, path.column, &path.text);
        }
        // Kept on purpose: `properties` alone is the property `properties`.
        let mut keys = Vec::new();
        let mut key = String::new();
        // The dot at the end closes the last key.
        for c in after.unwrap_or(&path.text).chars().chain(['.']) {
            if !matches!(c, '.' | '[' | ']') {
                key.push(c);
            } else if !key.is_empty() {
                keys.push(core::mem::take(&mut key));
            }
        }
        (!keys.is_empty()).then_some(keys)
    }

    /// A function: its name and five tokens, whatever they are; nothing for a field that functions do not know.
    pub(super) fn function(&mut self, name: Token, negated: bool) -> Result<Option<Item>, Fault> {
        let fault = (Kind::FilterIncomplete, name.column);
        let open = self.take();
        let field = self.take().ok_or(fault)?;
        let comma = self.take();
        let operand = self.take().ok_or(fault)?;
        let close = self.take();
        let expected = [(open, TokenKind::Open), (comma, TokenKind::Comma), (close, TokenKind::Close)];
        if !expected.iter().all(|(token, kind)| token.as_ref().is_some_and(|token| token.kind == *kind)) {
            self.report.push(Kind::FilterFunction, name.column, &name.text);
        }
        let root = match Root::named(&field.text) {
            _ if field.kind == TokenKind::Text => None,
            Some(root @ (Root::Event | Root::Name | Root::UserId)) => Some(root),
            // Kept on purpose: `propertiesX` is the property `propertiesX`.
            _ => Root::starting(&field.text),
        };
        let Some(root) = root else {
            self.ignore(&field);
            return Ok(None);
        };
        let Some(keys) = self.keys(root, &field) else {
            self.report.push(Kind::FilterFalse, field.column, &field.text);
            return Ok(Some(None));
        };
        let operator = match (name.text == "match", negated) {
            (true, false) => Operator::Match,
            (true, true) => Operator::NotMatch,
            (false, false) => Operator::Contains,
            (false, true) => Operator::NotContains,
        };
        if operand.kind != TokenKind::Text {
            self.report.push(Kind::FilterText, operand.column, &operand.text);
        } else if operand.text.starts_with('\'') {
            self.report.push(Kind::FilterQuote, operand.column, &operand.text);
        } else if name.text == "match" && !is_pattern(&operand.text) {
            self.report.push(Kind::FilterPattern, operand.column, &operand.text);
        }
        Ok(Some(Some(Filter::Condition(Condition {
            field: Field { root, keys },
            operator,
            operand: literal(operand),
        }))))
    }
}

fn literal(token: Token) -> Literal {
    match (token.kind, token.text.as_str()) {
        (TokenKind::Text, _) => Literal::Text(token.text),
        (TokenKind::Number, _) => Literal::Number(token.text),
        (_, "true") => Literal::Boolean(true),
        (_, "false") => Literal::Boolean(false),
        (_, "null") => Literal::Null,
        _ => Literal::Word(token.text),
    }
}

fn is_pattern(text: &str) -> bool {
    let rest = text.strip_suffix('*').or_else(|| text.strip_prefix('*'));
    rest.is_some_and(|rest| rest.bytes().all(|b| b != b'*'))
}
