//! Runs every file of `fixtures/mapping` on the host.
//!
//! A fixture is one mapping with what it should do:
//! - `mapping`, and `event` with `expect` (absent: nothing) or `expectFailure`, or `cases`, an array of such;
//! - `expectError`: the fault (or array of faults) reported at load. Without an `event` the mapping must be refused;
//! - `expectWarnings`: an array of warnings reported at load;
//! - `difference`: the number of the intended difference from Segment it shows;
//! - `needs`: something the host lacks, so that only the browser runs it.
//!
//! A fault is `{code, place, message}`.
#![cfg(not(target_arch = "wasm32"))]

use intercom_destination::error::Error;
use intercom_destination::mapping;
use intercom_destination::value::json::Json;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

#[test]
fn every_fixture_does_what_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mapping");
    let mut wrong = Vec::new();
    let mut files = 0;
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let fixture: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).expect(&name);
        files += 1;
        if fixture.get("needs").is_none() {
            wrong.extend(run(&fixture).into_iter().map(|fault| format!("{name}: {fault}")));
        }
    }
    assert!(files > 150, "only {files} fixtures");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn run(fixture: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |what: &str, expected: Option<&Value>, found: Option<Value>| {
        // As text, so that the order of keys counts.
        let (expected, found) = (expected.map(Value::to_string), found.map(|found| found.to_string()));
        if expected != found {
            wrong.push(format!("{what} is {found:?}, expected {expected:?}"));
        }
    };
    let mut errors = Vec::new();
    let mapping = mapping::compile(&Json::from(fixture["mapping"].clone()), "", &mut errors);
    let (warnings, faults): (Vec<_>, Vec<_>) = errors.iter().partition(|error| error.kind.is_warning());
    let faults: Vec<Value> = faults.into_iter().map(describe).collect();
    let warnings: Vec<Value> = warnings.into_iter().map(describe).collect();
    let several = |faults: Vec<Value>| match &faults[..] {
        [] => None,
        [fault] => Some(fault.clone()),
        _ => Some(Value::Array(faults)),
    };
    check("the error", fixture.get("expectError"), several(faults));
    check("warnings", fixture.get("expectWarnings"), (!warnings.is_empty()).then_some(Value::Array(warnings)));

    let alone = [fixture.clone()];
    let cases = match fixture.get("cases") {
        Some(cases) => cases.as_array().unwrap(),
        None if fixture.get("event").is_some() => &alone[..],
        None => {
            check("whether it can be used", Some(&json!(false)), Some(json!(mapping.is_some())));
            return wrong;
        }
    };
    let Some(mapping) = mapping else {
        check("whether it can be used", Some(&json!(true)), Some(json!(false)));
        return wrong;
    };
    for case in cases {
        let event = Json::from(case["event"].clone());
        let before = event.clone();
        let (result, failure) = match mapping.resolve(&event) {
            Ok(tree) => (tree.into_value().to_serde(), None),
            Err(error) => (None, Some(describe(&error))),
        };
        let what = format!("for {event:?} it");
        check(&what, case.get("expect"), result);
        check(&what, case.get("expectFailure"), failure);
        assert_eq!(event, before);
    }
    wrong
}

fn describe(error: &Error) -> Value {
    json!({ "code": error.kind.code(), "place": error.place, "message": error.to_string() })
}

#[test]
fn places_start_with_what_the_caller_calls_the_mapping() {
    let mapping = Json::from(json!({ "company": { "name": { "@if": { "exists": 1, "then": { "@pathh": "x" } } } } }));
    let mut errors = Vec::new();
    assert!(mapping::compile(&mapping, "subscription \"Order\" mapping", &mut errors).is_none());
    assert_eq!(
        errors[0].to_string(),
        "subscription \"Order\" mapping company.name.@if.then.@pathh: expected a known directive, found @pathh"
    );
}

#[test]
fn failures_at_an_event_name_the_place_within_the_mapping() {
    let mapping = Json::from(json!({ "name": { "@path": { "@path": "$.which" } } }));
    let mapping = mapping::compile(&mapping, "mapping", &mut Vec::new()).unwrap();
    let error = mapping.resolve(&Json::from(json!({ "which": ["secret"] }))).err().unwrap();
    assert_eq!(error.to_string(), "name.@path: expected a string, found an array");
}

#[test]
fn knows_whether_liquid_is_needed() {
    let uses_liquid = |mapping: Value| {
        let mapping = mapping::compile(&Json::from(mapping), "", &mut Vec::new());
        mapping.is_some_and(|mapping| mapping.uses_liquid())
    };
    assert!(uses_liquid(json!({ "a": [{ "@if": { "exists": 1, "then": { "@liquid": "{{ a }}" } } }] })));
    assert!(!uses_liquid(json!({ "a": { "@liquid": "no tags" } })));
    assert!(!uses_liquid(json!({ "a": { "@template": "{{ a }}" } })));
}

#[test]
fn what_cannot_be_sent_is_left_out() {
    let mapping = Json::from(json!({ "a": { "@path": "$.a" } }));
    let mapping = mapping::compile(&mapping, "", &mut Vec::new()).unwrap();
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
    let whole = mapping::compile(&Json::from(json!({ "@path": "$.a" })), "", &mut Vec::new()).unwrap();
    assert_eq!(whole.resolve(&object(&[("a", nan())])).unwrap().into_value(), Json::Undefined);
}

#[test]
fn entries_are_those_of_objects_only_and_defined() {
    let mapping = Json::from(json!({
        "object": { "x": { "@path": "$.x" }, "none": { "@path": "$.none" } },
        "event": { "@path": "$.object" },
        "list": { "@path": "$.list" },
    }));
    let mapping = mapping::compile(&mapping, "", &mut Vec::new()).unwrap();
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
    let mapping = mapping::compile(&Json::from(json!({ "@path": "$.a" })), "", &mut Vec::new()).unwrap();
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
