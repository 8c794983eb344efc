//! What the Messenger tells, on its way back to the loader: which of it becomes an event, and when.
//!
//! The Messenger repeats itself: it tells the unread count when a function is registered, and not only when it changes. It may also call far
//! more often than a visitor can act, and what it tells may be about a visitor of whom the loader has taken leave.
//!
//! A state machine without I/O or memory of its own. It is not part of the engine, which every visitor downloads: it is compiled by itself, for
//! `js/web/forward/`, which has the names of events and properties and knows both by these numbers.

use crate::text_enum::text_enum;
use crate::web::limits::{FORWARD_PERIOD, FORWARDS};

text_enum! {
    /// What a site may ask for, by its texts in the setting `forward`. The first four are Intercom's callbacks, `onShow`, `onHide`,
    /// `onUnreadCountChange` and `onUserEmailSupplied`.
    pub enum Word {
        /// The Messenger was opened.
        Show "show"
        /// It was closed.
        Hide "hide"
        /// The number of unread messages is another one.
        Unread "unread"
        /// The visitor entered an address.
        EmailSupplied "emailSupplied"
        /// As before, and the event says which.
        Email "email"
    }
}

/// What becomes of a call of the Messenger's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The loader tracks the event of this word.
    Track(Word),
    /// Nothing.
    Nothing,
    /// Nothing, nor of further ones within the period; this is told once.
    TooMany,
}

impl Answer {
    /// The word's number, or one after the last of them for each of the others.
    pub fn number(self) -> usize {
        match self {
            Answer::Track(word) => word as usize,
            Answer::Nothing => Word::ALL.len(),
            Answer::TooMany => Word::ALL.len() + 1,
        }
    }
}

/// One site's.
///
/// ```
/// use intercom_destination::web::forwarding::{Answer, Forwarding, Word};
///
/// let mut forwarding = Forwarding::new(1 << Word::Show as u32 | 1 << Word::Unread as u32);
/// assert_eq!(forwarding.told(0.0, Word::Show, f64::NAN), Answer::Track(Word::Show));
/// assert_eq!(forwarding.told(1.0, Word::Show, f64::NAN), Answer::Nothing);
/// // The Messenger says so when it is asked: nothing has changed.
/// assert_eq!(forwarding.told(2.0, Word::Unread, 0.0), Answer::Nothing);
/// assert_eq!(forwarding.told(3.0, Word::Unread, 2.0), Answer::Track(Word::Unread));
/// ```
#[derive(Clone, Copy)]
pub struct Forwarding {
    /// Bit `i` for word `i`.
    asked: u32,
    /// Whether the Messenger is open; unknown while it has not said.
    is_open: Option<bool>,
    unread: f64,
    /// Whether the loader has taken leave of the Messenger's visitor.
    is_left: bool,
    count: usize,
    since: f64,
}

impl Forwarding {
    /// Of a site that asks for these words, bit `i` for word `i`.
    pub const fn new(asked: u32) -> Self {
        Forwarding { asked, is_open: None, unread: 0.0, is_left: false, count: 0, since: 0.0 }
    }

    fn asks(&self, word: Word) -> bool {
        self.asked >> word as u32 & 1 > 0
    }

    /// The callbacks that are to be registered, bit `i` for word `i`. Opening is told from closing only by who hears of both.
    pub fn callbacks(&self) -> u32 {
        let either = |asked: u32, a: Word, b: Word| {
            let both = 1 << a as u32 | 1 << b as u32;
            if asked & both > 0 { asked | both } else { asked }
        };
        either(either(self.asked, Word::Show, Word::Hide), Word::EmailSupplied, Word::Email)
            & !(1 << Word::Email as u32)
    }

    /// The loader has taken leave of the visitor, and the Messenger is theirs until it is booted.
    pub fn visitor_left(&mut self) {
        self.is_left = true;
    }

    /// The Messenger is booted or shut down: it is closed, and has no messages that it has told of.
    pub fn messenger_began(&mut self) {
        *self = Forwarding { is_open: None, unread: 0.0, is_left: false, ..*self };
    }

    /// The Messenger called what was registered for `word`, at `now` (ms since 1970). `unread` is the number that it gave, NaN if it gave none.
    pub fn told(&mut self, now: f64, word: Word, unread: f64) -> Answer {
        let is_new = match word {
            Word::Show | Word::Hide => self.is_open.replace(word == Word::Show) != Some(word == Word::Show),
            Word::Unread => !unread.is_nan() && core::mem::replace(&mut self.unread, unread) != unread,
            Word::EmailSupplied | Word::Email => true,
        };
        let word = if word == Word::EmailSupplied && self.asks(Word::Email) { Word::Email } else { word };
        if !is_new || self.is_left || !self.asks(word) {
            return Answer::Nothing;
        }
        if now - self.since >= FORWARD_PERIOD || now < self.since {
            self.since = now;
            self.count = 0;
        }
        self.count += 1;
        match self.count {
            0..=FORWARDS => Answer::Track(word),
            count if count == FORWARDS + 1 => Answer::TooMany,
            _ => Answer::Nothing,
        }
    }
}
