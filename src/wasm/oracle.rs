//! The two languages by themselves, for the comparison with Segment's own in `tests/oracle`. No build that sites use has this.

use super::handle::Handle;
use super::messenger;
use crate::filter::{self, Matcher};
use crate::mapping;
use alloc::vec::Vec;

/// The handle no value has: what failed has no result.
const FAILED: u32 = 0;

/// Whether the filter of this text matches the event: 1 or 0, or -1 when it can match no event. Faults are reported.
#[unsafe(no_mangle)]
pub extern "C" fn filter_matches(text: u32, event: u32) -> i32 {
    use crate::value::Value;
    let mut errors = Vec::new();
    let filter: Option<Matcher<Handle>> = filter::compile(&Handle(text).text(), &mut errors);
    messenger::tell(0, &errors);
    filter.map_or(-1, |filter| i32::from(filter.matches(&Handle(event))))
}

/// What the mapping gives for the event, or 0 when it is refused or fails. Faults are reported.
#[unsafe(no_mangle)]
pub extern "C" fn resolve(mapping: u32, event: u32) -> u32 {
    let mut errors = Vec::new();
    let result = mapping::compile(&Handle(mapping), &mut errors)
        .and_then(|mapping| mapping.resolve(&Handle(event)).map_err(|error| errors.push(error)).ok());
    messenger::tell(0, &errors);
    result.map_or(FAILED, |tree| tree.into_value().0)
}
