//! Text to tokens, byte by byte: all characters with a meaning are one byte long.

use super::report::{Report, is_continuation};
use crate::error::ErrorKind;
use crate::limits::FILTER_WORD;
use crate::text_enum::text_enum;
use alloc::string::String;
use alloc::vec::Vec;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    True,
    False,
    Null,
    Contains,
    Match,
    /// Any other word, or several with dots between.
    Word,
    /// The text of a string, without double but with single quotes.
    Text,
    Number,
    And,
    Or,
    /// A `!` before a word or a parenthesis.
    Not,
    Open,
    Close,
    Dot,
    Comma,
    /// An operator that is no word, or a bracket.
    Other,
    End,
}

text_enum! {
    /// The words that mean something by themselves, with and without escapes.
    enum Keyword {
        True "true"
        False "false"
        Null "null"
        Contains "contains"
        Match "match"
    }
}

impl From<Keyword> for TokenKind {
    fn from(keyword: Keyword) -> Self {
        match keyword {
            Keyword::True => TokenKind::True,
            Keyword::False => TokenKind::False,
            Keyword::Null => TokenKind::Null,
            Keyword::Contains => TokenKind::Contains,
            Keyword::Match => TokenKind::Match,
        }
    }
}

/// Stands for a byte after the last, as no text in UTF-8 holds it.
const NONE: u8 = 0xff;

struct Token {
    kind: TokenKind,
    /// The byte of the filter where it starts.
    at: usize,
    /// Where its text is in that of all tokens.
    start: usize,
    end: usize,
}

/// The tokens of a filter, by their numbers. The end is the last one.
#[derive(Default)]
pub(super) struct Tokens {
    /// The texts of all tokens one after the other, so that a word, a dot and a word are a path already.
    text: String,
    list: Vec<Token>,
}

impl Tokens {
    #[inline(never)]
    pub(super) fn kind(&self, token: usize) -> TokenKind {
        self.list.get(token).map_or(TokenKind::End, |token| token.kind)
    }

    #[inline(never)]
    pub(super) fn at(&self, token: usize) -> usize {
        self.list.get(token).map_or(0, |token| token.at)
    }

    pub(super) fn text(&self, token: usize) -> &str {
        self.list.get(token).and_then(|token| self.text.get(token.start..token.end)).unwrap_or_default()
    }

    pub(super) fn end(&self) -> usize {
        self.list.len() - 1
    }
}

/// Reads the tokens of `source`; nothing comes of it where there is a fault.
pub(super) fn read(source: &str, tokens: &mut Tokens, report: &mut Report) -> Option<()> {
    let mut lexer = Lexer { source, text: &mut tokens.text, report, from: 0, at: 0 };
    loop {
        while matches!(lexer.peek(), b' ' | b'\t' | b'\n') {
            lexer.at += 1;
        }
        lexer.from = lexer.at;
        let start = lexer.text.len();
        let kind = lexer.token()?;
        let end = lexer.text.len();
        if let (TokenKind::Word, [.., path, dot]) = (kind, &mut tokens.list[..])
            && (path.kind, dot.kind) == (TokenKind::Word, TokenKind::Dot)
        {
            path.end = end;
            tokens.list.pop();
        } else {
            tokens.list.push(Token { kind, at: lexer.from, start, end });
        }
        if kind == TokenKind::End {
            break;
        }
    }
    for token in &mut tokens.list {
        if token.kind == TokenKind::Word
            && let word = tokens.text.get(token.start..token.end).unwrap_or_default()
            && let Some(keyword) = Keyword::from_text(word)
        {
            token.kind = keyword.into();
        }
    }
    Some(())
}

struct Lexer<'a, 'b> {
    source: &'a str,
    report: &'a mut Report<'b>,
    /// Where the token starts.
    from: usize,
    /// Where the next byte is.
    at: usize,
    /// Of the tokens so far.
    text: &'a mut String,
}

impl Lexer<'_, '_> {
    #[inline(never)]
    fn peek(&self) -> u8 {
        self.source.as_bytes().get(self.at).copied().unwrap_or(NONE)
    }

    /// Adds what stands between two places of the source to the text of the token.
    fn copy(&mut self, from: usize, to: usize) {
        self.text.push_str(self.source.get(from..to).unwrap_or_default());
    }

    /// The whole token is at fault.
    fn fault(&mut self, kind: ErrorKind) -> Option<TokenKind> {
        self.report.push(kind, self.from, "");
        None
    }

    /// The next character cannot stand where it stands.
    fn unexpected(&mut self) -> Option<TokenKind> {
        self.report.push(ErrorKind::FilterCharacter, self.at, self.source.get(self.at..).unwrap_or_default());
        None
    }

