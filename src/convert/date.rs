//! Dates as Intercom takes them: whole seconds since 1970.

use crate::error::{Error, ErrorKind};
use crate::location::Part;
use crate::name::Name;
use crate::value::Value;
use alloc::vec::Vec;

/// The last millisecond that is a date in JavaScript.
const LAST_MILLIS: f64 = 8.64e15;

/// Milliseconds since 1970 of a date, as [`Value::millis`] reads it; `None` where JavaScript has no such date.
pub fn millis<V: Value>(date: &V) -> Option<f64> {
    Some(date.millis()).filter(|millis| millis.abs() <= LAST_MILLIS)
}

/// Unix seconds of `date`.
///
/// What is falsy stays as it is. What cannot be read is undefined, and warned about at the field that `names` lead to.
pub fn to_unix_seconds<V: Value>(date: V, names: &[Name], warnings: &mut Vec<Error>) -> V {
    if !date.truthy() {
        return date;
    }
    if let Some(millis) = millis(&date) {
        return V::number(floor(millis / 1000.0));
    }
    warnings.push(Error::new(ErrorKind::DateUnreadable, Part::payload(names), date.kind().article()));
    V::undefined()
}

/// `f64::floor` for dates, which `core` does not have.
fn floor(number: f64) -> f64 {
    let whole = number as i64 as f64;
    if whole > number { whole - 1.0 } else { whole }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::value::json::Json;

    fn seconds(date: Json) -> Json {
        to_unix_seconds(date, &[Name::Value], &mut Vec::new())
    }

    #[test]
    fn numbers_are_seconds_or_milliseconds_by_their_size() {
        for (date, expected) in [
            (1_700_000_000.0, 1_700_000_000.0),
            (1_700_000_000_123.0, 1_700_000_000.0),
            (99_999_999_999.0, 99_999_999_999.0),
            (883_612_800_000.0, 883_612_800.0),
            (1.7, 1.0),
            (-1.5, -2.0),
        ] {
            assert_eq!(seconds(Json::Number(date)), Json::Number(expected), "{date}");
        }
    }

    #[test]
    fn text_of_digits_is_a_number_or_a_day_of_a_calendar() {
        for (date, expected) in [
            ("1700000000", 1_700_000_000.0),
            ("1700000000123", 1_700_000_000.0),
            (" 1700000000.5 ", 1_700_000_000.0),
            ("946684800", 946_684_800.0),
            ("0", 0.0),
            ("-86400", -86_400.0),
            ("20231114", 1_699_920_000.0),
            ("20231114221320", 1_700_000_000.0),
            ("2023", 1_672_531_200.0),
        ] {
            assert_eq!(seconds(Json::string(date)), Json::Number(expected), "{date}");
        }
    }

    #[test]
    fn strings_without_a_zone_are_utc() {
        assert_eq!(seconds(Json::string("2020-01-02")), Json::Number(1_577_923_200.0));
        assert_eq!(seconds(Json::string("2020-01-02T03:04:05")), Json::Number(1_577_934_245.0));
        assert_eq!(seconds(Json::string("2020-01-02T03:04:05.678+01:00")), Json::Number(1_577_930_645.0));
    }

    #[test]
    fn what_is_falsy_stays() {
        assert_eq!(seconds(Json::Null), Json::Null);
        assert_eq!(seconds(Json::string("")), Json::string(""));
    }

    #[test]
    fn what_is_no_date_is_left_out_and_warned_about() {
        let texts = [
            "soon",
            "0000-00-00 00:00:00",
            "2024-13-45",
            "2026-02-30",
            "2025-02-29T00:00:00Z",
            "20260230",
            "2026-01-02T25:00",
        ];
        let others = [Json::Boolean(true), Json::Number(1e300), Json::Date(f64::NAN)];
        for date in texts.into_iter().map(Json::string).chain(others) {
            let mut warnings = Vec::new();
            assert_eq!(to_unix_seconds(date.clone(), &[Name::Value], &mut warnings), Json::Undefined, "{date:?}");
            assert_eq!(warnings.len(), 1);
        }
        assert_eq!(seconds(Json::string("2024-02-29")), Json::Number(1_709_164_800.0));
    }
}
