//! What waits for a contact that is not there yet.

use crate::events::*;
use crate::world::{Fault, World, status};
use intercom_destination::cloud::outcome::Status;
use serde_json::json;

const HOUR: i64 = 3_600_000;

#[test]
fn a_track_goes_after_the_identify_that_comes_behind_it() {
    let mut world = World::new();
    let outcomes = world.deliver(vec![track(user("u-1"), "a"), identify(user("u-1"), json!({}))]);
    assert!(outcomes.iter().all(|outcome| outcome.status == Status::Delivered));
    assert_eq!(world.lines(), ["POST /contacts", "POST /events"]);
}

#[test]
fn a_track_waits_for_an_identify_of_a_later_batch_and_later_tracks_wait_behind_it() {
    let mut world = World::new();
    let first = world.hand_in(vec![track(user("u-1"), "a"), track(user("u-1"), "b")]);
    world.drive_until(world.now + 2000);
    assert_eq!(world.calls.len(), 1);
    let identified = world.now;
    world.deliver(vec![identify(user("u-1"), json!({}))]);
    assert!(first.iter().all(|id| world.outcomes[id].status == Status::Delivered));
    assert!(world.now - identified < 1000, "the identify wakes what waits for it");
    assert_eq!(names(&world), ["a", "b"]);
    assert_eq!(world.calls.len(), 4);
}

#[test]
fn a_track_whose_contact_does_not_come_is_given_back_with_growing_delays() {
    let mut world = World::new();
    let event = track(user("u-1"), "a").id("m-1");
    let mut delays = Vec::new();
    for _ in 0..6 {
        let outcome = world.deliver(vec![event.clone()]).remove(0);
        assert_eq!((outcome.status, outcome.code), (Status::Retry, Some("contact_missing")));
        delays.push(outcome.retry_at.unwrap() - world.now);
        world.now = outcome.retry_at.unwrap();
    }
    assert!(delays[0] < 80_000 && delays[5] > 4 * delays[0], "{delays:?}");
    let calls = world.calls.len();
    world.intercom.seed(json!({ "external_id": "u-1" }));
    assert_eq!(world.deliver(vec![event])[0].status, Status::Delivered);
    assert_eq!(world.calls.len(), calls + 1);
}

#[test]
fn after_hours_a_track_is_dropped_and_a_group_is_delivered_with_a_warning() {
    let mut world = World::new();
    let tracked = track(user("u-1"), "a").id("m-1");
    let grouped = group(Some(user("u-2")), "c-1", json!({})).id("m-2");
    let began = world.now;
    let outcomes = world.deliver_fully(vec![tracked, grouped]);
    assert_eq!((outcomes[0].status, outcomes[0].code), (Status::Dropped, Some("contact_missing")));
    assert_eq!(outcomes[1].status, Status::Delivered);
    assert_eq!(outcomes[1].warnings[0].code, "contact_missing");
    assert!((4 * HOUR..7 * HOUR).contains(&(world.now - began)));
    assert!(world.calls.len() < 60, "{}", world.calls.len());
}

#[test]
fn a_group_before_its_identify_saves_the_company_at_once_and_attaches_later() {
    let mut world = World::new();
    let first = world.hand_in(vec![group(Some(user("u-1")), "c-1", json!({ "name": "Acme" }))]);
    world.drive_until(world.now + 1000);
    assert_eq!(world.lines(), ["POST /companies", "GET /contacts/find_by_external_id/u-1"]);
    world.deliver(vec![identify(user("u-1"), json!({}))]);
    assert_eq!(world.outcomes[&first[0]].status, Status::Delivered);
    assert_eq!(world.intercom.user("u-1").unwrap().companies.len(), 1);
}

#[test]
fn identify_and_group_pass_a_track_that_waits() {
    let mut world = World::new();
    let events =
        vec![track(user("u-1"), "a"), group(Some(user("u-1")), "c-1", json!({})), identify(user("u-1"), json!({}))];
    world.deliver(events);
    assert_eq!(world.calls.len(), 4, "{:?}", world.lines());
    assert_eq!(world.intercom.user("u-1").unwrap().events.len(), 1);
    assert_eq!(world.intercom.user("u-1").unwrap().companies.len(), 1);
}

