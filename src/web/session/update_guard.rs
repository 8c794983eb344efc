//! Which updates Intercom would drop: it takes no repetition within a minute, and says that it hears twenty in half an hour.

use super::Millis;
use crate::value::Value;
use crate::web::limits::{QUOTA, QUOTA_PERIOD, REPEAT};

/// The last updates of a page.
pub(super) struct UpdateGuard<V> {
    last: Option<(Millis, V, V)>,
    /// When the last ones were said, in turn; at first, in 1970.
    times: [Millis; QUOTA],
    next: usize,
}

impl<V: Value> UpdateGuard<V> {
    pub(super) fn new() -> Self {
        UpdateGuard { last: None, times: [0.0; QUOTA], next: 0 }
    }

    /// Whether this is the last update once more, on the same URL and soon after.
    pub(super) fn repeats(&self, now: Millis, payload: &V, url: &V) -> bool {
        self.last
            .as_ref()
            .is_some_and(|(at, last, last_url)| now - at < REPEAT && url.same(last_url) && payload.equals(last))
    }

    /// Notes an update; whether Intercom may ignore those that follow.
    pub(super) fn said(&mut self, now: Millis, payload: V, url: V) -> bool {
        self.last = Some((now, payload, url));
        self.times[self.next] = now;
        self.next = (self.next + 1) % QUOTA;
        now - self.times[self.next] < QUOTA_PERIOD
    }

    /// What was said last is not what Intercom knows any more.
    pub(super) fn forget(&mut self) {
        self.last = None;
    }
}