    /// Takes a token, its text added to that of all tokens.
    fn token(&mut self) -> Option<TokenKind> {
        let first = self.peek();
        self.at += 1;
        let kind = match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'\\' => return self.word(first),
            b'0'..=b'9' | b'-' | b'+' => return self.number(),
            b'"' | b'\'' => return self.string(first),
            b'.' => TokenKind::Dot,
            b'(' => TokenKind::Open,
            b')' => TokenKind::Close,
            b',' => TokenKind::Comma,
            b'[' | b']' | b'=' => TokenKind::Other,
            b'<' | b'>' => {
                self.accept("=");
                TokenKind::Other
            }
            b'!' if self.peek() == b'(' || self.peek().is_ascii_alphabetic() => TokenKind::Not,
            b'!' if self.accept("=") => TokenKind::Other,
            NONE => {
                // As an operand the end is the text of its own token.
                self.text.push_str("eos");
                TokenKind::End
            }
            _ => {
                self.at = self.from;
                return self.unexpected();
            }
        };
        self.copy(self.from, self.at);
        Some(kind)
    }

    fn word(&mut self, first: u8) -> Option<TokenKind> {
        let start = self.text.len();
        let mut from = self.from;
        if first == b'\\' {
            self.at = from;
        } else {
            self.copy(from, self.at);
            from = self.at;
            let (ending, kind) = match first {
                b'a' => ("nd", TokenKind::And),
                b'o' => ("r", TokenKind::Or),
                b'n' => ("ull", TokenKind::Null),
                _ => ("", TokenKind::Word),
            };
            if kind != TokenKind::Word && self.accept(ending) {
                self.copy(from, self.at);
                return Some(kind);
            }
            // What was taken without being accepted is lost.
            from = self.at;
        }
        loop {
            match self.peek() {
                b'\\' => {
                    self.copy(from, self.at);
                    self.at += 1;
                    from = self.at;
                    match self.peek() {
                        NONE => return self.fault(ErrorKind::FilterIncomplete),
                        // Outside the basic plane half of a character would be escaped.
                        0xf0.. => return self.unexpected(),
                        _ => {}
                    }
                }
                // A character of several bytes can only have been escaped.
                byte if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || is_continuation(byte) => {}
                _ => break,
            }
            self.at += 1;
        }
        self.copy(from, self.at);
        if units(self.text, start, self.text.len()) >= FILTER_WORD {
            return self.fault(ErrorKind::FilterLength);
        }
        match self.peek() {
            b'.' | b'(' | b'=' | b'!' => {}
            byte if is_terminator(byte) => {}
            _ => return self.unexpected(),
        }
        Some(TokenKind::Word)
    }

    fn number(&mut self) -> Option<TokenKind> {
        let mut to = self.at;
        let mut has_point = false;
        while let byte @ (b'0'..=b'9' | b'.') = self.peek() {
            self.at += 1;
            if byte != b'.' {
                to = self.at;
            } else if has_point || is_terminator(self.peek()) {
                return self.fault(ErrorKind::FilterNumber);
            } else {
                has_point = true;
            }
        }
        if self.at - self.from > FILTER_WORD {
            return self.fault(ErrorKind::FilterLength);
        }
        // `5.(` is the number 5; without the point it can be written anywhere.
        self.copy(self.from, to);
        Some(TokenKind::Number)
    }

    fn string(&mut self, quote: u8) -> Option<TokenKind> {
        loop {
            match self.peek() {
                NONE => return self.fault(ErrorKind::FilterString),
                byte if byte == quote => break,
                _ => self.at += 1,
            }
        }
        let to = self.at;
        // Single quotes are part of the text, but not of its length.
        let outside = usize::from(quote == b'"');
        self.copy(self.from + outside, to + 1 - outside);
        if units(self.source, self.from + 1, to) >= FILTER_WORD {
            return self.fault(ErrorKind::FilterLength);
        }
        self.at += 1;
        if !is_terminator(self.peek()) {
            // Kept on purpose: a closing quote with no terminator after it stays, and opens the next string.
            self.at = to;
            self.report.push(ErrorKind::FilterSpace, to, "");
        }
        Some(TokenKind::Text)
    }

    /// Takes `ending` if it comes next and a terminator after it.
    ///
    /// Kept on purpose: where the text ends before as many characters as `ending` has, they are taken all the same, so
    /// the last word of `event = an` is `a`.
    fn accept(&mut self, ending: &str) -> bool {
        let from = self.at;
        let mut units = 0;
        while units < ending.len() {
            match self.peek() {
                NONE => return false,
                byte if is_terminator(byte) => break,
                byte => units += width(byte),
            }
            self.at += 1;
        }
        let accepted = self.source.get(from..self.at) == Some(ending) && is_terminator(self.peek());
        if !accepted {
            self.at = from;
        }
        accepted
    }
}

/// How many UTF-16 code units a part of the text has.
fn units(text: &str, from: usize, to: usize) -> usize {
    let mut units = 0;
    for byte in text.get(from..to).unwrap_or_default().bytes() {
        units += width(byte);
    }
    units
}

/// How many UTF-16 code units start with this byte of UTF-8.
fn width(byte: u8) -> usize {
    usize::from(!is_continuation(byte)) + usize::from(byte >= 0xf0)
}

fn is_terminator(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b',' | b']' | b')' | NONE)
}
