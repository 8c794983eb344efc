//! Runs every file in `tests/fixtures/actions` and `tests/fixtures/settings`.
#![cfg(not(target_arch = "wasm32"))]

use intercom_destination::location::Part;
use intercom_destination::value::{Value as _, json::Json};
use intercom_destination::web::actions::Action;
use intercom_destination::web::call::Call;
use intercom_destination::web::destination::{Destination, boot_settings};
use intercom_destination::web::session::Config;
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
fn all_commands_but_hide_show_something() {
    for (action, shown) in [(Action::ShowMessenger, true), (Action::HideMessenger, false)] {
        let subscription = json!({ "partnerAction": action.text(), "name": "", "enabled": true, "subscribe": "type = \"track\"", "mapping": {} });
        let settings = json!({ "appId": "a", "subscriptions": [subscription] });
        let destination = Destination::new(&Json::from(settings)).0.unwrap();
        let (calls, _) = destination.handle(action, &Json::from(json!({ "type": "track" })));
        let [Call::Command { shows, .. }] = calls[..] else { panic!("{calls:?}") };
        assert_eq!(shows, shown);
    }
}

#[test]
fn updates_are_told_from_what_visitors_do() {
    let updates: Vec<_> = Action::ALL.iter().filter(|action| action.is_update()).collect();
    assert_eq!(updates, [&Action::IdentifyUser, &Action::IdentifyCompany]);
}

#[test]
fn a_site_is_told_of_more_than_fifty_subscriptions_and_not_of_fifty() {
    let subscription = json!({ "partnerAction": "trackEvent", "name": "", "enabled": true, "subscribe": "type = \"track\"", "mapping": {} });
    let errors = |count| {
        let settings = json!({ "appId": "a", "subscriptions": vec![subscription.clone(); count] });
        Destination::new(&Json::from(settings)).1.len()
    };
    assert_eq!((errors(50), errors(51)), (0, 1));
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
fn an_action_wants_the_event_types_of_all_its_subscriptions_and_names_those_that_match() {
    let subscription = |name: &str, subscribe: &str| json!({ "partnerAction": "trackEvent", "name": name, "enabled": true, "subscribe": subscribe, "mapping": {} });
    let both = [r#"type = "track" or type = "page""#, r#"type = "page" or type = "group""#];
    let settings =
        json!({ "appId": "a", "subscriptions": [subscription("One", both[0]), subscription("Two", both[1])] });
    let destination = Destination::new(&Json::from(settings)).0.unwrap();
    assert_eq!(destination.event_types(Action::TrackEvent), 0b01011);
    let matching = |kind: &str| destination.matching(Action::TrackEvent, &Json::from(json!({ "type": kind }))).text();
    assert_eq!(matching("track"), r#"subscription "One""#);
    assert_eq!(matching("page"), r#"subscription "One", subscription "Two""#);
    assert_eq!(matching("alias"), "");
}

#[test]
fn liquid_is_needed_where_an_enabled_subscription_uses_it() {
    let uses_liquid = |mapping: Value, enabled: bool| {
        let subscription = json!({ "partnerAction": "trackEvent", "name": "", "enabled": enabled, "subscribe": "type = \"track\"", "mapping": mapping });
        Destination::new(&Json::from(json!({ "appId": "a", "subscriptions": [subscription] }))).0.unwrap().uses_liquid()
    };
    let liquid = json!({ "event_name": { "@liquid": "{{ event }}" } });
    assert!(uses_liquid(liquid.clone(), true));
    assert!(!uses_liquid(liquid, false));
    assert!(!uses_liquid(json!({ "event_name": { "@path": "$.event" } }), true));
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
fn the_session_gets_what_the_settings_say() {
    let config = |settings| Config::from(&Destination::new(&Json::from(settings)).0.unwrap().settings);
    let plain = config(json!({ "appId": "a", "load": "now" }));
    assert_eq!((plain.load, plain.widget_timeout), (Json::Undefined, 10_000.0));
    assert_eq!((plain.shutdown_on_reset, plain.update_guard, plain.has_user_jwt), (true, true, false));
    let other =
        json!({ "appId": "a", "load": "idle", "widgetTimeout": 300, "shutdownOnReset": false, "updateGuard": true });
    let other = config(other);
    assert_eq!((other.load, other.widget_timeout), (Json::string("idle"), 300.0));
    assert_eq!((other.shutdown_on_reset, other.update_guard), (false, true));
    assert!(!config(json!({ "appId": "a", "updateGuard": false })).update_guard);
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
