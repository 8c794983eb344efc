//! Runs every file of `fixtures/mapping` on the host.
//!
//! A fixture is one mapping with what it should do:
//! - `mapping`, and `event` with `expect` (absent: nothing) or `expectFailure`, or `cases`, an array of such;
//! - `expectErrors` and `expectWarnings`: what is reported at load. Without an `event` the mapping must be refused;
//! - `difference`: the number of the intended difference from Segment it shows;
//! - `needs`: something the host lacks, so that only the browser runs it.
//!
//! An error is `{code, keys, message}`.
#![cfg(not(target_arch = "wasm32"))]

use intercom_destination::location::Part;
use intercom_destination::mapping;
use intercom_destination::value::json::Json;
use serde_json::{Value, json};

mod fixture;

use fixture::{Fixture, describe, describe_all};

#[test]
fn fixtures_come_out_as_expected() {
    let mut fixtures = fixture::read("mapping");
    assert!(fixtures.len() > 150);
    for fixture in fixtures.iter_mut().filter(|fixture| fixture.content.get("needs").is_none()) {
        run(fixture);
    }
    fixture::check(fixtures);
}

fn run(fixture: &mut Fixture) {
    let content = fixture.content.clone();
    let mut errors = Vec::new();
    let mapping = mapping::compile(&Json::from(content["mapping"].clone()), &mut errors);
    fixture.expect(&["expectErrors"], describe_all(&errors, false));
    fixture.expect(&["expectWarnings"], describe_all(&errors, true));
    let cases: Vec<(Vec<String>, &Value)> = match content.get("cases") {
        Some(cases) => {
            let cases = cases.as_array().unwrap().iter().enumerate();
            cases.map(|(i, case)| (vec!["cases".to_owned(), i.to_string()], case)).collect()
        }
        None if content.get("event").is_some() => vec![(Vec::new(), &content)],
        None => Vec::new(),
    };
    assert_eq!(
        mapping.is_some(),
        !cases.is_empty(),
        "{}: an event is tried where the mapping can be used",
        fixture.name
    );
    let Some(mapping) = mapping else { return };
    for (path, case) in cases {
        let event = Json::from(case["event"].clone());
        let before = event.clone();
        let (result, failure) = match mapping.resolve(&event) {
            Ok(tree) => (tree.into_value().to_serde(), None),
            Err(error) => (None, Some(describe(&error))),
        };
        for (key, found) in [("expect", result), ("expectFailure", failure)] {
            let keys: Vec<&str> = path.iter().map(String::as_str).chain([key]).collect();
            fixture.expect(&keys, found);
        }
        assert_eq!(event, before);
    }
}

#[test]
fn keys_that_hold_dots_stay_one_key() {
    let mapping = Json::from(json!({ "a.b": [{ "": { "@pathh": "x" } }], "c": { "@path": 5 } }));
    let mut errors = Vec::new();
    assert!(mapping::compile(&mapping, &mut errors).is_none());
    assert_eq!(errors[0].at.part, Part::Mapping { keys: ["a.b", "0", "", "@pathh"].map(String::from).into() });
    assert_eq!(errors[0].at.to_string(), "mapping a.b.0..@pathh");
}

#[test]
fn failures_at_an_event_name_the_keys_of_the_mapping() {
    let mapping = Json::from(json!({ "name": { "@path": { "@path": "$.which" } } }));
    let mapping = mapping::compile(&mapping, &mut Vec::new()).unwrap();
    let error = mapping.resolve(&Json::from(json!({ "which": ["secret"] }))).err().unwrap();
    assert_eq!(error.to_string(), "payload name.@path: expected a string, found an array");
}

#[test]
fn knows_whether_liquid_is_needed() {
    let uses_liquid = |mapping: Value| {
        let mapping = mapping::compile(&Json::from(mapping), &mut Vec::new());
        mapping.is_some_and(|mapping| mapping.uses_liquid())
    };
    assert!(uses_liquid(json!({ "a": [{ "@if": { "exists": 1, "then": { "@liquid": "{{ a }}" } } }] })));
    assert!(!uses_liquid(json!({ "a": { "@liquid": "no tags" } })));
    assert!(!uses_liquid(json!({ "a": { "@template": "{{ a }}" } })));
}

#[test]
fn what_cannot_be_sent_is_left_out() {
    let mapping = Json::from(json!({ "a": { "@path": "$.a" } }));
    let mapping = mapping::compile(&mapping, &mut Vec::new()).unwrap();
    let object = |entries: &[(&str, Json)]| {
        Json::Object(entries.iter().map(|(key, value)| (key.to_string(), value.clone())).collect())
    };
    let nan = || Json::Number(f64::NAN);
    let list = Json::Array(vec![nan(), Json::Undefined, Json::Number(1.0)]);
    let event = object(&[(
        "a",
        object(&[("nan", nan()), ("none", Json::Undefined), ("date", Json::Date(0.0)), ("list", list)]),
    )]);
    let expected = object(&[(
        "a",
        object(&[
            ("date", Json::Date(0.0)),
            ("list", Json::Array(vec![Json::Null, Json::Undefined, Json::Number(1.0)])),
        ]),
    )]);
    assert_eq!(mapping.resolve(&event).unwrap().into_value(), expected);
    let whole = mapping::compile(&Json::from(json!({ "@path": "$.a" })), &mut Vec::new()).unwrap();
    assert_eq!(whole.resolve(&object(&[("a", nan())])).unwrap().into_value(), Json::Undefined);
}

#[test]
fn entries_are_those_of_objects_only_and_defined() {
    let mapping = Json::from(json!({
        "object": { "x": { "@path": "$.x" }, "none": { "@path": "$.none" } },
        "event": { "@path": "$.object" },
        "list": { "@path": "$.list" },
    }));
    let mapping = mapping::compile(&mapping, &mut Vec::new()).unwrap();
    let event = Json::from(json!({ "x": 1, "object": { "y": 2 }, "list": [1] }));
    let names =
        |tree: mapping::Payload<Json>| -> Vec<Json> { tree.entries().into_iter().map(|(key, _)| key).collect() };
    let entries: Vec<_> = mapping.resolve(&event).unwrap().entries().into_iter().map(|(_, tree)| names(tree)).collect();
    let key = |name: &str| Json::String(name.into());
    assert_eq!(entries, [vec![key("x")], vec![key("y")], vec![]]);
}

#[test]
fn what_has_no_end_ends() {
    // As an object that refers twice to itself would be walked.
    let mapping = mapping::compile(&Json::from(json!({ "@path": "$.a" })), &mut Vec::new()).unwrap();
    let event = Json::from(json!({ "a": vec![json!([]); 20_001] }));
    let Json::Array(items) = mapping.resolve(&event).unwrap().into_value() else { panic!("no array") };
    assert_eq!(items.iter().filter(|item| **item == Json::Array(vec![])).count(), 19_999);
    assert_eq!(items.last(), Some(&Json::Null));
    let mut twice = json!([]);
    for _ in 0..14 {
        twice = json!([twice, twice]);
    }
    let deep = mapping.resolve(&Json::from(json!({ "a": twice }))).unwrap().into_value();
    let kept = containers(&deep);
    assert!((1_000..2_000).contains(&kept), "{kept}");
}

fn containers(value: &Json) -> usize {
    match value {
        Json::Array(items) => 1 + items.iter().map(containers).sum::<usize>(),
        _ => 0,
    }
}
