//! One bad field loses itself, not the write.

use crate::events::*;
use crate::intercom::Attribute;
use crate::world::World;
use intercom_destination::cloud::delivery::Config;
use intercom_destination::cloud::outcome::{Outcome, Status};
use serde_json::{Value, json};

fn codes(outcome: &Outcome) -> Vec<&str> {
    outcome.warnings.iter().map(|warning| warning.code).collect()
}

fn attributes(given: Value) -> Value {
    json!({ "name": "Ada", "custom_attributes": given })
}

#[test]
fn an_unknown_attribute_is_left_out_told_once_and_remembered() {
    let mut world = World::new();
    world.intercom.attributes_are(&[("tier", Attribute::Text)]);
    let given = attributes(json!({ "tier": "a", "shoe": 7 }));
    let first =
        world.deliver(vec![identify(user("u-1"), given.clone()), identify(user("u-1"), json!({ "name": "Bea" }))]);
    assert_eq!(codes(&first[0]), ["attribute_unknown"]);
    assert!(first[0].warnings[0].message.contains("custom_attributes.shoe"), "{first:?}");
    assert_eq!(codes(&first[1]), [""; 0], "it did not have the attribute");
    let second = world.deliver(vec![identify(user("u-2"), given)]);
    assert_eq!(codes(&second[0]), [""; 0]);
    assert_eq!(world.calls.len(), 3);
    assert_eq!(world.intercom.user("u-2").unwrap().custom, fields(json!({ "tier": "a" })));
}

#[test]
fn another_machine_knows_of_an_unknown_attribute_by_the_cache() {
    let config = || Config { has_cache: true, ..Config::default() };
    let mut first = World::with(config());
    first.intercom.attributes_are(&[]);
    first.deliver(vec![identify(user("u-1"), attributes(json!({ "shoe": 7 })))]);
    let mut second = World::with(config());
    second.intercom = std::mem::take(&mut first.intercom);
    second.cache = std::mem::take(&mut first.cache);
    second.deliver(vec![identify(user("u-2"), attributes(json!({ "shoe": 7 })))]);
    assert_eq!(second.lines(), ["POST /contacts"]);
}

#[test]
fn with_the_setting_an_unknown_attribute_is_made() {
    let mut world = World::with(Config { create_attributes: true, ..Config::default() });
    world.intercom.attributes_are(&[]);
    let outcomes = world.deliver(vec![identify(user("u-1"), attributes(json!({ "shoe": 7, "hat": "x" })))]);
    assert_eq!(codes(&outcomes[0]), [""; 0]);
    assert_eq!(world.intercom.user("u-1").unwrap().custom, fields(json!({ "shoe": 7, "hat": "x" })));
}

#[test]
fn a_value_outside_its_list_loses_itself_and_another_value_is_sent() {
    let mut world = World::new();
    world.intercom.attributes_are(&[("tier", Attribute::Gold)]);
    let silver = attributes(json!({ "tier": "silver" }));
    assert_eq!(codes(&world.deliver(vec![identify(user("u-1"), silver.clone())])[0]), ["attribute_refused"]);
    let calls = world.calls.len();
    world.deliver(vec![identify(user("u-2"), silver)]);
    assert_eq!(world.calls.len(), calls + 1, "the value is known to be refused");
    world.deliver(vec![identify(user("u-1"), attributes(json!({ "tier": "gold" })))]);
    assert_eq!(world.intercom.user("u-1").unwrap().custom["tier"], "gold");
}

#[test]
fn a_field_that_is_refused_is_left_out() {
    let mut world = World::new();
    world.intercom.attributes_are(&[]);
    let outcomes = world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada", "owner_id": 99 }))]);
    assert_eq!((outcomes[0].status, codes(&outcomes[0])), (Status::Delivered, vec!["field_refused"]));
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Ada"));
}

#[test]
fn a_company_s_attributes_are_treated_alike() {
    let mut world = World::new();
    world.intercom.attributes_are(&[("seats", Attribute::Text)]);
    let given = json!({ "name": "Acme", "custom_attributes": { "seats": 3, "shoe": 7 } });
    let outcomes = world.deliver(vec![group(None, "c-1", given)]);
    assert_eq!(codes(&outcomes[0]), ["attribute_unknown", "nobody_attached"]);
    assert_eq!(world.intercom.companies["c-1"].1["custom_attributes"], json!({ "seats": 3 }));
}
