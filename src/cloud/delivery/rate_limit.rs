//! Intercom's rate limit: calls are dealt out in windows, and each answer says how many are left in the current one.
//!
//! What is left is spent evenly until the window's end. Until an answer has said how much there is, requests go almost one by one.

use super::Millis;
use super::io::RequestId;
use super::random::Random;
use crate::cloud::limits::{LONGEST_WAIT, RATE_WINDOW};
use crate::cloud::response::RateHeaders;
use crate::cloud::settings::is_rate_share;

/// So much may be sent ahead of an even pace: short batches need not wait.
const AHEAD: Millis = 250;

pub(super) struct RateLimit {
    share: f64,
    /// The last request that was sent.
    last: RequestId,
    /// Answers so far.
    answers: usize,
    window: Option<Window>,
    blocked_until: Millis,
    /// 429s in a row.
    refusals: u32,
}

struct Window {
    end: Millis,
    /// Calls in a window, for all who use the token.
    limit: i64,
    /// Calls of ours that are left in this one.
    left: i64,
    /// When the next call is due at an even pace.
    due: Millis,
    /// Calls that were sent in this one.
    spent: i64,
    /// Answers to requests before this one tell of an earlier window.
    first: RequestId,
}

impl RateLimit {
    pub(super) fn new(share: f64) -> RateLimit {
        let mut rate = RateLimit { share: 1.0, last: 0, answers: 0, window: None, blocked_until: 0, refusals: 0 };
        rate.set_share(share);
        rate
    }

    /// A smaller share holds at once, a larger one from the next window on: others may have spent what is left of this one.
    pub(super) fn set_share(&mut self, share: f64) {
        if is_rate_share(share) {
            self.share = share;
        }
        if let Some(window) = &mut self.window {
            window.left = window.left.min(portion(self.share, window.limit) - window.spent);
        }
    }

    /// `None`: a request may go now. Otherwise not before that time, or not before an answer (`Millis::MAX`).
    pub(super) fn wait(&mut self, now: Millis, in_flight: usize) -> Option<Millis> {
        if now < self.blocked_until {
            return Some(self.blocked_until);
        }
        let share = self.share;
        let Some(window) = &mut self.window else {
            return if in_flight <= self.answers { None } else { Some(Millis::MAX) };
        };
        if now >= window.end {
            window.end += (1 + (now - window.end) / RATE_WINDOW) * RATE_WINDOW;
            // Those on their way may be counted in the new window.
            window.left = portion(share, window.limit) - in_flight as i64;
            window.spent = in_flight as i64;
            window.due = now;
            window.first = self.last + 1;
        }
        if window.left <= 0 {
            return Some(window.end);
        }
        Some(window.due - AHEAD).filter(|at| *at > now)
    }

    pub(super) fn sent(&mut self, now: Millis, request: RequestId) {
        self.last = request;
        let Some(window) = &mut self.window else { return };
        let pace = (window.end - now).max(0) / window.left.max(1);
        window.due = window.due.max(now) + pace;
        window.left -= 1;
        window.spent += 1;
    }

    /// Learns from an answer; `in_flight` are the others, which it may not count yet.
    pub(super) fn answered(&mut self, now: Millis, request: RequestId, headers: RateHeaders, in_flight: usize) {
        self.answers = self.answers.saturating_add(1);
        let (Some(limit), Some(remaining), Some(reset)) = (headers.limit, headers.remaining, headers.reset) else {
            return;
        };
        let (limit, remaining) = (i64::from(limit), i64::from(remaining));
        // A clock that is wrong must not stop the delivery: a window ends soon, whatever the header says.
        let end = reset.saturating_mul(1000).clamp(now + 1, now + RATE_WINDOW);
        let left = remaining - in_flight as i64;
        let share = self.share;
        match &mut self.window {
            // What was left of the last window says nothing of this one.
            Some(window) if window.end >= end && request < window.first => {}
            Some(window) if window.end >= end => {
                window.limit = limit;
                window.left = window.left.min(left);
            }
            window => {
                let spent = 1 + in_flight as i64;
                let left = left.min(portion(share, limit) - spent);
                *window = Some(Window { end, limit, left, due: now, spent, first: 0 });
            }
        }
    }

    /// A 429: nothing goes until it says so, or for a while. Tells until when.
    pub(super) fn limited(&mut self, now: Millis, headers: RateHeaders, random: &mut Random) -> Millis {
        self.refusals = self.refusals.saturating_add(1);
        let wait = match (headers.retry_after, headers.reset) {
            (Some(seconds), _) => i64::from(seconds) * 1000,
            (None, Some(reset)) => (reset.saturating_mul(1000) - now).clamp(0, RATE_WINDOW),
            (None, None) => 1000 << self.refusals.min(6),
        };
        let wait = wait.clamp(0, LONGEST_WAIT);
        let until = now + wait + random.around(200).min(wait.max(100));
        self.blocked_until = self.blocked_until.max(until);
        self.blocked_until
    }

    /// An answer that was no 429.
    pub(super) fn accepted(&mut self) {
        self.refusals = 0;
    }
}

