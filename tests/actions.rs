//! Runs every file in `tests/fixtures/actions` and `tests/fixtures/settings`.
#![cfg(not(target_arch = "wasm32"))]

use intercom_destination::location::Part;
use intercom_destination::value::json::Json;
use intercom_destination::web::actions::Action;
use intercom_destination::web::destination::{Destination, boot_settings};
use serde_json::{Value, json};

mod fixture;

#[test]
fn events_make_the_calls_of_their_fixtures() {
    fixture::run("actions", fixture::cases::web::actions::<Json>);
}

#[test]
fn settings_are_checked_as_their_fixtures_say() {
    fixture::run("settings", fixture::cases::web::settings::<Json>);
}

#[test]
fn presets_apply_only_when_subscriptions_are_absent() {
    let enabled = |settings| {
        let destination = Destination::new(&Json::from(settings)).0.unwrap();
        Action::ALL.iter().map(|action| destination.enables(*action)).collect::<Vec<_>>()
    };
    let with_preset: Vec<_> = Action::ALL.iter().map(|action| action.preset().is_some()).collect();
    assert_eq!(with_preset[..4], [true, true, true, false]);
    assert_eq!(enabled(json!({ "appId": "a" })), with_preset);
    assert_eq!(enabled(json!({ "appId": "a", "subscriptions": null })), with_preset);
    assert!(!enabled(json!({ "appId": "a", "subscriptions": [] })).contains(&true));
}

#[test]
fn bad_filter_does_not_stop_other_subscriptions() {
    let subscription = |subscribe: &str| json!({ "partnerAction": "trackEvent", "name": subscribe, "enabled": true, "subscribe": subscribe, "mapping": {} });
    let settings = json!({ "appId": "a", "subscriptions": [subscription("type ="), subscription("type = \"track\"")] });
    let (destination, errors) = Destination::new(&Json::from(settings));
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].at.subscription.as_deref(), Some("type ="));
    assert_eq!(errors[0].at.part, Part::Filter { column: 7 });
    let (calls, _) = destination.unwrap().handle(Action::TrackEvent, &Json::from(json!({ "type": "track" })));
    assert_eq!(calls.len(), 1);
}

#[test]
fn presets_say_which_event_types_they_want() {
    let destination = Destination::new(&Json::from(json!({ "appId": "a" }))).0.unwrap();
    // track; page and identify; group
    assert_eq!(
        Action::ALL.iter().map(|action| destination.event_types(*action)).collect::<Vec<_>>()[..3],
        [0b00001, 0b00110, 0b01000]
    );
}

#[test]
fn preset_is_an_ordinary_mapping() {
    let mapping: Json = Action::IdentifyUser.preset().unwrap().to_mapping();
    let mapping = mapping.to_serde().unwrap();
    assert_eq!(mapping["user_id"], json!({ "@path": "$.userId" }));
    assert_eq!(mapping["company"]["@if"]["else"]["company_id"], json!({ "@path": "$.traits.company.id" }));
    assert_eq!(
        mapping["created_at"],
        json!({ "@if": {
            "exists": { "@path": "$.traits.createdAt" },
            "then": { "@path": "$.traits.createdAt" },
            "else": { "@path": "$.traits.created_at" }
        } })
    );
    assert_eq!(mapping["companies"]["@arrayPath"][0], "$.traits.companies");
    assert_eq!(mapping["companies"]["@arrayPath"][1]["name"], json!({ "@path": "$.name" }));
}

#[test]
fn the_page_gets_its_settings_with_their_defaults() {
    let for_page = |settings| {
        let settings = Json::from(settings);
        let destination = Destination::new(&settings).0.unwrap();
        destination.settings.for_page(&settings).to_serde().unwrap()
    };
    let nonce = json!({ "appId": "abc123", "nonce": "cmFuZG9t", "debug": true });
    let with =
        |timeout: u32| json!({ "widgetTimeout": timeout, "appId": "abc123", "nonce": "cmFuZG9t", "debug": true });
    assert_eq!(for_page(nonce.clone()), with(10_000));
    assert_eq!(for_page(with(300)), with(300));
    let mut absent = nonce;
    absent["widgetTimeout"] = Value::Null;
    assert_eq!(for_page(absent), with(10_000));
}

#[test]
fn boot_settings_name_the_region_and_the_button() {
    let settings = json!({ "appId": "abc123", "apiBase": "https://api-iam.au.intercom.io/", "activator": "#help" });
    let destination = Destination::new(&Json::from(settings)).0.unwrap();
    assert_eq!(
        boot_settings(&destination.settings).to_serde().unwrap(),
        json!({
            "app_id": "abc123",
            "api_base": "https://api-iam.au.intercom.io",
            "installation_type": "s",
            "custom_launcher_selector": "#help",
        })
    );
}

#[test]
fn boot_settings_have_the_messenger_s_and_nothing_that_it_does_not_know() {
    let messenger =
        json!({ "hide_default_launcher": false, "z_index": 7, "theme_mode": null, "app_id": "zzz999", "email": "a" });
    let settings = json!({ "appId": "abc123", "messenger": messenger });
    let destination = Destination::new(&Json::from(settings)).0.unwrap();
    assert_eq!(
        boot_settings(&destination.settings).to_serde().unwrap(),
        json!({
            "hide_default_launcher": false,
            "z_index": 7,
            "app_id": "abc123",
            "api_base": "https://api-iam.intercom.io",
            "installation_type": "s",
        })
    );
}
