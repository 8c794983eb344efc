//! The few date forms the host needs: ISO 8601 and its shortened forms.

use alloc::format;
use alloc::string::String;

/// From here on a number is milliseconds, not seconds.
const MILLIS_FROM: f64 = 1e11;

/// Milliseconds since 1970 of a number.
pub(super) fn of_number(number: f64) -> f64 {
    if number.abs() < MILLIS_FROM { number * 1000.0 } else { number }
}

/// Milliseconds since 1970 of text that is no number: `2020`, `20200102`, `2020-01-02T03:04:05.678Z`, `…+01:00`; without a zone it is UTC.
pub(super) fn parse(text: &str) -> Option<f64> {
    let spread;
    let text = if is_calendar(text) && text.len() > 4 {
        spread = spread_out(text);
        &spread
    } else {
        text
    };
    let (date, time) = match text.find(['T', ' ', 't']) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, ""),
    };
    let mut parts = date.splitn(3, ['-', '/']);
    let year: i64 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: i64 = parts.next().map_or(Some(1), |part| part.parse().ok())?;
    let day: i64 = parts.next().map_or(Some(1), |part| part.parse().ok())?;
    // JavaScript takes the first hundred years for those from 1900 on.
    if year < 100 || !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let (time, offset) = zone(time)?;
    let mut seconds = 0.0;
    for (part, (unit, most)) in
        time.splitn(3, ':').filter(|part| !part.is_empty()).zip([(3600.0, 24.0), (60.0, 60.0), (1.0, 60.0)])
    {
        seconds += part.parse::<f64>().ok().filter(|number| *number < most)? * unit;
    }
    Some((days(year, month, day) as f64 * 86_400.0 + seconds - offset as f64) * 1000.0)
}

/// Whether these are the digits of a year, a day or a second.
pub(super) fn is_calendar(text: &str) -> bool {
    matches!(text.len(), 4 | 8 | 14) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `20260102` as `2026-01-02`, and with six more digits its time.
fn spread_out(text: &str) -> String {
    let date = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..8]);
    if text.len() == 8 { date } else { format!("{date} {}:{}:{}", &text[8..10], &text[10..12], &text[12..]) }
}

fn days_in(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days(next_year, next, 1) - days(year, month, 1)
}

/// The time without its zone, and the zone's offset from UTC in seconds.
fn zone(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, 0)) };
    let digits: String = time[at + 1..].chars().filter(|c| *c != ':').collect();
    let offset: i64 = digits.parse().ok().filter(|_| digits.len() == 4)?;
    let seconds = (offset / 100 * 60 + offset % 100) * 60;
    Some((&time[..at], if time.as_bytes()[at] == b'-' { -seconds } else { seconds }))
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// `Date.prototype.toISOString`.
pub(super) fn to_iso(millis: f64) -> String {
    let days = (millis / 86_400_000.0).floor() as i64;
    let millis = millis as i64 - days * 86_400_000;
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hours, minutes, seconds) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{:03}Z", millis % 1000)
}