fn portion(share: f64, limit: i64) -> i64 {
    ((share * limit as f64) as i64).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(limit: u32, remaining: u32, reset: i64) -> RateHeaders {
        RateHeaders { limit: Some(limit), remaining: Some(remaining), reset: Some(reset), retry_after: None }
    }

    /// Sends as fast as it may from `now` to `end`, and gives the times.
    fn spend(rate: &mut RateLimit, mut now: Millis, end: Millis) -> Vec<Millis> {
        let mut times = Vec::new();
        while now < end {
            match rate.wait(now, 0) {
                None => {
                    rate.sent(now, 1);
                    times.push(now);
                }
                Some(at) => now = at,
            }
        }
        times
    }

    use alloc::vec::Vec;

    #[test]
    fn before_an_answer_one_request_goes() {
        let mut rate = RateLimit::new(1.0);
        assert_eq!(rate.wait(0, 0), None);
        assert_eq!(rate.wait(0, 1), Some(Millis::MAX));
        rate.answered(0, 1, RateHeaders::default(), 0);
        assert_eq!(rate.wait(0, 1), None);
    }

    #[test]
    fn what_is_left_is_spent_evenly_until_the_reset() {
        let mut rate = RateLimit::new(1.0);
        rate.answered(0, 1, headers(100, 20, 10), 0);
        let times = spend(&mut rate, 0, 9_999);
        assert_eq!(times.len(), 20);
        assert!(times.iter().filter(|at| **at < 5_000).count() <= 11, "{times:?}");
        assert_eq!(spend(&mut rate, 10_000, 19_999).len(), 100);
    }

    #[test]
    fn an_answer_that_comes_after_its_window_says_nothing_of_the_next() {
        let mut rate = RateLimit::new(1.0);
        rate.answered(0, 1, headers(100, 20, 10), 0);
        assert_eq!(rate.wait(9_999, 0), None);
        rate.sent(9_999, 2);
        assert_eq!(rate.wait(10_000, 1), None);
        rate.answered(10_001, 2, headers(100, 0, 10), 0);
        assert_eq!(spend(&mut rate, 10_001, 19_999).len(), 99);
        rate.answered(19_999, 3, headers(100, 0, 20), 0);
        assert_eq!(rate.wait(19_999, 0), Some(20_000));
    }

    #[test]
    fn the_share_bounds_each_window() {
        let mut rate = RateLimit::new(0.25);
        rate.answered(0, 1, headers(100, 99, 10), 0);
        assert_eq!(spend(&mut rate, 0, 9_999).len(), 24);
        assert_eq!(spend(&mut rate, 10_000, 19_999).len(), 25);
    }

    #[test]
    fn a_smaller_share_holds_at_once_and_a_larger_one_from_the_next_window_on() {
        let mut rate = RateLimit::new(1.0);
        rate.answered(0, 1, headers(100, 99, 10), 0);
        assert_eq!(spend(&mut rate, 0, 2_000).len(), 22);
        rate.set_share(0.5);
        assert_eq!(spend(&mut rate, 2_000, 9_999).len(), 27);
        rate.set_share(1.0);
        assert_eq!(spend(&mut rate, 9_999, 10_000).len(), 0);
        assert_eq!(spend(&mut rate, 10_000, 19_999).len(), 100);
        rate.set_share(0.0);
        assert_eq!(spend(&mut rate, 20_000, 29_999).len(), 100);
    }

    #[test]
    fn a_late_answer_cannot_raise_what_is_left() {
        let mut rate = RateLimit::new(1.0);
        rate.answered(0, 1, headers(100, 5, 10), 0);
        rate.answered(0, 1, headers(100, 50, 10), 0);
        assert_eq!(spend(&mut rate, 0, 9_999).len(), 5);
    }

    #[test]
    fn a_limit_s_answer_is_waited_for() {
        let mut rate = RateLimit::new(1.0);
        let mut random = Random::new(1);
        let until = rate.limited(0, RateHeaders { retry_after: Some(7), ..RateHeaders::default() }, &mut random);
        assert!((7_000..7_300).contains(&until));
        assert_eq!(rate.wait(1, 0), Some(until));
        assert_eq!(rate.wait(until, 0), None);
    }

    #[test]
    fn without_headers_a_limit_is_waited_for_twice_as_long_each_time() {
        let mut rate = RateLimit::new(1.0);
        let mut random = Random::new(1);
        let mut now = 0;
        let mut wait = |rate: &mut RateLimit| {
            let until = rate.limited(now, RateHeaders::default(), &mut random);
            until - core::mem::replace(&mut now, until)
        };
        for least in [2_000, 4_000, 8_000] {
            assert!((least..least + 300).contains(&wait(&mut rate)));
        }
        rate.accepted();
        assert!((2_000..2_300).contains(&wait(&mut rate)));
    }

    #[test]
    fn with_the_reset_alone_a_limit_is_waited_for_until_then() {
        let headers = RateHeaders { reset: Some(8), ..RateHeaders::default() };
        let until = RateLimit::new(1.0).limited(1_000, headers, &mut Random::new(1));
        assert!((8_000..8_300).contains(&until));
    }

    #[test]
    fn a_window_ends_soon_whatever_its_header_says() {
        for (reset, end) in [(1_000_000, 15_000), (0, 5_001)] {
            let mut rate = RateLimit::new(1.0);
            rate.answered(5_000, 1, headers(100, 0, reset), 0);
            assert_eq!(rate.wait(5_000, 0), Some(end));
        }
    }

    #[test]
    fn windows_follow_one_another_also_while_nothing_is_sent() {
        let mut rate = RateLimit::new(1.0);
        rate.answered(0, 1, headers(2, 2, 10), 0);
        assert_eq!(rate.wait(35_000, 0), None);
        rate.sent(35_000, 2);
        rate.sent(35_000, 3);
        assert_eq!(rate.wait(35_000, 0), Some(40_000));
    }

    #[test]
    fn what_is_on_its_way_counts_as_spent() {
        let mut rate = RateLimit::new(0.5);
        rate.answered(0, 1, headers(100, 99, 10), 20);
        assert_eq!(spend(&mut rate, 0, 9_999).len(), 29);
    }
}
