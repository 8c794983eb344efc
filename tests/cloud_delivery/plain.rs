//! The plain ways: each intent becomes the requests that it needs and no others.

use crate::events::*;
use crate::world::World;
use intercom_destination::cloud::outcome::{Outcome, Status};
use serde_json::json;

fn delivered() -> Outcome {
    Outcome { status: Status::Delivered, code: None, message: None, retry_at: None, warnings: Vec::new() }
}

#[test]
fn a_new_user_is_created_with_one_request() {
    let mut world = World::new();
    assert_eq!(world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada" }))]), [delivered()]);
    assert_eq!(world.lines(), ["POST /contacts"]);
    assert_eq!(world.calls[0].body(), json!({ "role": "user", "external_id": "u-1", "name": "Ada" }));
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Ada"));
}

#[test]
fn a_known_user_is_updated_with_one_request() {
    let mut world = World::new();
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada" }))]);
    let id = world.intercom.user("u-1").unwrap().id.clone();
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Bea" }))]);
    assert_eq!(world.lines()[1..], [format!("PUT /contacts/{id}")]);
    assert_eq!(world.intercom.user("u-1").unwrap().text("name"), Some("Bea"));
}

#[test]
fn an_event_goes_by_user_id_and_by_the_id_where_it_is_known() {
    let mut world = World::new();
    let id = world.intercom.seed(json!({ "external_id": "u-1" }));
    assert_eq!(world.deliver(vec![track(user("u-1"), "a")]), [delivered()]);
    world.deliver(vec![identify(user("u-1"), json!({ "name": "Ada" })), track(user("u-1"), "b")]);
    let bodies: Vec<_> =
        world.calls.iter().filter(|call| call.line() == "POST /events").map(|call| call.body()).collect();
    assert_eq!(bodies[0]["user_id"], "u-1");
    assert_eq!(bodies[1]["id"], json!(id));
    assert_eq!(world.intercom.user("u-1").unwrap().events.len(), 2);
}

#[test]
fn a_company_is_saved_and_its_contact_attached() {
    let mut world = World::new();
    let identified = identify(user("u-1"), json!({}));
    let grouped = group(Some(user("u-1")), "c-1", json!({ "name": "Acme" }));
    assert_eq!(world.deliver(vec![identified, grouped.clone()]), [delivered(), delivered()]);
    let id = world.intercom.user("u-1").unwrap().id.clone();
    assert_eq!(
        world.lines(),
        ["POST /contacts".into(), "POST /companies".into(), format!("POST /contacts/{id}/companies")]
    );
    assert_eq!(world.intercom.user("u-1").unwrap().companies.len(), 1);
    world.deliver(vec![grouped]);
    assert_eq!(world.calls.len(), 3, "an equal company with an attached contact asks for nothing");
}

#[test]
fn an_event_without_intents_is_delivered() {
    let mut world = World::new();
    assert_eq!(world.deliver(vec![event(Vec::new())]), [delivered()]);
    assert!(world.calls.is_empty());
}

#[test]
fn different_people_go_side_by_side_and_one_person_one_at_a_time() {
    let mut world = World::new();
    let mut events = Vec::new();
    for i in 0..100 {
        world.intercom.seed(json!({ "external_id": format!("u-{i}") }));
    }
    for name in ["a", "b", "c"] {
        events.extend((0..100).map(|i| track(user(&format!("u-{i}")), name)));
    }
    world.deliver(events);
    assert!(world.most_in_flight > 8 && world.most_in_flight <= 16, "{}", world.most_in_flight);
    for contact in &world.intercom.contacts {
        assert_eq!(contact.event_names(), ["a", "b", "c"]);
    }
    assert_eq!(world.calls.len(), 300);
}
