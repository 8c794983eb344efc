//! Runs every file in `tests/fixtures/cloud`.
#![cfg(all(feature = "cloud", not(target_arch = "wasm32")))]

use intercom_destination::cloud::actions::{Action, PARTNER_ACTIONS};
use intercom_destination::cloud::destination::Destination;
use intercom_destination::name::Name;
use intercom_destination::value::json::Json;
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
