//! Dates in events as milliseconds and seconds since 1970.

use crate::value::{Value, ValueKind};

/// From here on a number is milliseconds, not seconds: 1973 in milliseconds, the year 5138 in seconds.
const MILLIS_FROM: f64 = 1e11;
/// The last millisecond that is a date in JavaScript.
const LAST_MILLIS: f64 = 8.64e15;
const SECOND: f64 = 1000.0;

/// Milliseconds since 1970 of a number, a date or text; `None` where it can't be read or no calendar has it.
///
/// Text of digits is a number, but for 4, 8 or 14 of them, which are a year, a day or a second of a calendar. Text without a zone
/// is UTC.
pub fn millis<V: Value>(date: &V) -> Option<i64> {
    let millis = match date.kind() {
        ValueKind::Number => of_number(date.as_number()),
        ValueKind::Date => date.millis(),
        ValueKind::String => of_text(date),
        _ => f64::NAN,
    };
    (millis.abs() <= LAST_MILLIS).then(|| millis.floor() as i64)
}

/// Whole seconds since 1970, as Intercom takes them.
pub fn seconds<V: Value>(date: &V) -> Option<i64> {
    millis(date).map(|millis| millis.div_euclid(SECOND as i64))
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
        self.timestamp.unwrap_or(self.now).div_euclid(SECOND as i64)
    }
}

fn of_number(number: f64) -> f64 {
    if number.abs() >= MILLIS_FROM { number } else { number * SECOND }
}

fn of_text<V: Value>(date: &V) -> f64 {
    let text = date.text();
    let text = text.trim();
    let is_calendar = matches!(text.len(), 4 | 8 | 14) && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = date.parse_number();
    match (is_calendar, number.is_nan()) {
        (false, false) => of_number(number),
        _ if !exists(text) => f64::NAN,
        (true, _) if text.len() == 8 => V::string(&dashed(text)).millis(),
        _ => V::string(text).millis(),
    }
}

/// `20260102` as `2026-01-02`.
fn dashed(day: &str) -> alloc::string::String {
    alloc::format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])
}

/// Whether a calendar has the day and a clock the hour that text starts with, if it starts with one: `2026-02-30` would be read as
/// the second of March. Other forms are left to whoever reads them.
fn exists(text: &str) -> bool {
    let mut numbers = Numbers { rest: text };
    let (Some(year), Some(month)) = (numbers.next(4), numbers.next(2)) else { return true };
    let day = numbers.next(2);
    let hour = day.and_then(|_| numbers.next(2));
    let minute = hour.and_then(|_| numbers.next(2));
    let second = minute.and_then(|_| numbers.next(2));
    (1..=12).contains(&month)
        && (1..=days_in(year, month)).contains(&day.unwrap_or(1))
        && hour.unwrap_or(0) < 24
        && minute.unwrap_or(0) < 60
        && second.unwrap_or(0) <= 60
}

fn days_in(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Numbers of a fixed width, with one separator or none between them.
struct Numbers<'a> {
    rest: &'a str,
}

impl Numbers<'_> {
    fn next(&mut self, width: usize) -> Option<u32> {
        let rest = self.rest.strip_prefix(['-', '/', 'T', 't', ' ', ':']).unwrap_or(self.rest);
        let digits = rest.get(..width).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        self.rest = &rest[width..];
        digits.parse().ok()
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::value::json::Json;

    #[test]
    fn numbers_are_seconds_or_milliseconds_by_their_size() {
        for (date, expected) in [
            (1_700_000_000.0, 1_700_000_000),
            (1_700_000_000.9, 1_700_000_000),
            (1_700_000_000_123.0, 1_700_000_000),
            (99_999_999_999.0, 99_999_999_999),
            (100_000_000_000.0, 100_000_000),
            (-1.5, -2),
            (0.0, 0),
        ] {
            assert_eq!(seconds(&Json::Number(date)), Some(expected), "{date}");
        }
        assert_eq!(seconds(&Json::Number(f64::NAN)), None);
        assert_eq!(seconds(&Json::Number(1e300)), None);
    }

    #[test]
    fn text_of_digits_is_a_number_or_a_calendar_s_day() {
        for (date, expected) in [
            ("1700000000", 1_700_000_000),
            ("1700000000123", 1_700_000_000),
            (" 1700000000.5 ", 1_700_000_000),
            ("-86400", -86_400),
            ("20231114", 1_699_920_000),
            ("2023", 1_672_531_200),
        ] {
            assert_eq!(seconds(&Json::string(date)), Some(expected), "{date}");
        }
    }

    #[test]
    fn text_is_utc_unless_it_says_otherwise() {
        assert_eq!(seconds(&Json::string("2020-01-02T03:04:05.678+01:00")), Some(1_577_930_645));
        assert_eq!(seconds(&Json::string("2020-01-02T03:04:05")), Some(1_577_934_245));
        assert_eq!(millis(&Json::Date(1_577_934_245_678.0)), Some(1_577_934_245_678));
    }

    #[test]
    fn a_day_that_no_calendar_has_is_not_read() {
        let dates = [
            "2026-02-30",
            "2026-13-45",
            "2025-02-29T00:00:00Z",
            "0000-00-00 00:00:00",
            "20260230",
            "2026-01-02T25:00",
            "soon",
            "",
        ];
        for date in dates {
            assert_eq!(seconds(&Json::string(date)), None, "{date}");
        }
        assert!(seconds(&Json::string("2024-02-29")).is_some());
        assert_eq!(seconds(&Json::Boolean(true)), None);
    }
}
