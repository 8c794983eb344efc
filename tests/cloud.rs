//! Runs every file in `tests/fixtures/cloud`.
#![cfg(all(feature = "cloud", not(target_arch = "wasm32")))]

use intercom_destination::cloud::actions::{Action, PARTNER_ACTIONS};
use intercom_destination::cloud::destination::{Destination, Prepared};
use intercom_destination::cloud::intent::Intent;
use intercom_destination::name::Name;
use intercom_destination::value::{Value as _, json::Json};
use serde_json::{Value, json};

mod fixture;

use fixture::cases::cloud::{self, NOW};

#[test]
fn fields_take_what_their_fixtures_say() {
    fixture::run("cloud/fields", cloud::fields::<Json>);
}

#[test]
fn events_ask_for_what_their_fixtures_say() {
    fixture::run("cloud/events", cloud::events::<Json>);
}

#[test]
fn settings_are_checked_as_their_fixtures_say() {
    fixture::run("cloud/settings", cloud::settings::<Json>);
}

fn destination(settings: Value) -> Destination<Json> {
    Destination::new(&Json::from(settings)).0.unwrap()
}

#[test]
fn requests_go_to_the_region_unless_an_address_is_given() {
    let address = |settings| destination(settings).settings.address().to_owned();
    assert_eq!(address(json!({})), "https://api.intercom.io");
    assert_eq!(address(json!({ "region": "eu" })), "https://api.eu.intercom.io");
    assert_eq!(address(json!({ "region": "au" })), "https://api.au.intercom.io");
    assert_eq!(address(json!({ "region": "eu", "baseUrl": "http://127.0.0.1:8787" })), "http://127.0.0.1:8787");
}

#[test]
fn liquid_is_needed_where_a_subscription_uses_it() {
    let uses_liquid = |mapping: Value| destination(json!({ "subscriptions": [subscription(mapping)] })).uses_liquid();
    assert!(uses_liquid(json!({ "event_name": { "@liquid": "{{ event }}" } })));
    assert!(!uses_liquid(json!({ "event_name": { "@path": "$.event" } })));
}

#[test]
fn a_site_is_told_of_more_than_fifty_subscriptions_and_not_of_fifty() {
    let errors = |count| {
        let settings = json!({ "subscriptions": vec![subscription(json!({})); count] });
        Destination::new(&Json::from(settings)).1.len()
    };
    assert_eq!((errors(50), errors(51)), (0, 1));
}

fn subscription(mapping: Value) -> Value {
    json!({ "partnerAction": "trackEvent", "name": "", "enabled": true, "subscribe": "type = \"track\"", "mapping": mapping })
}

/// JSON has none, and JavaScript does.
#[test]
fn a_date_becomes_text_where_text_is_taken() {
    let date = Json::Date(1_767_323_045_678.0);
    let properties = Json::object(&[(Json::string("at"), date.clone())]);
    let event = Json::from(json!({ "type": "track", "userId": "u-1" }))
        .with(&Json::string("event"), &date)
        .with(&Json::string("properties"), &properties);
    let Prepared::Deliver(event) = destination(json!({})).prepare(&event, NOW) else { panic!() };
    let [Intent::TrackEvent(track)] = &event.intents[..] else { panic!() };
    assert_eq!(track.name, "2026-01-02T03:04:05.678Z");
    assert_eq!(Value::from(track.metadata.clone()), json!({ "at": "2026-01-02T03:04:05.678Z" }));
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
    assert_eq!(written, Destination::new(&Json::from(json!({}))).0.unwrap().prepare(&event, NOW));
}
