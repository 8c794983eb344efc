//! Tokens to a filter, as forgiving as Segment's reader, but not in silence.

use super::ast::Root;
use super::builder::{Conjunction, FilterBuilder};
use super::lexer::{self, TokenKind, Tokens};
use super::report::Report;
use crate::error::{Error, ErrorKind};
use crate::limits::FILTER_DEPTH;
use alloc::vec::Vec;

/// What the filter `text` comes to, or nothing where it has a fault.
pub(super) fn parse<T: FilterBuilder>(text: &str, errors: &mut Vec<Error>) -> Option<T> {
    let report = Report { source: text, errors, warnings: 0 };
    let tokens = Tokens::default();
    let mut parser = Parser { tokens, next: 0, report, depth: 0, ignoring: false, target: T::default() };
    lexer::read(text, &mut parser.tokens, &mut parser.report)?;
    match parser.list()? {
        Item::Ignored => parser.report.push(ErrorKind::FilterIncomplete, text.len(), ""),
        Item::Never => parser.report.push(ErrorKind::FilterNever, 0, ""),
        Item::Possible => return Some(parser.target),
    }
    None
}

/// What an item of a list comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// Nothing: it counts for no item.
    Ignored,
    /// It is false for every event.
    Never,
    /// It is the last item of the target.
    Possible,
}

/// Where something returns `None`, a fault has been reported.
pub(super) struct Parser<'a, T> {
    pub(super) tokens: Tokens,
    pub(super) next: usize,
    pub(super) report: Report<'a>,
    /// How many parentheses are open.
    pub(super) depth: usize,
    /// Whether the token before was ignored, so that a run of them is one warning.
    ignoring: bool,
    pub(super) target: T,
}

impl<T: FilterBuilder> Parser<'_, T> {
    /// Says what makes the filter of no use.
    pub(super) fn fault(&mut self, kind: ErrorKind, token: usize) -> Option<Item> {
        self.report.push(kind, self.tokens.at(token), "");
        None
    }

    /// Says something about a token.
    pub(super) fn warn(&mut self, kind: ErrorKind, token: usize) {
        self.report.push(kind, self.tokens.at(token), self.tokens.text(token));
    }

    pub(super) fn ignore(&mut self, token: usize) {
        if !self.ignoring {
            self.warn(ErrorKind::FilterIgnored, token);
        }
        self.ignoring = true;
    }

    pub(super) fn kind(&self, token: usize) -> TokenKind {
        self.tokens.kind(token)
    }

    /// The next token; after the end, the end again.
    pub(super) fn take(&mut self) -> usize {
        let token = self.next;
        if self.kind(token) != TokenKind::End {
            self.next += 1;
        }
        token
    }

    /// The items up to the end of the filter or group as one.
    fn list(&mut self) -> Option<Item> {
        let from = self.target.len();
        let mut items = 0;
        let mut possible = 0;
        let mut conjunction: Option<usize> = None;
        let mut is_pending = false;
        let mut is_mixed = false;
        loop {
            let token = self.take();
            let kind = self.kind(token);
            match kind {
                TokenKind::End if self.depth > 0 => return self.fault(ErrorKind::FilterParenthesis, token),
                TokenKind::End => break,
                TokenKind::Close if self.depth > 0 => break,
                TokenKind::And | TokenKind::Or => {
                    self.ignoring = false;
                    if !is_mixed && conjunction.is_some_and(|last| self.kind(last) != kind) {
                        is_mixed = true;
                        self.warn(ErrorKind::FilterMixed, token);
                    } else if is_pending || items == 0 {
                        self.ignore(token);
                    }
                    is_pending = true;
                    conjunction = Some(token);
                }
                _ => {
                    let item = self.item(token)?;
                    if item == Item::Ignored {
                        continue;
                    }
                    self.ignoring = false;
                    if items > 0 && !is_pending {
                        self.report.push(ErrorKind::FilterJoin, self.tokens.at(token), "");
                    }
                    items += 1;
                    possible += usize::from(item == Item::Possible);
                    is_pending = false;
                }
            }
        }
        self.ignoring = false;
        if let Some(last) = conjunction.filter(|_| is_pending && items > 0) {
            self.warn(ErrorKind::FilterIgnored, last);
        }
        // Kept on purpose: the last one counts for the whole list, wherever it stands.
        let is_or = conjunction.is_some_and(|last| self.kind(last) == TokenKind::Or);
        Some(if items == 0 {
            Item::Ignored
        } else if possible == 0 || possible < items && !is_or {
            self.target.truncate(from);
            Item::Never
        } else {
            let conjunction = if is_or { Conjunction::Or } else { Conjunction::And };
            self.target.join(from, self.depth, conjunction);
            Item::Possible
        })
    }

    /// What starts with `token`.
    fn item(&mut self, token: usize) -> Option<Item> {
        match self.kind(token) {
            TokenKind::Open if self.depth >= FILTER_DEPTH => return self.fault(ErrorKind::FilterDepth, token),
            TokenKind::Open => {
                self.depth += 1;
                let mut item = self.list()?;
                self.depth -= 1;
                if item == Item::Ignored {
                    self.report.push(ErrorKind::FilterFalse, self.tokens.at(token), "()");
                    item = Item::Never;
                }
                return Some(item);
            }
            TokenKind::Contains | TokenKind::Match => return self.function(token, false),
            TokenKind::Not if matches!(self.kind(self.next), TokenKind::Contains | TokenKind::Match) => {
                let name = self.take();
                return self.function(name, true);
            }
            TokenKind::Word => {
                let text = self.tokens.text(token);
                if let Some(root) = Root::leading(text)
                    && matches!(text.as_bytes().get(root.text().len()), None | Some(b'.'))
                {
                    return self.condition(token, root);
                }
            }
            _ => {}
        }
        self.ignore(token);
        Some(Item::Ignored)
    }
}
