//! Text to tokens.

use super::parse::Report;
use crate::error::Kind;
use alloc::string::String;
use alloc::vec::Vec;
use core::str::Chars;

/// Strings, numbers and words are shorter than this, in UTF-16 code units.
const LENGTH: usize = 100_000;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word, or several with dots between.
    Word,
    /// The text of a string, without double but with single quotes.
    Text,
    Number,
    Null,
    /// `and` or `or`.
    Conjunction,
    Operator,
    Open,
    Close,
    Dot,
    Comma,
    Other,
    End,
}

pub struct Token {
    pub kind: TokenKind,
    pub text: String,
    /// Where it starts, from 1, in characters.
    pub column: usize,
}

/// The tokens of `text`, with one `End` as the last; or what is wrong, in which column, and what stands there.
pub fn tokens(text: &str, report: &mut Report) -> Result<Vec<Token>, (Kind, usize, String)> {
    let mut lexer = Lexer { rest: text.chars(), column: 1, tokens: Vec::new(), reopened: None };
    loop {
        let column = lexer.column;
        let read = lexer.next_token();
        if let Some(column) = lexer.reopened.take() {
            report.push(Kind::FilterSpace, column, "");
        }
        match read {
            Ok(true) => {}
            Ok(false) => return Ok(lexer.tokens),
            Err(kind @ Kind::FilterCharacter) => {
                let found = lexer.rest.next().map(String::from).unwrap_or_default();
                return Err((kind, lexer.column, found));
            }
            Err(kind) => return Err((kind, column, String::new())),
        }
    }
}

