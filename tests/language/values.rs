//! Money, dates, and mappings without directives.

use crate::drawn::cases;
use intercom_destination::convert::money::cents;
use intercom_destination::mapping;
use intercom_destination::value::{Value as _, json::Json};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Days from 1970 to the first of a year, counted one year after the other.
fn days_before(year: i64) -> i64 {
    let length = |year: i64| if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 366 } else { 365 };
    if year >= 1970 { (1970..year).map(length).sum() } else { -(year..1970).map(length).sum::<i64>() }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z$.{} ]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,3}", inner, 0..5).prop_map(|entries| json!(entries)),
        ]
    })
}

proptest! {
    #![proptest_config(cases("language", 2000))]

    #[test]
    fn cents_round_the_decimal_number_that_people_read(units in 0..1_000_000_u64, fraction in 0..1_000_000_u64, digits in 1..=6_usize, is_refund in any::<bool>()) {
        let fraction = format!("{fraction:06}")[..digits].to_owned();
        let text = format!("{units}.{fraction}");
        // By hand, on the digits.
        let padded = format!("{fraction:0<3}");
        let (whole, next): (u64, u32) = (padded[..2].parse().unwrap(), padded[2..3].parse().unwrap());
        let expected = (units * 100 + whole + u64::from(next >= 5)) as f64;
        let sign = if is_refund && expected > 0.0 { -1.0 } else { 1.0 };
        prop_assert_eq!(cents(sign * text.parse::<f64>().unwrap()), sign * expected, "{}", text);
    }

    #[test]
    fn dates_are_read_as_the_calendar_has_them(
        year in 1900..2200_i64, month in 1..=12_usize, day in 1..=28_i64, second in 0..86_400_i64, millis in 0..1000_i64, offset in -12..=14_i64,
    ) {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let lengths = [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let days = days_before(year) + lengths[..month - 1].iter().sum::<i64>() + day - 1;
        let (hour, minute, rest) = (second / 3600, second / 60 % 60, second % 60);
        let sign = if offset < 0 { '-' } else { '+' };
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{rest:02}.{millis:03}{sign}{:02}:00", offset.abs());
        let expected = (days * 86_400 + second - offset * 3600) * 1000 + millis;
        // A fraction of a second before 1970 is not exact; Intercom takes whole seconds.
        let error = (Json::string(&text).millis() - expected as f64).abs();
        prop_assert!(error < 0.001, "{} is off by {}", text, error);
        let utc = format!("{year:04}-{month:02}-{day:02}");
        prop_assert_eq!(Json::string(&utc).millis(), (days * 86_400_000) as f64, "{}", utc);
    }

    #[test]
    fn a_mapping_without_directives_is_its_own_payload(mapping in prop::collection::btree_map("[a-z]{1,3}", any_json(), 0..5), event in any_json()) {
        let mapping = json!(mapping);
        let mut errors = Vec::new();
        let compiled = mapping::compile(&Json::from(mapping.clone()), &mut errors).expect("no directive is wrong");
        prop_assert_eq!(errors.len(), 0);
        let event = Json::from(json!({ "properties": event }));
        prop_assert_eq!(compiled.resolve(&event).unwrap().into_value().to_serde(), Some(mapping));
    }

    #[test]
    fn a_path_gives_what_stands_there(keys in prop::collection::vec("[a-z]{1,3}", 1..5), leaf in any_json()) {
        let mut event = leaf.clone();
        for key in keys.iter().rev() {
            event = json!({ key.clone(): event });
        }
        let mapping = Json::from(json!({ "field": { "@path": format!("$.{}", keys.join(".")) } }));
        let compiled = mapping::compile(&mapping, &mut Vec::new()).unwrap();
        let payload = compiled.resolve(&Json::from(event)).unwrap().into_value().to_serde().unwrap();
        prop_assert_eq!(payload.get("field"), Some(&leaf));
    }
}
