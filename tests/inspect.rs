//! What an inspection tells: the same as the plugin does, with places as data.
#![cfg(not(target_arch = "wasm32"))]

use intercom_destination::inspect::web::Inspection;
use intercom_destination::inspect::{Key, Problem};
use intercom_destination::value::json::Json;
use intercom_destination::web::actions::Action;
use intercom_destination::web::destination::Destination;
use serde_json::{Value, json};

mod fixture;

fn inspection(subscriptions: Value) -> Inspection<Json> {
    Inspection::new(&Json::from(json!({ "appId": "abc123", "subscriptions": subscriptions })))
}

fn subscription(subscribe: &str, mapping: Value) -> Value {
    json!({ "partnerAction": "trackEvent", "enabled": true, "subscribe": subscribe, "mapping": mapping })
}

fn path(problem: &Problem) -> Vec<String> {
    let key = |key: &Key| match key {
        Key::Name(name) => name.clone(),
        Key::Index(index) => index.to_string(),
    };
    problem.path.iter().map(key).collect()
}

#[test]
fn fixtures_come_to_the_same_as_with_the_plugin() {
    let mut count = 0;
    for fixture in fixture::read("actions").into_iter().chain(fixture::read("settings")) {
        let fixture = fixture.content;
        let settings = Json::from(fixture["settings"].clone());
        let (destination, errors) = Destination::new(&settings);
        let inspection = Inspection::new(&settings);
        assert_eq!(inspection.usable, destination.is_some());
        let told: Vec<_> = inspection.problems.iter().map(|problem| problem.error.clone()).collect();
        assert_eq!(told[..errors.len()], errors);
        let (Some(destination), Some(event)) = (destination, fixture.get("event")) else { continue };
        assert_eq!(told.len(), errors.len());
        let event = Json::from(event.clone());
        let steps = inspection.inspect(&event);
        let mut calls = Vec::new();
        let mut said = Vec::new();
        for action in Action::ALL {
            let (made, errors) = destination.handle(*action, &event);
            calls.extend(made);
            said.extend(errors);
        }
        assert_eq!(
            steps.iter().filter_map(|step| step.call.as_ref().map(|said| said.call.clone())).collect::<Vec<_>>(),
            calls
        );
        let problems: Vec<_> = steps.iter().flat_map(|step| &step.problems).map(|it| it.error.clone()).collect();
        assert_eq!(problems, said);
        count += calls.len();
    }
    assert!(count > 20, "only {count} calls");
}

