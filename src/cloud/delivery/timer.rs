//! What a delivery waits for.

use super::Millis;
use super::people::LaneId;
use alloc::collections::BinaryHeap;
use core::cmp::Reverse;

/// The reasons to wake up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// A lane's request is due again after a pause, or its missing contact is worth looking for again.
    Lane(LaneId),
    /// The cache has not answered: go on without it.
    Cache,
}

#[derive(Default)]
pub(super) struct Timers {
    heap: BinaryHeap<Reverse<(Millis, Timer)>>,
}

impl Timers {
    pub(super) fn set(&mut self, at: Millis, timer: Timer) {
        self.heap.push(Reverse((at, timer)));
    }

    /// The first one, due or not.
    pub(super) fn first(&self) -> Option<(Millis, Timer)> {
        self.heap.peek().map(|Reverse(first)| *first)
    }

    pub(super) fn drop_first(&mut self) {
        self.heap.pop();
    }
}