struct Lexer<'a> {
    rest: Chars<'a>,
    column: usize,
    tokens: Vec<Token>,
    /// Where a closing quote is about to open the next string.
    reopened: Option<usize>,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn skip(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        self.column += 1;
        Some(c)
    }

    fn push(&mut self, kind: TokenKind, text: impl Into<String>, column: usize) {
        let text = text.into();
        if let (TokenKind::Word, [.., Token { kind: TokenKind::Word, .. }, Token { kind: TokenKind::Dot, .. }]) =
            (kind, &self.tokens[..])
        {
            self.tokens.pop();
            if let Some(path) = self.tokens.last_mut() {
                path.text.push('.');
                path.text.push_str(&text);
            }
            return;
        }
        self.tokens.push(Token { kind, text, column });
    }

    /// Whether there was a token before the end.
    fn next_token(&mut self) -> Result<bool, Kind> {
        let column = self.column;
        let Some(c) = self.peek() else {
            // As an operand the end is the text of its own token.
            self.push(TokenKind::End, "eos", column);
            return Ok(false);
        };
        if c.is_ascii_alphabetic() || c == '_' || c == '\\' {
            self.word(column)?;
            return Ok(true);
        }
        if c.is_ascii_digit() || c == '-' || c == '+' {
            self.number(column)?;
            return Ok(true);
        }
        let before = self.rest.clone();
        self.skip();
        let kind = match c {
            ' ' | '\t' | '\n' => return Ok(true),
            '"' | '\'' => {
                self.string(c, column)?;
                return Ok(true);
            }
            '!' | '=' | '<' | '>' => {
                let operator = self.operator(c);
                if operator.is_empty() {
                    (self.rest, self.column) = (before, column);
                    return Err(Kind::FilterCharacter);
                }
                self.push(TokenKind::Operator, operator, column);
                return Ok(true);
            }
            '.' => TokenKind::Dot,
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            ',' => TokenKind::Comma,
            '[' | ']' => TokenKind::Other,
            _ => {
                (self.rest, self.column) = (before, column);
                return Err(Kind::FilterCharacter);
            }
        };
        self.push(kind, c, column);
        Ok(true)
    }

    /// Empty for a `!` that belongs to nothing.
    fn operator(&mut self, first: char) -> &'static str {
        match first {
            '=' => "=",
            '!' if self.peek().is_some_and(|c| c.is_ascii_alphabetic() || c == '(') => "!",
            '!' if self.accept("=") => "!=",
            '!' => "",
            '<' if self.accept("=") => "<=",
            '<' => "<",
            _ if self.accept("=") => ">=",
            _ => ">",
        }
    }

    fn word(&mut self, column: usize) -> Result<(), Kind> {
        let mut text = String::new();
        let mut units = 0;
        let mut escaped = self.peek() == Some('\\');
        if !escaped {
            let first = self.skip().unwrap_or_default();
            let reserved = match first {
                'a' => Some(("nd", "and", TokenKind::Conjunction)),
                'o' => Some(("r", "or", TokenKind::Conjunction)),
                'n' => Some(("ull", "null", TokenKind::Null)),
                _ => None,
            };
            if let Some((ending, word, kind)) = reserved
                && self.accept(ending)
            {
                self.push(kind, word, column);
                return Ok(());
            }
            text.push(first);
            units = 1;
        }
        while let Some(c) = self.peek() {
            match c {
                '\\' => {
                    self.skip();
                    escaped = true;
                }
                _ if escaped || is_word(c) => {}
                _ => break,
            }
            if escaped {
                // Outside the basic plane half of a character would be escaped.
                match self.peek() {
                    Some(c) if c.len_utf16() == 1 => text.push(c),
                    Some(_) => return Err(Kind::FilterCharacter),
                    None => return Err(Kind::FilterIncomplete),
                }
                escaped = false;
            } else {
                text.push(c);
            }
            self.skip();
            units += 1;
        }
        if units >= LENGTH {
            return Err(Kind::FilterLength);
        }
        match self.peek() {
            Some(c) if !is_terminator(c) && !matches!(c, '.' | '(' | '=' | '!') => Err(Kind::FilterCharacter),
            _ => {
                self.push(TokenKind::Word, text, column);
                Ok(())
            }
        }
    }

    fn number(&mut self, column: usize) -> Result<(), Kind> {
        let mut text = String::new();
        text.extend(self.skip());
        let mut has_point = false;
        while let Some(c) = self.peek().filter(|c| c.is_ascii_digit() || *c == '.') {
            self.skip();
            text.push(c);
            if c == '.' {
                if has_point || self.peek().is_none_or(is_terminator) {
                    return Err(Kind::FilterNumber);
                }
                has_point = true;
            }
        }
        if text.len() > LENGTH {
            return Err(Kind::FilterLength);
        }
        // `5.(` is the number 5; without the point it can be written anywhere.
        if text.ends_with('.') {
            text.pop();
        }
        self.push(TokenKind::Number, text, column);
        Ok(())
    }

    fn string(&mut self, quote: char, column: usize) -> Result<(), Kind> {
        let mut text = String::new();
        while let Some(c) = self.peek().filter(|c| *c != quote) {
            self.skip();
            text.push(c);
        }
        if self.peek().is_none() {
            return Err(Kind::FilterString);
        }
        if text.encode_utf16().count() >= LENGTH {
            return Err(Kind::FilterLength);
        }
        // Kept on purpose: a closing quote with no terminator after it stays, and opens the next string.
        if !self.accept(if quote == '"' { "\"" } else { "'" }) {
            self.reopened = Some(self.column);
        }
        if quote == '\'' {
            text.insert(0, quote);
            text.push(quote);
        }
        self.push(TokenKind::Text, text, column);
        Ok(())
    }

    /// Takes `ending` if it comes next and a terminator after it.
    ///
    /// Kept on purpose: where the text ends before as many characters as `ending` has, they are taken all the same, so
    /// the last word of `event = an` is `a`.
    fn accept(&mut self, ending: &str) -> bool {
        let mut ahead = self.rest.clone();
        let mut read = 0;
        let mut units = 0;
        while units < ending.len() {
            match ahead.next() {
                None => {
                    self.rest = ahead;
                    self.column += read;
                    return false;
                }
                Some(c) if is_terminator(c) => return false,
                Some(c) => units += c.len_utf16(),
            }
            read += 1;
        }
        let matches = self.rest.as_str().starts_with(ending) && ahead.clone().next().is_none_or(is_terminator);
        if matches {
            self.rest = ahead;
            self.column += read;
        }
        matches
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

fn is_terminator(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | ',' | ']' | ')')
}
