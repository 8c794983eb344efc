//! Dates in events as milliseconds and seconds since 1970.

use crate::convert::date;
use crate::value::Value;

const SECOND: i64 = 1000;

/// Milliseconds since 1970; `None` where the date can't be read.
pub fn millis<V: Value>(date: &V) -> Option<i64> {
    date::millis(date).map(|millis| millis.floor() as i64)
}

/// Whole seconds since 1970, as Intercom takes them.
pub fn seconds<V: Value>(date: &V) -> Option<i64> {
    millis(date).map(|millis| millis.div_euclid(SECOND))
}

/// What time it is, by the host and by the event.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Milliseconds since 1970.
    pub now: i64,
    /// The event's own `timestamp`, where it has one that can be read.
    pub timestamp: Option<i64>,
}

impl Clock {
    /// When the event happened, as far as is known, in whole seconds.
    pub fn event_seconds(&self) -> i64 {
        self.timestamp.unwrap_or(self.now).div_euclid(SECOND)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::value::json::Json;

    #[test]
    fn seconds_are_whole_and_milliseconds_stay() {
        assert_eq!(seconds(&Json::Number(1_700_000_000.9)), Some(1_700_000_000));
        assert_eq!(seconds(&Json::string("-1.5")), Some(-2));
        assert_eq!(seconds(&Json::Number(0.0)), Some(0));
        assert_eq!(millis(&Json::string("2020-01-02T03:04:05.678")), Some(1_577_934_245_678));
        assert_eq!(millis(&Json::Date(1_577_934_245_678.0)), Some(1_577_934_245_678));
    }

    #[test]
    fn what_is_no_date_has_no_time() {
        for date in [
            Json::Number(f64::NAN),
            Json::Number(1e300),
            Json::Boolean(true),
            Json::string(""),
            Json::string("2026-13-45"),
        ] {
            assert_eq!(seconds(&date), None, "{date:?}");
        }
    }
}
