//! How far hostile nesting is followed: an object that refers twice to itself has 2^64 objects within [`DEPTH`]. Those that lie further
//! down than any site nests count for more, so that what refers to itself is cut before it takes time.

use crate::limits::{CONTAINERS, DEEP, DEEP_COST, DEPTH};

/// What is left of the limits while one value is walked.
pub(crate) struct Limits {
    depth: usize,
    containers: usize,
}

impl Limits {
    pub(crate) fn new() -> Self {
        Limits { depth: DEPTH, containers: CONTAINERS }
    }

    /// Enters an object or array; false when it must be left out.
    pub(crate) fn enter(&mut self) -> bool {
        let cost = if self.depth > DEPTH - DEEP { 1 } else { DEEP_COST };
        let within = self.depth > 0 && self.containers >= cost;
        if within {
            self.containers -= cost;
            self.depth -= 1;
        }
        within
    }

    /// Leaves what was entered last.
    pub(crate) fn leave(&mut self) {
        self.depth += 1;
    }
}
