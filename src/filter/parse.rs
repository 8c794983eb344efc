//! Tokens to tree, as forgiving as Segment's reader, but not in silence.

use super::ast::{Filter, Root};
use super::lexer::{self, Token, TokenKind};
use crate::error::{Error, Kind, push_number};
use alloc::string::String;
use alloc::vec::Vec;

/// How deep parentheses nest.
pub const DEPTH: usize = 64;

/// Filters with more to say about them than this are beyond repair by reading on.
const WARNINGS: usize = 16;

/// The filter that `text` is, or `None` for one that can never match.
///
/// Pushes onto `errors` what is wrong with it, each at `place` and the column counted from 1 in characters: one fault
/// with `None`, and up to 16 warnings ([`Kind::is_warning`]) about what works otherwise than it looks.
///
/// ```
/// use intercom_destination::filter::parse;
///
/// let mut errors = Vec::new();
/// assert!(parse("event = 'Order'", "filter", &mut errors).is_some());
/// assert_eq!(
///     errors[0].to_string(),
///     "filter column 9: expected double quotes, single quotes are part of the text, found 'Order'",
/// );
/// assert!(parse("event = \"Order", "filter", &mut errors).is_none());
/// assert_eq!(errors[1].to_string(), "filter column 9: expected a closing quote");
/// ```
pub fn parse(text: &str, place: &str, errors: &mut Vec<Error>) -> Option<Filter> {
    let mut report = Report { place, errors, warnings: 0 };
    match lexer::tokens(text, &mut report) {
        Ok(tokens) => {
            let end = tokens.last().map_or(1, |token| token.column);
            let mut parser = Parser { tokens, next: 0, end, report, ignoring: false };
            let filter = parser.filter();
            if let Err((kind, column)) = filter {
                parser.report.push(kind, column, "");
            }
            filter.ok()
        }
        Err((kind, column, found)) => {
            report.push(kind, column, &found);
            None
        }
    }
}

pub(super) struct Report<'a> {
    place: &'a str,
    errors: &'a mut Vec<Error>,
    warnings: usize,
}

impl Report<'_> {
    pub(super) fn push(&mut self, kind: Kind, column: usize, found: &str) {
        if kind.is_warning() {
            self.warnings += 1;
            if self.warnings > WARNINGS {
                return;
            }
        }
        let mut place = String::from(self.place);
        place.push_str(" column ");
        push_number(&mut place, column);
        let found: String = found.chars().take(40).collect();
        self.errors.push(Error::new(kind, place, found));
    }
}

/// What an item of a list comes to: `None` is false for every event.
pub(super) type Item = Option<Filter>;

pub(super) type Fault = (Kind, usize);

pub(super) struct Parser<'a> {
    tokens: Vec<Token>,
    next: usize,
    /// The column after the last character.
    end: usize,
    pub(super) report: Report<'a>,
    /// Whether the token before was ignored, so that a run of them is one warning.
    ignoring: bool,
}

