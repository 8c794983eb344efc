//! Attaching contacts to companies where something is not as it was.

use crate::events::*;
use crate::intercom::Status as There;
use crate::world::{Failed, Fault, World, merged, refusal, status};
use intercom_destination::cloud::outcome::Status;
use intercom_destination::cloud::request::Request;
use serde_json::json;

fn attaches(request: &Request) -> bool {
    request.path.starts_with("/contacts/") && request.path.ends_with("/companies")
}

fn attempts(world: &World) -> usize {
    world.calls.iter().filter(|call| attaches(&call.request)).count()
}

#[test]
fn a_contact_that_was_made_anew_is_found() {
    let mut world = World::new();
    world.deliver(vec![identify(user("u-1"), json!({}))]);
    world.intercom.contacts[0].status = There::Deleted;
    world.intercom.seed(json!({ "external_id": "u-1" }));
    let outcomes = world.deliver(vec![group(Some(user("u-1")), "c-1", json!({}))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
    assert_eq!(world.intercom.user("u-1").unwrap().companies.len(), 1);
    assert_eq!(world.calls.len(), 5, "{:?}", world.lines());
}

#[test]
fn an_id_that_is_stale_gives_way_to_the_other_name() {
    let mut world = World::new();
    world.intercom.seed(json!({ "external_id": "u-1" }));
    let mut person = user("u-1");
    person.contact_id = Some("gone".into());
    let outcomes = world.deliver(vec![group(Some(person), "c-1", json!({}))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
    assert_eq!(world.intercom.user("u-1").unwrap().companies.len(), 1);
    assert_eq!(attempts(&world), 2);
}

#[test]
fn a_contact_that_is_found_and_then_is_not_there_is_looked_for_three_times() {
    let mut world = World::new();
    world.intercom.seed(json!({ "external_id": "u-1" }));
    world.faults = Box::new(|request| attaches(request).then(|| Fault::Before(status(404))));
    world.hand_in(vec![group(Some(user("u-1")), "c-1", json!({}))]);
    world.drive_until(world.now + 5000);
    assert_eq!(attempts(&world), 3);
}

#[test]
fn a_merged_contact_is_followed_to_the_one_it_became() {
    let mut world = World::new();
    let old = world.intercom.seed(json!({ "external_id": "u-1" }));
    let new = world.intercom.seed(json!({ "external_id": "u-2" }));
    let into = new.clone();
    world.faults = Box::new(move |request| (attaches(request) && request.path.contains(&old)).then(|| merged(&into)));
    let outcomes = world.deliver(vec![group(Some(user("u-1")), "c-1", json!({}))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
    assert_eq!(world.intercom.contact(&new).companies.len(), 1);
}

#[test]
fn links_of_merged_contacts_are_followed_three_times() {
    let mut world = World::new();
    world.intercom.seed(json!({ "external_id": "u-1" }));
    let mut count = 0;
    world.faults = Box::new(move |request| {
        count += 1;
        attaches(request).then(|| merged(&format!("c{count}")))
    });
    world.hand_in(vec![group(Some(user("u-1")), "c-1", json!({}))]);
    world.drive_until(world.now + 5000);
    assert_eq!(attempts(&world), 4);
}

#[test]
fn a_contact_of_too_many_companies_is_told_and_other_refusals_drop_the_event() {
    for (code, expected) in [("contact_company_limit_exceeded", Status::Delivered), ("bad", Status::Dropped)] {
        let mut world = World::new();
        world.intercom.seed(json!({ "external_id": "u-1" }));
        world.faults =
            Box::new(move |request| attaches(request).then(|| Fault::Before(Failed::Answer(refusal(400, code)))));
        let outcome = world.deliver(vec![group(Some(user("u-1")), "c-1", json!({}))]).remove(0);
        assert_eq!(outcome.status, expected, "{code}");
        let warnings: Vec<_> = outcome.warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(warnings, if expected == Status::Delivered { &["company_limit"][..] } else { &[] });
    }
}

#[test]
fn an_e_mail_means_the_user_who_has_it_or_else_the_lead() {
    let seeds = [json!({ "role": "lead", "email": "a@example.com" }), json!({ "email": "A@example.com" })];
    for (first, expected) in [(0, 1), (1, 0)] {
        let mut world = World::new();
        for seed in &seeds[first..] {
            let mut seed = seed.clone();
            seed["email"] = json!("a@example.com");
            world.intercom.seed(seed);
        }
        world.deliver(vec![group(Some(email("a@example.com")), "c-1", json!({}))]);
        assert_eq!(world.intercom.contacts[expected].companies.len(), 1);
    }
    let mut world = World::new();
    let lead = world.intercom.seed(seeds[0].clone());
    let both = ["c-1", "c-2"].map(|id| group(Some(email("a@example.com")), id, json!({})));
    world.deliver(both.into());
    assert_eq!(world.intercom.contact(&lead).companies.len(), 2);
    assert_eq!(attempts(&world), 2);
    assert_eq!(world.calls.len(), 5, "it is found once: {:?}", world.lines());
}

#[test]
fn nobody_is_attached_where_several_users_have_the_e_mail() {
    let mut world = World::new();
    for id in ["u-1", "u-2"] {
        world.intercom.seed(json!({ "external_id": id, "email": "a@example.com" }));
    }
    let outcome = world.deliver(vec![group(Some(email("a@example.com")), "c-1", json!({}))]).remove(0);
    assert_eq!((outcome.status, outcome.warnings[0].code), (Status::Delivered, "contact_ambiguous"));
    assert_eq!(attempts(&world), 0);
}
