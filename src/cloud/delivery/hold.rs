//! Events that were given back are expected again: what came after them waits for them, so that the order is kept over a retry.

use super::Millis;
use crate::cloud::limits::{GRACE, PLACE_KEPT};
use alloc::collections::BTreeMap;
use alloc::string::String;
use std::collections::HashMap;

/// The number of an event in the order of arrival.
pub(super) type Arrival = u64;

/// One person's events that are with the caller. They are recognised by their message ids.
#[derive(Debug, Default)]
pub(super) struct Hold {
    by_arrival: BTreeMap<Arrival, String>,
    by_message: HashMap<String, Arrival>,
    /// When the last of them is due.
    pub until: Millis,
    /// One of them updates or deletes the contact, so that no update may pass.
    pub holds_updates: bool,
    /// They are not waited for any more.
    is_lifted: bool,
}

impl Hold {
    pub(super) fn add(&mut self, arrival: Arrival, message: &str, until: Millis, holds_updates: bool) {
        self.by_arrival.insert(arrival, message.into());
        self.by_message.insert(message.into(), arrival);
        self.until = self.until.max(until);
        self.holds_updates |= holds_updates;
        self.is_lifted = false;
    }

    /// Takes note that an event has come again, and gives its place in the order.
    pub(super) fn take(&mut self, message: &str) -> Option<Arrival> {
        let arrival = self.by_message.remove(message)?;
        self.by_arrival.remove(&arrival);
        Some(arrival)
    }

    /// The first event that is waited for.
    pub(super) fn first(&self) -> Option<Arrival> {
        self.by_arrival.keys().next().copied().filter(|_| !self.is_lifted)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_arrival.is_empty()
    }

    /// Lets go of what did not come again in time.
    pub(super) fn pass(&mut self, now: Millis) {
        if self.is_empty() || now >= self.until + PLACE_KEPT {
            *self = Hold::default();
        }
        self.is_lifted |= now >= self.until + GRACE;
    }

    /// When [`pass`](Hold::pass) has something to let go of.
    pub(super) fn passes_at(&self) -> Option<Millis> {
        let after = if self.is_lifted { PLACE_KEPT } else { GRACE };
        Some(self.until + after).filter(|_| !self.is_empty())
    }

    pub(super) fn absorb(&mut self, other: Hold) {
        for (arrival, message) in other.by_arrival {
            self.add(arrival, &message, other.until, other.holds_updates);
        }
    }
}
