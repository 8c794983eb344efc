//! Runs every file in `tests/fixtures/cloud`. `BLESS=1 cargo test --no-fail-fast --features cloud` writes what is expected anew.
#![cfg(all(feature = "cloud", not(target_arch = "wasm32")))]

use intercom_destination::cloud::actions::{Action, PARTNER_ACTIONS};
use intercom_destination::cloud::destination::{Destination, Prepared};
use intercom_destination::error::Error;
use intercom_destination::name::Name;
use intercom_destination::value::json::Json;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The host's time in every fixture, milliseconds.
const NOW: i64 = 1_800_000_000_000;

fn fixtures(folder: &str) -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/cloud").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 10);
    files
        .into_iter()
        .map(|path| {
            let fixture = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            (path, fixture)
        })
        .collect()
}

/// Compares what was found with the fixture, or writes it there.
fn settle(path: &Path, fixture: &Value, found: Value) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, serde_json::to_string_pretty(&found).unwrap() + "\n").unwrap();
        return;
    }
    // As text, because the order of keys counts.
    assert_eq!(fixture.to_string(), found.to_string(), "{}", path.display());
}

fn destination(settings: &Value) -> Destination<Json> {
    let (destination, errors) = Destination::new(&Json::from(settings.clone()));
    destination.unwrap_or_else(|| panic!("{errors:?}"))
}

#[test]
fn fields_take_what_their_fixtures_say() {
    for (path, fixture) in fixtures("fields") {
        let destination = destination(&fixture["settings"]);
        let at = fixture["at"].as_str().unwrap();
        let mut found = fixture.clone();
        for case in found["cases"].as_array_mut().unwrap() {
            let event = Json::from(json!({ "type": "track", "value": case["value"] }));
            *case = field_case(case["value"].clone(), at, &destination.prepare(&event, NOW));
        }
        settle(&path, &fixture, found);
    }
}

fn field_case(value: Value, at: &str, prepared: &Prepared) -> Value {
    let mut case = json!({ "value": value });
    match prepared {
        Prepared::Deliver(event) => {
            let intent = serde_json::to_value(&event.intents[0]).unwrap();
            if let Some(value) = intent.pointer(at) {
                case["expect"] = value.clone();
            }
            if !event.warnings.is_empty() {
                case["warnings"] = serde_json::to_value(&event.warnings).unwrap();
            }
        }
        finished => case["finished"] = serde_json::to_value(finished).unwrap()["finished"].clone(),
    }
    case
}

#[test]
fn events_ask_for_what_their_fixtures_say() {
    for (path, fixture) in fixtures("events") {
        let event = Json::from(fixture["event"].clone());
        let mut found = fixture.clone();
        found["expect"] = serde_json::to_value(destination(&fixture["settings"]).prepare(&event, NOW)).unwrap();
        assert_eq!(event, Json::from(fixture["event"].clone()), "{}: the event is as it was", path.display());
        settle(&path, &fixture, found);
    }
}

#[test]
fn settings_are_checked_as_their_fixtures_say() {
    for (path, fixture) in fixtures("settings") {
        let (destination, errors) = Destination::new(&Json::from(fixture["settings"].clone()));
        let (warnings, faults): (Vec<_>, Vec<_>) = errors.iter().partition(|error| error.kind.is_warning());
        assert_eq!(destination.is_none(), !faults.is_empty(), "{}", path.display());
        let mut found = fixture.clone();
        found["faults"] = described(&faults);
        found["warnings"] = described(&warnings);
        settle(&path, &fixture, found);
    }
}

fn described(errors: &[&Error]) -> Value {
    errors.iter().map(|error| json!({ "code": error.kind.code(), "message": error.to_string() })).collect()
}

#[test]
fn every_key_of_a_field_is_its_name() {
    for action in Action::ALL {
        for field in action.fields() {
            assert_eq!(Name::text(field.name), field.key);
        }
    }
}

#[test]
fn partner_actions_stand_in_the_order_of_the_actions() {
    for action in Action::ALL {
        assert_eq!(PARTNER_ACTIONS[action as usize].1, action);
    }
}

#[test]
fn presets_are_ordinary_subscriptions_without_warnings() {
    let presets: Vec<_> = Action::ALL
        .iter()
        .map(|action| {
            let preset = action.preset();
            let mapping: Value = serde_json::from_str(preset.mapping).unwrap();
            json!({
                "partnerAction": action.key(), "name": preset.name, "enabled": true,
                "subscribe": preset.subscribe, "mapping": mapping,
            })
        })
        .collect();
    let (destination, errors) = Destination::<Json>::new(&Json::from(json!({ "subscriptions": presets })));
    assert_eq!(errors, []);
    let event = Json::from(json!({ "type": "identify", "userId": "u-1", "traits": { "name": "Ada" } }));
    let written = destination.unwrap().prepare(&event, NOW);
    assert_eq!(written, self::destination(&json!({})).prepare(&event, NOW));
}
