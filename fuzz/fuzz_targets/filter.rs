//! Any text is read or refused, its canonical text is the same filter, and matching is free of panics.
#![no_main]

use intercom_destination::event_type::EventType;
use intercom_destination::filter::{self, Matcher};
use intercom_destination::value::Value;
use intercom_destination::value::json::Json;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, f64)| {
    let (text, found, number) = input;
    let mut errors = Vec::new();
    let Some(filter) = filter::parse(text, &mut errors) else {
        assert_eq!(errors.iter().filter(|error| !error.kind.is_warning()).count(), 1);
        return;
    };
    assert!(errors.iter().all(|error| error.kind.is_warning()));
    let canonical = filter.to_string();
    assert_eq!(filter::parse(&canonical, &mut Vec::new()).as_ref(), Some(&filter), "{canonical}");

    let matcher: Matcher<Json> = filter::compile(text, &mut Vec::new()).unwrap();
    let key = |name: &str| Json::string(name);
    for kind in EventType::ALL {
        for value in [Json::string(found), Json::number(number), Json::null(), Json::array(&[Json::string(found)])] {
            let nested = Json::object(&[(key("x"), value.clone()), (key("properties"), value.clone())]);
            let event = Json::object(&[
                (key("type"), Json::string(kind.text())),
                (key("event"), value.clone()),
                (key("userId"), value),
                (key("properties"), nested),
            ]);
            assert!(!matcher.matches(&event) || matcher.event_types() >> *kind as u8 & 1 == 1, "{canonical}");
        }
    }
});
