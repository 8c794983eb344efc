//! How far hostile nesting is followed.

/// How many objects and arrays may stand in each other, in a mapping and in what is built for an event.
pub const MAX_DEPTH: usize = 64;

/// How many objects and arrays are walked for one value: an object that refers twice to itself has 2^64 of them within
/// [`MAX_DEPTH`].
const MAX_CONTAINERS: usize = 20_000;

/// How many of these may lie further down than any site nests: what refers to itself is cut here long before it takes time.
const MAX_DEEP: usize = 1_000;
const DEEP: usize = 8;

/// What is left of the limits while one value is walked.
pub struct Limits {
    depth: usize,
    containers: usize,
    deep: usize,
}

impl Limits {
    pub fn new() -> Self {
        Limits { depth: MAX_DEPTH, containers: MAX_CONTAINERS, deep: MAX_DEEP }
    }

    /// Enters an object or array; false when it must be left out.
    pub fn enter(&mut self) -> bool {
        let left = if self.depth > MAX_DEPTH - DEEP { &mut self.containers } else { &mut self.deep };
        let within = self.depth > 0 && *left > 0;
        if within {
            *left -= 1;
            self.depth -= 1;
        }
        within
    }

    /// Leaves what was entered last.
    pub fn leave(&mut self) {
        self.depth += 1;
    }
}
