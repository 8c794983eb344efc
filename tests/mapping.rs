//! Runs every file of `tests/fixtures/mapping`, and what no fixture says of mappings.
#![cfg(not(target_arch = "wasm32"))]

use intercom_destination::limits;
use intercom_destination::location::Part;
use intercom_destination::mapping;
use intercom_destination::value::json::Json;
use serde_json::{Value, json};

mod fixture;

#[test]
fn fixtures_come_out_as_expected() {
    fixture::run("mapping", fixture::cases::mapping::<Json>);
}

#[test]
fn the_double_differs_from_javascript_s_values_as_listed() {
    fixture::double::check::<Json>();
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
    let resolve = |event: Value| mapping.resolve(&Json::from(event)).unwrap().into_value();
    let list = vec![json!([]); limits::ITEMS + 1];
    assert_eq!(containers(&resolve(json!({ "a": list }))), 1 + limits::ITEMS);
    let Json::Array(lists) = resolve(json!({ "a": [list, list] })) else { panic!("no array") };
    assert_eq!(lists.iter().map(containers).sum::<usize>(), limits::CONTAINERS - 1);
    let Json::Array(last) = &lists[1] else { panic!("no array") };
    assert_eq!(last.last(), Some(&Json::Null));
    let mut twice = json!([]);
    for _ in 0..14 {
        twice = json!([twice, twice]);
    }
    let deep = resolve(json!({ "a": twice }));
    let kept = containers(&deep);
    assert!((1_000..2_000).contains(&kept), "{kept}");
}

fn containers(value: &Json) -> usize {
    match value {
        Json::Array(items) => 1 + items.iter().map(containers).sum::<usize>(),
        _ => 0,
    }
}
