//! Companies that are being saved: all that is asked of one at a time becomes one request, in the order of the events, whoever they are of.

use super::people::LaneId;
use super::progress::End;
use super::queue::Sequence;
use crate::cloud::intent::Fields;
use crate::cloud::outcome::Warning;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use std::collections::HashMap;

#[derive(Default)]
pub(super) struct Companies {
    open: HashMap<String, Open>,
}

#[derive(Default)]
struct Open {
    pending: BTreeMap<Sequence, Fields>,
    is_sending: bool,
    settled: HashMap<Sequence, Saved>,
    waiting: Vec<LaneId>,
}

/// What became of one event's part in saving a company.
#[derive(Clone, Debug)]
pub(super) struct Saved {
    /// Intercom's id of the company.
    pub result: Result<String, End>,
    pub warnings: Vec<Warning>,
}

/// What an event that needs its company saved has to do.
pub(super) enum Turn {
    Saved(Saved),
    /// Another lane is saving it and wakes this one.
    Wait,
    /// Save all of these, in order.
    Save(Vec<(Sequence, Fields)>),
}

impl Companies {
    pub(super) fn add(&mut self, company_id: &str, at: Sequence, fields: Fields) {
        let open = match self.open.get_mut(company_id) {
            Some(open) => open,
            None => self.open.entry(company_id.into()).or_default(),
        };
        open.pending.insert(at, fields);
    }

    pub(super) fn turn(&mut self, company_id: &str, at: Sequence, lane: LaneId) -> Turn {
        let open = self.open.entry(company_id.into()).or_default();
        if let Some(saved) = open.settled.remove(&at) {
            self.close(company_id);
            return Turn::Saved(saved);
        }
        if open.is_sending {
            open.waiting.push(lane);
            return Turn::Wait;
        }
        open.is_sending = true;
        Turn::Save(core::mem::take(&mut open.pending).into_iter().collect())
    }

    /// Tells what became of parts that were taken, and gives the lanes that waited for it.
    pub(super) fn settle(&mut self, company_id: &str, parts: Vec<(Sequence, Saved)>) -> Vec<LaneId> {
        let Some(open) = self.open.get_mut(company_id) else { return Vec::new() };
        open.is_sending = false;
        open.settled.extend(parts);
        core::mem::take(&mut open.waiting)
    }

    /// The event is given back and has no part in it any more.
    pub(super) fn withdraw(&mut self, company_id: &str, at: Sequence) {
        if let Some(open) = self.open.get_mut(company_id) {
            open.pending.remove(&at);
            open.settled.remove(&at);
            self.close(company_id);
        }
    }

    fn close(&mut self, company_id: &str) {
        let is_idle = |open: &Open| !open.is_sending && open.pending.is_empty() && open.settled.is_empty();
        if self.open.get(company_id).is_some_and(is_idle) {
            self.open.remove(company_id);
        }
    }
}
