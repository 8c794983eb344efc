//! How long to wait before a request goes again.

use super::Millis;
use super::random::Random;

/// An event that is given back is worth handing in again after about this time.
pub(super) const GIVEN_BACK: Millis = 60_000;

/// A request that got no usable answer goes again so often.
pub(super) const MAX_TRIES: u32 = 5;

const FIRST_PAUSE: Millis = 500;
const LONGEST_PAUSE: Millis = 16_000;

/// Before try number `tries`, counted from 1 for the second one.
pub(super) fn pause(tries: u32, random: &mut Random) -> Millis {
    random.around(FIRST_PAUSE.saturating_mul(1 << tries.min(10)).min(LONGEST_PAUSE))
}

const FIRST_LOOK: Millis = 7_000;
const LONGEST_LOOK: Millis = 3_600_000;

/// Before a contact that is missing is looked for again within the same delivery.
pub(super) fn look_again(tries: u32, random: &mut Random) -> Millis {
    random.around(FIRST_LOOK.saturating_mul(5i64.saturating_pow(tries.min(10))))
}

/// Before an event whose contact is missing is worth handing in again, for the time it has been missing.
pub(super) fn hand_in_again(missing_for: Millis, random: &mut Random) -> Millis {
    random.around(missing_for.clamp(GIVEN_BACK, LONGEST_LOOK))
}
