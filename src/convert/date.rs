//! Dates as Intercom takes them: whole seconds since 1970.

use crate::error::{Error, ErrorKind};
use crate::location::Part;
use crate::name::Name;
use crate::value::{Value, ValueKind};
use alloc::vec::Vec;

/// The last millisecond that is a date in JavaScript.
const LAST_MILLIS: f64 = 8.64e15;

/// Unix seconds of `date`: a number is seconds, or milliseconds when it has 13 digits; a string or `Date` is parsed.
///
/// What is falsy stays as it is. What cannot be read is undefined, and warned about at the field that `names` lead to.
pub fn to_unix_seconds<V: Value>(date: V, names: &[Name], warnings: &mut Vec<Error>) -> V {
    if !date.truthy() {
        return date;
    }
    let millis = match date.kind() {
        ValueKind::Number => match date.as_number() {
            millis if (1e12..1e13).contains(&millis) => millis,
            seconds => seconds * 1000.0,
        },
        ValueKind::String | ValueKind::Date => date.millis(),
        _ => f64::NAN,
    };
    if millis.abs() <= LAST_MILLIS {
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
    fn numbers_are_seconds_unless_they_have_thirteen_digits() {
        assert_eq!(seconds(Json::Number(1_700_000_000.0)), Json::Number(1_700_000_000.0));
        assert_eq!(seconds(Json::Number(1_700_000_000_123.0)), Json::Number(1_700_000_000.0));
        assert_eq!(seconds(Json::Number(1.7)), Json::Number(1.0));
        assert_eq!(seconds(Json::Number(-1.5)), Json::Number(-2.0));
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
        for date in [Json::string("soon"), Json::Boolean(true), Json::Number(1e300), Json::Date(f64::NAN)] {
            let mut warnings = Vec::new();
            assert_eq!(to_unix_seconds(date, &[Name::Value], &mut warnings), Json::Undefined);
            assert_eq!(warnings.len(), 1);
        }
    }
}
