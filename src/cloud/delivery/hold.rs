//! Events that were given back are expected again: what came after them waits for them, so that the order is kept over a retry.

use super::Millis;
use crate::cloud::limits::{GRACE, PLACE_KEPT};
use alloc::collections::BTreeMap;
use alloc::string::String;
use std::collections::HashMap;

/// The number of an event in the order of arrival.
pub(super) type Arrival = u64;

/// One person's events that are with the caller. They are recognised by their message ids.
///
/// Each has a time of its own, which what happens to others does not put off: where several processes share the events, one that was given
/// back here may come again there.
#[derive(Debug, Default)]
pub(super) struct Hold {
    by_arrival: BTreeMap<Arrival, Held>,
    by_message: HashMap<String, Arrival>,
}

#[derive(Debug)]
struct Held {
    /// When it is due.
    until: Millis,
    /// It updates or deletes the contact, so that no update may pass.
    is_update: bool,
    /// It is not waited for any more.
    is_lifted: bool,
}

impl Hold {
    pub(super) fn add(&mut self, arrival: Arrival, message: &str, until: Millis, is_update: bool) {
        self.by_arrival.insert(arrival, Held { until, is_update, is_lifted: false });
        self.by_message.insert(message.into(), arrival);
    }

    /// Takes note that an event has come again, and gives its place in the order.
    pub(super) fn take(&mut self, message: &str) -> Option<Arrival> {
        let arrival = self.by_message.remove(message)?;
        self.by_arrival.remove(&arrival);
        Some(arrival)
    }

    /// The first event that is waited for.
    pub(super) fn first(&self) -> Option<Arrival> {
        self.by_arrival.iter().find(|(_, held)| !held.is_lifted).map(|(arrival, _)| *arrival)
    }

    /// When the last event that is waited for is due.
    pub(super) fn until(&self) -> Option<Millis> {
        self.waited_for().map(|held| held.until).max()
    }

    /// Whether no update may pass what is waited for.
    pub(super) fn holds_updates(&self) -> bool {
        self.waited_for().any(|held| held.is_update)
    }

    fn waited_for(&self) -> impl Iterator<Item = &Held> {
        self.by_arrival.values().filter(|held| !held.is_lifted)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.by_arrival.is_empty()
    }

    /// Lets go of what did not come again in time.
    pub(super) fn pass(&mut self, now: Millis) {
        self.by_arrival.retain(|_, held| {
            held.is_lifted = now >= held.until + GRACE;
            now < held.until + PLACE_KEPT
        });
        let by_arrival = &self.by_arrival;
        self.by_message.retain(|_, arrival| by_arrival.contains_key(arrival));
    }

    /// When [`pass`](Hold::pass) has something to let go of.
    pub(super) fn passes_at(&self) -> Option<Millis> {
        let after = |held: &Held| if held.is_lifted { PLACE_KEPT } else { GRACE };
        self.by_arrival.values().map(|held| held.until + after(held)).min()
    }

    pub(super) fn absorb(&mut self, other: Hold) {
        self.by_arrival.extend(other.by_arrival);
        self.by_message.extend(other.by_message);
    }
}