#[test]
fn places_in_filters_count_utf_16_code_units() {
    let offset = |filter| inspection(json!([subscription(filter, json!({}))])).problems[0].offset;
    assert_eq!(offset(r#"event = "x"#), Some(8));
    assert_eq!(offset(r#"event = "é" and event = "x"#), Some(24));
    assert_eq!(offset(r#"event = "🎉" and event = "x"#), Some(25));
    assert_eq!(offset(""), Some(0));
    let told = |filter: Value| {
        let mut subscription = subscription("", json!({}));
        subscription["subscribe"] = filter;
        let problem = inspection(json!([subscription])).problems.swap_remove(0);
        (path(&problem).join(" "), problem.offset)
    };
    assert_eq!(told(json!(5)), ("subscriptions 0 subscribe".into(), None));
    let absent = inspection(json!([{ "partnerAction": "trackEvent", "enabled": true }])).problems;
    assert_eq!((path(&absent[0]).join(" "), absent[0].offset), ("subscriptions 0".into(), None));
}

#[test]
fn places_in_settings_are_paths() {
    let settings =
        json!({ "appId": "a", "a.b": 1, "settings": 2, "richLinkProperties": ["a", 5], "widgetTimeout": "x" });
    let inspection = Inspection::new(&Json::from(settings));
    let paths: Vec<_> = inspection.problems.iter().map(path).collect();
    assert_eq!(paths, [vec!["a.b"], vec!["settings"], vec!["richLinkProperties", "1"], vec!["widgetTimeout"]]);
    let problems = Inspection::new(&Json::from(json!({ "subscriptions": 5 }))).problems;
    assert_eq!(problems.iter().map(path).collect::<Vec<_>>(), [vec!["subscriptions"], vec![]], "appId is not there");
}

#[test]
fn keys_may_hold_anything() {
    let first =
        |mapping| path(&inspection(json!([subscription("type = \"track\"", mapping)])).problems[0])[2..].join("|");
    assert_eq!(first(json!({ "a": { "b": 1 }, "a.b": { "@nothing": 1 } })), "mapping|a.b|@nothing");
    assert_eq!(first(json!({ "": [{ "1.2": { "@nothing": 1 } }] })), "mapping||0|1.2|@nothing");
    assert_eq!(first(json!({ " a": { "@nothing": 1 } })), "mapping| a|@nothing");
}

#[test]
fn what_is_not_there_leads_to_its_parent() {
    let first =
        |mapping| path(&inspection(json!([subscription("type = \"track\"", mapping)])).problems[0])[2..].join("|");
    assert_eq!(first(json!({ "a": { "@flatten": { "separator": "." } } })), "mapping|a|@flatten");
    assert_eq!(first(json!(5)), "mapping");
}

#[test]
fn a_root_directive_is_resolved_on_the_keys_beside_it() {
    let root = json!({ "@transform": { "apply": {} } });
    let mapping = json!({ "__segment_internal_directive": root, "a": { "@nothing": 1 } });
    let problems = inspection(json!([subscription("type = \"track\"", mapping)])).problems;
    assert_eq!(path(&problems[0])[2..], ["mapping", "a", "@nothing"]);
}

#[test]
fn a_name_that_looks_like_a_place_is_no_place() {
    let name = "x\" filter column 3";
    let mut broken = subscription("type = \"track\"", json!({ "a": { "@nothing": 1 } }));
    broken["name"] = json!(name);
    let inspection = inspection(json!([broken]));
    assert_eq!(inspection.problems.len(), 1);
    assert_eq!(path(&inspection.problems[0]), ["subscriptions", "0", "mapping", "a", "@nothing"]);
    assert_eq!(inspection.problems[0].offset, None);
}

#[test]
fn faults_of_an_event_lead_into_the_mapping() {
    let mapping = json!({ "event_name": "x", "event_metadata": 5 });
    let inspection = inspection(json!([subscription("type = \"track\"", mapping)]));
    let steps = inspection.inspect(&Json::from(json!({ "type": "track" })));
    assert_eq!(path(&steps[0].problems[0]), ["subscriptions", "0", "mapping", "event_metadata"]);
}

#[test]
fn places_in_presets_have_no_path() {
    let inspection = Inspection::new(&Json::from(json!({ "appId": "a" })));
    let steps = inspection.inspect(&Json::from(json!({ "type": "group", "traits": { "createdAt": "never" } })));
    let problems: Vec<_> = steps.iter().flat_map(|step| &step.problems).collect();
    assert_eq!(problems[0].error.kind.code(), "date_unreadable");
    assert_eq!((path(problems[0]), problems[0].offset), (vec![], None));
}

#[test]
fn a_subscription_tells_whether_it_works() {
    let mut off = subscription("type = \"page\"", json!({}));
    off["enabled"] = json!(false);
    let mut unknown = subscription("type = \"group\"", json!({}));
    unknown["partnerAction"] = json!("trackEvents");
    let faulty = subscription("type = \"identify\"", json!({ "a": { "@nothing": 1 } }));
    let good = subscription("event = \"x\"", json!({}));
    let inspection = inspection(json!([off, unknown, faulty, good, 5]));
    let told: Vec<_> = inspection
        .subscriptions
        .iter()
        .map(|check| (check.enabled, inspection.works(check), check.event_types, check.problems.len()))
        .collect();
    let expected = [
        (false, false, 0b10, 0),
        (true, false, 0b1000, 1),
        (true, false, 0b100, 1),
        (true, true, 0b11111, 0),
        (false, false, 0, 0),
    ];
    assert_eq!(told, expected);
    assert_eq!(inspection.subscriptions[3].name, "3");
}

#[test]
fn events_of_a_type_without_a_plugin_match_nothing() {
    let inspection = inspection(json!([subscription("event = \"x\"", json!({}))]));
    let matched = |event| inspection.inspect(&Json::from(event))[0].matched;
    assert!(matched(json!({ "type": "alias", "event": "x" })));
    assert!(!matched(json!({ "type": "screen", "event": "x" })));
    assert!(!matched(json!({ "event": "x" })));
}

#[cfg(feature = "cloud")]
mod cloud {
    use super::path;
    use intercom_destination::cloud::destination::{Destination, Prepared};
    use intercom_destination::inspect::cloud::Inspection;
    use intercom_destination::value::json::Json;
    use serde_json::{Value, json};
    use std::fs;
    use std::path::Path;

    fn fixtures(folder: &str) -> Vec<Value> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cloud").join(folder);
        let read = |entry: Result<fs::DirEntry, _>| fs::read_to_string(entry.unwrap().path()).unwrap();
        fs::read_dir(folder).unwrap().map(|entry| serde_json::from_str(&read(entry)).unwrap()).collect()
    }

    #[test]
    fn fixtures_come_to_the_same_as_with_the_destination() {
        let mut count = 0;
        for fixture in fixtures("settings").into_iter().chain(fixtures("events")) {
            let settings = Json::from(fixture["settings"].clone());
            let (destination, errors) = Destination::new(&settings);
            let inspection = Inspection::new(&settings);
            let told: Vec<_> = inspection.problems.iter().map(|problem| problem.error.clone()).collect();
            assert_eq!(inspection.usable, destination.is_some());
            // An inspection goes on where wrong settings keep the destination from looking at the subscriptions.
            assert_eq!(told[..errors.len()], errors);
            let (Some(destination), Some(event)) = (destination, fixture.get("event")) else { continue };
            let event = Json::from(event.clone());
            let steps = inspection.inspect(&event);
            if let Prepared::Deliver(prepared) = destination.prepare(&event, 0) {
                let delete = usize::from(fixture["event"]["type"] == "delete");
                assert!(steps.iter().filter(|step| step.payload.is_some()).count() + delete >= prepared.intents.len());
                count += 1;
            }
        }
        assert!(count > 20, "only {count} events");
    }

    #[test]
    fn places_are_paths_whatever_else_is_wrong() {
        let subscription = |subscribe: &str, mapping: Value| json!({ "partnerAction": "trackEvent", "name": "Same", "enabled": true, "subscribe": subscribe, "mapping": mapping });
        let settings = json!({
            "region": "mars",
            "subscriptions": [
                subscription("type = \"track", json!({ "event_name": "x" })),
                subscription("type = \"track\"", json!({ "event_name": { "@nothing": 1 }, "colour": 1 })),
            ],
        });
        let problems = Inspection::new(&Json::from(settings)).problems;
        let told: Vec<_> = problems.iter().map(|it| (it.error.kind.code(), path(it).join(" "), it.offset)).collect();
        let expected = [
            ("setting_region", "region", None),
            ("filter_unclosed_string", "subscriptions 0 subscribe", Some(7)),
            ("field_unknown", "subscriptions 1 mapping colour", None),
            ("mapping_unknown_directive", "subscriptions 1 mapping event_name @nothing", None),
        ];
        assert_eq!(told, expected.map(|(code, path, offset)| (code, path.to_owned(), offset)));
    }
}