#[test]
fn a_contact_id_attaches_and_tracks() {
    let mut world = World::new();
    let id = world.intercom.seed(json!({ "role": "lead", "email": "a@example.com" }));
    world.deliver(vec![group(Some(contact_id(&id)), "c-1", json!({})), track(contact_id(&id), "a")]);
    assert_eq!(world.intercom.contact(&id).companies.len(), 1);
    assert_eq!(world.intercom.contact(&id).events.len(), 1);
    assert_eq!(world.calls.len(), 3);
}

#[test]
fn a_group_that_names_nobody_saves_the_company_and_says_so() {
    let mut world = World::new();
    let outcomes = world.deliver(vec![group(None, "c-1", json!({ "name": "Acme" }))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
    assert_eq!(outcomes[0].warnings[0].code, "nobody_attached");
    assert_eq!(world.lines(), ["POST /companies"]);
}

#[test]
fn a_company_that_was_deleted_meanwhile_is_saved_again() {
    let mut world = World::new();
    world.deliver(vec![identify(user("u-1"), json!({})), group(None, "c-1", json!({ "name": "Acme" }))]);
    world.intercom.companies.clear();
    let calls = world.calls.len();
    let outcomes = world.deliver(vec![group(Some(user("u-1")), "c-1", json!({ "name": "Acme" }))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
    assert_eq!(world.calls.len(), calls + 3);
    assert_eq!(world.intercom.companies.len(), 1);
    assert_eq!(world.intercom.user("u-1").unwrap().companies.len(), 1);
}

#[test]
fn what_is_given_back_and_does_not_come_again_is_let_go_of_while_a_request_is_on_its_way() {
    let mut world = World::new();
    let outcome = world.deliver(vec![track(user("u-1"), "a").id("m-1")]).remove(0);
    world.now = outcome.retry_at.unwrap() + 29_900;
    world.latency = Box::new(|_| 1000);
    // The world minds being asked to wake the delivery at a time that is over.
    let outcomes = world.deliver(vec![identify(user("u-1"), json!({}))]);
    assert_eq!(outcomes[0].status, Status::Delivered);
}

#[test]
fn a_contact_that_was_missed_lately_is_not_looked_for_again_before_its_time() {
    let by_email = || email("a@example.com");
    for (person, with_group, last) in [
        (user("u-1"), false, &["POST /events"][..]),
        (by_email(), false, &["POST /contacts/search", "POST /events"]),
        (user("u-1"), true, &["GET /contacts/find_by_external_id/u-1"]),
        (by_email(), true, &["POST /contacts/search"]),
    ] {
        let event = |name: &str| match with_group {
            true => group(Some(person.clone()), "c-1", json!({})),
            false => track(person.clone(), name),
        };
        let mut world = World::new();
        let until = world.deliver(vec![event("a")])[0].retry_at.unwrap();
        let calls = world.calls.len();
        let second = world.deliver(vec![event("b")]).remove(0);
        assert_eq!((second.status, second.retry_at), (Status::Retry, Some(until)));
        assert_eq!(world.calls.len(), calls);
        // Within the patience it waits here.
        world.now = until - 20_000;
        world.intercom.seed(json!({ "external_id": "u-1", "email": "a@example.com" }));
        assert_eq!(world.deliver(vec![event("c")])[0].status, Status::Delivered);
        assert!(world.calls[calls].at >= until);
        assert!(world.lines()[calls..].starts_with(&last.iter().map(|line| line.to_string()).collect::<Vec<_>>()));
    }
}

#[test]
fn nobody_waits_for_another_s_contact() {
    let mut world = World::new();
    world.deliver(vec![track(user("u-1"), "a")]);
    world.intercom.seed(json!({ "external_id": "u-2", "email": "b@example.com" }));
    let began = world.now;
    let outcomes = world.deliver(vec![track(user("u-2"), "a"), track(email("b@example.com"), "b")]);
    assert!(outcomes.iter().all(|outcome| outcome.status == Status::Delivered));
    assert!(world.now - began < 1000);
    assert!(world.lines().iter().all(|line| line == "POST /events"), "{:?}", world.lines());
}

#[test]
fn an_identify_of_two_who_were_waited_for_brings_the_events_of_both() {
    let mut world = World::new();
    let first = world.hand_in(vec![track(email("a@example.com"), "a"), track(user("u-1"), "b")]);
    world.drive_until(world.now + 2000);
    world.deliver(vec![identify(user_with_email("u-1", "a@example.com"), json!({}))]);
    assert!(first.iter().all(|id| world.outcomes[id].status == Status::Delivered));
    assert_eq!(names(&world), ["a", "b"]);
}

#[test]
fn answers_are_heard_that_come_after_two_became_one() {
    let mut world = World::new();
    world.intercom.seed(json!({ "external_id": "u-1" }));
    let first = world.hand_in(vec![track(email("a@example.com"), "a"), track(user("u-1"), "b")]);
    world.drive_until(world.now + 100);
    world.deliver(vec![identify(user_with_email("u-1", "a@example.com"), json!({}))]);
    assert!(first.iter().all(|id| world.outcomes[id].status == Status::Delivered));
    assert_eq!(names(&world), ["b", "a"]);
}

#[test]
fn events_of_two_who_become_one_keep_their_places_when_they_come_again() {
    let mut world = World::new();
    let [one, two] = [track(email("a@example.com"), "a").id("m-1"), track(user("u-1"), "b").id("m-2")];
    let outcomes = world.deliver(vec![one.clone(), two.clone()]);
    world.now = outcomes.iter().filter_map(|outcome| outcome.retry_at).max().unwrap();
    let person = || user_with_email("u-1", "a@example.com");
    let outcomes = world.deliver(vec![identify(person(), json!({})), two, one]);
    assert!(outcomes.iter().all(|outcome| outcome.status == Status::Delivered), "{outcomes:?}");
    assert_eq!(names(&world), ["a", "b"]);
}

#[test]
fn what_comes_under_another_name_waits_for_what_came_before() {
    let mut world = World::new();
    for id in ["u-0", "u-1"] {
        world.intercom.seed(json!({ "external_id": id, "email": format!("{id}@example.com") }));
    }
    world.deliver(vec![track(user("u-0"), "a"), track(user("u-1"), "0")]);
    world.faults = Box::new(|_| Some(Fault::Before(status(503))));
    world.hand_in(vec![track(email("u-1@example.com"), "a")]);
    world.drive_until(world.now + 1500);
    world.faults = Box::new(|_| None);
    let named = identify(user_with_email("u-1", "u-1@example.com"), json!({ "name": "Ada" }));
    world.deliver(vec![named, track(user("u-1"), "b")]);
    assert_eq!(names(&world), ["0", "a", "b"]);
}

#[test]
fn what_comes_under_another_name_waits_for_what_was_given_back() {
    let mut world = World::new();
    world.intercom.seed(json!({ "external_id": "u-1", "email": "a@example.com" }));
    world.faults = Box::new(|_| Some(Fault::Before(status(503))));
    let first = track(email("a@example.com"), "a").id("m-1");
    assert_eq!(world.deliver(vec![first.clone()])[0].status, Status::Retry);
    world.faults = Box::new(|_| None);
    let named = identify(user_with_email("u-1", "a@example.com"), json!({ "name": "Ada" }));
    world.deliver(vec![track(user("u-1"), "b"), named, track(user("u-1"), "c"), first]);
    assert_eq!(names(&world), ["a", "b", "c"]);
}

#[test]
fn the_answer_to_a_request_is_heard_when_its_person_became_another() {
    let mut world = World::new();
    for i in 0..3 {
        world.intercom.seed(json!({ "external_id": format!("u-{i}"), "email": format!("{i}@example.com") }));
    }
    world.deliver(vec![track(user("u-0"), "a")]);
    world.latency = Box::new(|_| 1000);
    world.hand_in(vec![track(email("1@example.com"), "a"), track(user("u-1"), "b"), track(user("u-1"), "c")]);
    world.drive_until(world.now + 100);
    assert_eq!(world.calls.len(), 3, "both are on their way");
    world.deliver(vec![identify(user_with_email("u-1", "1@example.com"), json!({ "name": "Ada" }))]);
    assert_eq!(names(&world), ["a", "b", "c"]);
}

/// Of the user's events, in the order in which they arrived.
fn names(world: &World) -> Vec<&str> {
    world.intercom.user("u-1").unwrap().event_names()
}
