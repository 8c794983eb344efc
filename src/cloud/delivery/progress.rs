//! The events that are being delivered: how many of an event's intents are left, and what became of those that are done.

use super::hold::{Arrival, Hold};
use super::{EventId, Millis, Output};
use crate::cloud::code::Code;
use crate::cloud::intent::Intent;
use crate::cloud::outcome::{Outcome, Status, Warning};
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use std::collections::HashMap;

/// A delivery's own number of an event: unlike the caller's, it is never given twice.
pub(super) type EventKey = u64;

/// The end of one intent.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum End {
    Delivered,
    Retry { code: Code, at: Millis },
    Dropped { code: Code, detail: Option<String> },
}

#[derive(Default)]
pub(super) struct Progress {
    events: HashMap<EventKey, Entry>,
    by_message: HashMap<String, EventKey>,
    count: EventKey,
}

struct Entry {
    id: EventId,
    message_id: Option<String>,
    arrival: Arrival,
    /// One of its intents updates or deletes a contact.
    is_update: bool,
    intents: usize,
    end: End,
    warnings: Vec<Warning>,
    /// Events with the same message id, which end as this one does.
    replays: Vec<EventId>,
}

/// An event that came to its end.
pub(super) struct Settled {
    /// Its message id, when it need never be delivered again.
    pub message_id: Option<String>,
    /// What it was dropped for.
    pub dropped: Option<Code>,
}

impl Progress {
    /// Enters an event; `None` when one with the same message id is being delivered, which answers for both.
    pub(super) fn enter(
        &mut self,
        id: EventId,
        message_id: Option<String>,
        arrival: Arrival,
        intents: &[Intent],
        warnings: Vec<Warning>,
    ) -> Option<EventKey> {
        if let Some(message) = &message_id {
            if let Some(first) = self.by_message.get(message) {
                self.events.get_mut(first)?.replays.push(id);
                return None;
            }
            self.by_message.insert(message.clone(), self.count);
        }
        let key = self.count;
        self.count += 1;
        let is_update = intents.iter().any(|intent| matches!(intent, Intent::IdentifyContact(_) | Intent::Delete(_)));
        let (intents, end) = (intents.len(), End::Delivered);
        let entry = Entry { id, message_id, arrival, is_update, intents, end, warnings, replays: Vec::new() };
        self.events.insert(key, entry);
        Some(key)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    pub(super) fn message_id(&self, event: EventKey) -> Option<&str> {
        self.events.get(&event)?.message_id.as_deref()
    }

    /// Keeps the place of an event that is given back.
    pub(super) fn keep_place(&self, event: EventKey, until: Millis, hold: &mut Hold) {
        let Some(entry) = self.events.get(&event) else { return };
        if let Some(message) = &entry.message_id {
            hold.add(entry.arrival, message, until, entry.is_update);
        }
    }

    pub(super) fn warn(&mut self, event: EventKey, warning: Warning) {
        let Some(entry) = self.events.get_mut(&event) else { return };
        if !entry.warnings.contains(&warning) {
            entry.warnings.push(warning);
        }
    }

    /// Ends one intent of an event, and the event with its last one.
    pub(super) fn end(&mut self, event: EventKey, end: End, outputs: &mut VecDeque<Output>) -> Option<Settled> {
        let entry = self.events.get_mut(&event)?;
        entry.end = worse(core::mem::replace(&mut entry.end, End::Delivered), end);
        entry.intents = entry.intents.saturating_sub(1);
        if entry.intents > 0 {
            return None;
        }
        let entry = self.events.remove(&event)?;
        if let Some(message) = &entry.message_id {
            self.by_message.remove(message);
        }
        let is_final = !matches!(entry.end, End::Retry { .. });
        let dropped = match &entry.end {
            End::Dropped { code, .. } => Some(*code),
            _ => None,
        };
        let outcome = outcome(entry.end, entry.warnings);
        for replay in entry.replays {
            outputs.push_back(Output::Finish { event: replay, outcome: outcome.clone() });
        }
        outputs.push_back(Output::Finish { event: entry.id, outcome });
        Some(Settled { message_id: entry.message_id.filter(|_| is_final), dropped })
    }
}

/// Of two intents' ends the one that the event ends with: what can be sent again first, then what was dropped.
fn worse(one: End, other: End) -> End {
    let rank = |end: &End| match end {
        End::Retry { .. } => 2,
        End::Dropped { .. } => 1,
        End::Delivered => 0,
    };
    match (&one, &other) {
        (End::Retry { at, .. }, End::Retry { at: later, .. }) => {
            if at >= later {
                one
            } else {
                other
            }
        }
        _ if rank(&one) >= rank(&other) => one,
        _ => other,
    }
}

pub(super) fn outcome(end: End, warnings: Vec<Warning>) -> Outcome {
    let (status, code, retry_at, detail) = match end {
        End::Delivered => (Status::Delivered, None, None, None),
        End::Retry { code, at } => (Status::Retry, Some(code), Some(at), None),
        End::Dropped { code, detail } => (Status::Dropped, Some(code), None, detail),
    };
    let message = code.map(|code| match detail {
        Some(detail) => alloc::format!("{} ({detail})", code.sentence.trim_end_matches('.')),
        None => code.sentence.into(),
    });
    Outcome { status, code: code.map(|code| code.code), message, retry_at, warnings }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloud::code::{CONTACT_MISSING, REFUSED};

    #[test]
    fn an_event_ends_with_what_is_worst_of_its_intents() {
        let retry = |at| End::Retry { code: CONTACT_MISSING, at };
        let dropped = || End::Dropped { code: REFUSED, detail: None };
        let status = |one: End, other: End| {
            let outcome = outcome(worse(one, other), Vec::new());
            (outcome.status, outcome.retry_at)
        };
        for (one, other, expected) in [
            (End::Delivered, dropped(), (Status::Dropped, None)),
            (dropped(), End::Delivered, (Status::Dropped, None)),
            (dropped(), retry(5), (Status::Retry, Some(5))),
            (retry(5), dropped(), (Status::Retry, Some(5))),
            (retry(5), retry(9), (Status::Retry, Some(9))),
            (retry(9), retry(5), (Status::Retry, Some(9))),
        ] {
            assert_eq!(status(one, other), expected);
        }
    }
}