impl Parser<'_> {
    fn filter(&mut self) -> Result<Filter, Fault> {
        match self.list(0)? {
            None => Err((Kind::FilterIncomplete, self.end)),
            Some(None) => Err((Kind::FilterNever, 1)),
            Some(Some(filter)) => Ok(filter),
        }
    }

    fn peek(&self) -> TokenKind {
        self.tokens.get(self.next).map_or(TokenKind::End, |token| token.kind)
    }

    /// The next token; the end is one, too, but nothing comes after it.
    pub(super) fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get_mut(self.next)?;
        self.next += 1;
        Some(Token { kind: token.kind, text: core::mem::take(&mut token.text), column: token.column })
    }

    /// The next token of a condition. The end of a group is the end to those inside.
    pub(super) fn take_inside(&mut self, depth: usize) -> Option<Token> {
        if depth > 0 && self.peek() == TokenKind::Close {
            let column = self.tokens.get(self.next)?.column;
            return Some(Token { kind: TokenKind::End, text: String::from("eos"), column });
        }
        self.take()
    }

    pub(super) fn ignore(&mut self, token: &Token) {
        if !self.ignoring {
            self.report.push(Kind::FilterIgnored, token.column, &token.text);
        }
        self.ignoring = true;
    }

    /// The items up to the end of the filter or group as one; nothing for a list without any.
    fn list(&mut self, depth: usize) -> Result<Option<Item>, Fault> {
        let mut items: Vec<Item> = Vec::new();
        let mut any = false;
        let mut conjunction: Option<Token> = None;
        let mut pending = false;
        let mut mixed = false;
        loop {
            let Some(token) = self.take() else {
                // The end has been taken as an operand.
                if depth > 0 {
                    return Err((Kind::FilterParenthesis, self.end));
                }
                break;
            };
            let ignoring = core::mem::take(&mut self.ignoring);
            match token.kind {
                TokenKind::End if depth > 0 => return Err((Kind::FilterParenthesis, token.column)),
                TokenKind::End => break,
                TokenKind::Close if depth > 0 => break,
                TokenKind::Conjunction => {
                    let differs = conjunction.as_ref().is_some_and(|last| last.text != token.text);
                    if differs && !mixed {
                        mixed = true;
                        self.report.push(Kind::FilterMixed, token.column, &token.text);
                    } else if pending || items.is_empty() {
                        self.ignore(&token);
                    }
                    // Kept on purpose: the last one counts for the whole list, wherever it stands.
                    any = token.text == "or";
                    pending = true;
                    conjunction = Some(token);
                }
                _ => {
                    self.ignoring = ignoring;
                    let column = token.column;
                    let Some(item) = self.item(token, depth)? else { continue };
                    self.ignoring = false;
                    if !items.is_empty() && !pending {
                        self.report.push(Kind::FilterJoin, column, "");
                    }
                    items.push(item);
                    pending = false;
                }
            }
        }
        if let Some(last) = conjunction.filter(|_| pending && !items.is_empty()) {
            self.ignore(&last);
        }
        self.ignoring = false;
        Ok(joined(items, any))
    }

    /// What starts with `token`, or nothing when that is ignored.
    fn item(&mut self, token: Token, depth: usize) -> Result<Option<Item>, Fault> {
        match token.kind {
            TokenKind::Open if depth >= DEPTH => Err((Kind::FilterDepth, token.column)),
            TokenKind::Open => {
                let item = self.list(depth + 1)?;
                if item.is_none() {
                    self.report.push(Kind::FilterFalse, token.column, "()");
                }
                Ok(Some(item.flatten()))
            }
            TokenKind::Word if is_function(&token) => self.function(token, false),
            TokenKind::Word => match Root::heading(&token.text) {
                Some(root) => self.condition(token, root, depth).map(Some),
                None => {
                    self.ignore(&token);
                    Ok(None)
                }
            },
            TokenKind::Operator if token.text == "!" && self.tokens.get(self.next).is_some_and(is_function) => {
                match self.take() {
                    Some(name) => self.function(name, true),
                    None => Ok(None),
                }
            }
            _ => {
                self.ignore(&token);
                Ok(None)
            }
        }
    }
}

/// Nothing without items, and `Some(None)` when nothing can satisfy them.
fn joined(mut items: Vec<Item>, any: bool) -> Option<Item> {
    if items.len() < 2 {
        return items.pop();
    }
    let mut possible = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Some(filter) => possible.push(filter),
            None if any => {}
            None => return Some(None),
        }
    }
    Some(match possible.len() {
        0 | 1 => possible.pop(),
        _ if any => Some(Filter::Or(possible)),
        _ => Some(Filter::And(possible)),
    })
}

fn is_function(token: &Token) -> bool {
    token.kind == TokenKind::Word && matches!(token.text.as_str(), "contains" | "match")
}
