//! How long to wait before a request goes again.

use super::Millis;
use super::random::Random;
use crate::cloud::limits::{FIRST_LOOK, FIRST_PAUSE, GIVEN_BACK, LONGEST_LOOK, LONGEST_PAUSE};

/// Before try number `tries`, counted from 1 for the second one.
pub(super) fn pause(tries: u32, random: &mut Random) -> Millis {
    random.around(FIRST_PAUSE.saturating_mul(1 << tries.min(10)).min(LONGEST_PAUSE))
}

/// Before a contact that is missing is looked for again within the same delivery.
pub(super) fn look_again(tries: u32, random: &mut Random) -> Millis {
    random.around(FIRST_LOOK.saturating_mul(5i64.saturating_pow(tries.min(10))))
}

/// Before an event whose contact is missing is worth handing in again, for the time it has been missing.
pub(super) fn hand_in_again(missing_for: Millis, random: &mut Random) -> Millis {
    random.around(missing_for.clamp(GIVEN_BACK, LONGEST_LOOK))
}
