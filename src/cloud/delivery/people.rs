//! Who is who: each person has one lane, found by any name of theirs. Two lanes become one when an event has a name of each.

use super::operation::Operation;
use super::queue::Queue;
use alloc::string::String;
use alloc::vec::Vec;
use std::collections::HashMap;

/// A number that is never given twice.
pub(super) type LaneId = u64;

/// One person's way to Intercom. Usually one operation runs in it; two, when two lanes that were both busy became one.
#[derive(Default)]
pub(super) struct Lane {
    pub queue: Queue,
    pub running: Vec<Operation>,
    /// In the line of those that want to send.
    pub is_ready: bool,
    /// When it is to be looked at again.
    pub wake_at: Option<super::Millis>,
    names: Vec<String>,
}

#[derive(Default)]
pub(super) struct People {
    lanes: HashMap<LaneId, Lane>,
    by_name: HashMap<String, LaneId>,
    count: LaneId,
}

impl People {
    /// The lane that has these names from now on, and the lanes that were taken into it.
    pub(super) fn lane_of(&mut self, names: Vec<String>) -> (LaneId, Vec<LaneId>) {
        let mut found: Vec<LaneId> = names.iter().filter_map(|name| self.by_name.get(name).copied()).collect();
        found.sort_unstable();
        found.dedup();
        // The longest one stays: what is moved is moved at most log n times.
        found.sort_by_key(|id| core::cmp::Reverse(self.lanes.get(id).map_or(0, |lane| lane.queue.len())));
        let id = found.first().copied().unwrap_or_else(|| {
            self.count += 1;
            self.lanes.insert(self.count, Lane::default());
            self.count
        });
        let others = found.split_off(found.len().min(1));
        for other in &others {
            self.absorb(id, *other);
        }
        for name in names {
            self.name(id, name);
        }
        (id, others)
    }

    fn name(&mut self, id: LaneId, name: String) {
        if self.by_name.insert(name.clone(), id) != Some(id)
            && let Some(lane) = self.lanes.get_mut(&id)
        {
            lane.names.push(name);
        }
    }

    fn absorb(&mut self, id: LaneId, other: LaneId) {
        let Some(taken) = self.lanes.remove(&other) else { return };
        for name in taken.names {
            self.name(id, name);
        }
        let Some(lane) = self.lanes.get_mut(&id) else { return };
        lane.queue.absorb(taken.queue);
        lane.running.extend(taken.running);
    }

    pub(super) fn get(&mut self, id: LaneId) -> Option<&mut Lane> {
        self.lanes.get_mut(&id)
    }

    /// Removes a lane with nothing left to do; its names mean nobody then.
    pub(super) fn close(&mut self, id: LaneId) {
        let is_busy = |lane: &Lane| !lane.queue.is_empty() || !lane.running.is_empty() || !lane.queue.hold.is_empty();
        if self.lanes.get(&id).is_none_or(is_busy) {
            return;
        }
        let Some(lane) = self.lanes.remove(&id) else { return };
        for name in lane.names {
            if self.by_name.get(&name) == Some(&id) {
                self.by_name.remove(&name);
            }
        }
    }

    /// All lanes, in the order in which they were opened.
    pub(super) fn ids(&self) -> Vec<LaneId> {
        let mut ids: Vec<LaneId> = self.lanes.keys().copied().collect();
        ids.sort_unstable();
        ids
    }
}
