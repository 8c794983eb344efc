//! How far hostile nesting is followed.

/// How many objects and arrays may stand in each other, in a mapping and in what is built for an event.
pub const MAX_DEPTH: usize = 64;

/// How many objects and arrays are walked for one value: an object that refers twice to itself has 2^64 of them within
/// [`MAX_DEPTH`].
const MAX_CONTAINERS: usize = 20_000;

/// Those that lie further down than any site nests count for more, so that what refers to itself is cut before it takes time.
const DEEP: usize = 8;
const DEEP_COST: usize = 20;

/// What is left of the limits while one value is walked.
pub(crate) struct Limits {
    depth: usize,
    containers: usize,
}

impl Limits {
    pub(crate) fn new() -> Self {
        Limits { depth: MAX_DEPTH, containers: MAX_CONTAINERS }
    }

    /// Enters an object or array; false when it must be left out.
    pub(crate) fn enter(&mut self) -> bool {
        let cost = if self.depth > MAX_DEPTH - DEEP { 1 } else { DEEP_COST };
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
